// What WeChat is told of goods: shipping info at hand-over, and the card in the shopper's chat.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  fault,
  only,
  paid,
  rows,
  settleAtCashier,
  pay,
  place,
  stateOf,
  type Opened,
  type Purchase,
} from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
})
after(() => world.close())

type Bought = Purchase & Opened
interface Row extends Record<string, unknown> {
  kind: string
  state: string
  wanted: number
  told: number
  tries: number
  trouble: string | null
}
const reports = ({ orderId }: Purchase) =>
  rows<Row>(
    world,
    'select kind, state, wanted, told, tries, trouble from wechat_report where order_id = $1 order by kind',
    [orderId],
  )
const reportOf = async (purchase: Purchase, kind: string) =>
  (await reports(purchase)).find((row) => row.kind === kind)
const atWechat = ({ outTradeNo }: Opened) => world.sandbox.world.store.orders.get(outTradeNo)
const tell = async (seconds = 0) => {
  world.clock.advance(seconds)
  await world.sweep('payments.reports')
}
const handOver = async ({ orderId }: Purchase) => {
  const { digits } = await only<{ digits: string }>(world, 'select digits from pickup where order_id = $1', [
    orderId,
  ])
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
const refund = ({ orderId, totalFen }: Purchase) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '顾客取消' },
  })
/** Handed over, with these errcodes in the way of the shipping info. */
async function handed(...errcodes: readonly [errcode: number, times?: number][]): Promise<Bought> {
  const purchase = await paid(world, shopper)
  await fault(
    world,
    purchase.outTradeNo,
    errcodes.map(([errcode, times = 99]) => ['shipping-info', { kind: 'errcode', errcode }, times]),
  )
  await handOver(purchase)
  await tell()
  return purchase
}

test('domain 2.9: self pickup is uploaded at hand-over, with the payer, the goods and a time of its own', async () => {
  const purchase = await paid(world, shopper, 3)
  await tell()
  assert.equal(await reportOf(purchase, 'shipping'), undefined, 'not before')
  await handOver(purchase)
  await tell()
  const shipping = await reportOf(purchase, 'shipping')
  assert.deepEqual([shipping?.state, shipping?.told, shipping?.trouble], ['UPLOADED', 1, null])
  const there = atWechat(purchase)?.shipping
  assert.deepEqual([there?.logisticsType, there?.times], [4, 1])
  assert.match(there?.itemDesc ?? '', /等 3 件$/)
  assert.match(there?.uploadTime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/)
  const { payments } = await hq('GET /console/v1/orders/:orderId', { params: { orderId: purchase.orderId } })
  assert.deepEqual(
    payments[0]?.reports.map(({ kind, state }) => [kind, state]),
    [
      ['shipping', 'UPLOADED'],
      ['card', 'UPLOADED'],
    ],
  )
})

test('the card follows the order: paid, ready, collected; of what happened while WeChat was away the last is told', async () => {
  const purchase = await paid(world, shopper)
  await tell()
  assert.equal(atWechat(purchase)?.card?.status, 2)
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: purchase.orderId } })
  await tell()
  assert.equal(atWechat(purchase)?.card?.status, 3)
  await handOver(purchase)
  await tell()
  assert.equal(atWechat(purchase)?.card?.status, 4)
  const other = await paid(world, shopper)
  await handOver(other)
  await tell()
  assert.equal(atWechat(other)?.card?.status, 4)
})

test('the card says refunded when all of the money is back', async () => {
  const purchase = await paid(world, shopper)
  await tell()
  await refund(purchase)
  await world.sweep('payments.refunds')
  await until(
    async () =>
      (await stateOf(purchase)) === 'CLOSED_REFUND' && (await reportOf(purchase, 'card'))?.wanted === 4,
    'refunded',
  )
  await tell()
  assert.equal(atWechat(purchase)?.card?.status, 5)
  assert.equal(await reportOf(purchase, 'shipping'), undefined, 'nothing was handed over')
})

test('mode 82 · 10060001: WeChat does not know the payment yet; told again later, with a later time', async () => {
  const purchase = await handed([10060001, 2])
  const waiting = await reportOf(purchase, 'shipping')
  assert.deepEqual([waiting?.state, waiting?.trouble, waiting?.tries], ['PENDING', '10060001', 1])
  await tell(29)
  assert.equal((await reportOf(purchase, 'shipping'))?.tries, 1, 'not before its rung')
  await tell(1)
  await tell(60)
  const done = await reportOf(purchase, 'shipping')
  assert.deepEqual([done?.state, done?.tries, done?.trouble], ['UPLOADED', 3, null])
  assert.equal(atWechat(purchase)?.shipping?.times, 1)
})

for (const errcode of [10060002, 10060003, 10060023])
  test(`${errcode}: WeChat has it, which is all that is wanted`, async () => {
    const purchase = await handed([errcode])
    assert.equal((await reportOf(purchase, 'shipping'))?.state, 'UPLOADED')
  })

for (const errcode of [10060031, 10060004])
  test(`${errcode}: no use in saying it again: a person is told, and may have it told again`, async () => {
    const purchase = await handed([errcode, 1])
    const failed = await reportOf(purchase, 'shipping')
    assert.deepEqual([failed?.state, failed?.trouble], ['FAILED', String(errcode)])
    const alarm = await only<{ kind: string; subject: string; resolved_at: Date | null }>(
      world,
      `select kind, subject, resolved_at from payment_alarm where order_id = $1`,
      [purchase.orderId],
    )
    assert.equal(alarm.kind, 'report_failed')
    const params = { attemptId: alarm.subject, kind: 'shipping' } as const
    await hq('POST /console/v1/payment-attempts/:attemptId/reports/:kind', { params })
    await tell()
    assert.equal((await reportOf(purchase, 'shipping'))?.state, 'UPLOADED')
    const open = await rows(world, 'select from payment_alarm where order_id = $1 and resolved_at is null', [
      purchase.orderId,
    ])
    assert.equal(open.length, 0)
    await refused(
      hq('POST /console/v1/payment-attempts/:attemptId/reports/:kind', { params }),
      'payments.report_missing',
      404,
    )
  })

test('an answer that is lost, and a token that another server made void: told again, taken once', async () => {
  const purchase = await paid(world, shopper)
  await fault(world, purchase.outTradeNo, [['shipping-info', 'reset-before', 1]])
  await world.sim('POST', '/_sim/tokens/invalidation')
  await handOver(purchase)
  await tell()
  assert.deepEqual(
    [(await reportOf(purchase, 'shipping'))?.state, (await reportOf(purchase, 'shipping'))?.trouble],
    ['PENDING', 'NO_ANSWER'],
  )
  await tell(30)
  assert.equal((await reportOf(purchase, 'shipping'))?.state, 'UPLOADED')
  assert.equal(atWechat(purchase)?.shipping?.times, 1)
})

test('two servers sweeping at once tell WeChat once', async () => {
  const purchase = await paid(world, shopper)
  await handOver(purchase)
  const second = await world.another()
  try {
    const sweep = second.linli.sweeps.find(({ name }) => name === 'payments.reports')
    await Promise.all([tell(), sweep?.run()])
    await tell()
    assert.equal((await reportOf(purchase, 'shipping'))?.tries, 1)
    assert.equal(atWechat(purchase)?.shipping?.times, 1)
  } finally {
    await second.close()
  }
})

test('a payment that came too late tells WeChat nothing', async () => {
  const purchase = await place(shopper)
  const opened = await pay(purchase)
  await world.ctx.database.pool.query(`update payment_attempt set state = 'CLOSED' where order_id = $1`, [
    purchase.orderId,
  ])
  await shopper.api('POST /v1/orders/:orderId/cancellation', {
    params: { orderId: purchase.orderId },
    body: {},
  })
  await settleAtCashier(world, opened.prepayId)
  const arrived = `select from refund where order_id = $1 and state = 'SUCCESS'`
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await rows(world, arrived, [purchase.orderId])).length === 1
  }, 'back with the shopper')
  await tell()
  assert.deepEqual(await reports(purchase), [])
})

// Last: days go by, and sessions end.
test('WeChat never takes it: the rungs are used up, then a person is told; nothing goes on for ever', async () => {
  const purchase = await handed([10060001])
  for (let rung = 0; rung < 12; rung++) await tell(43_200)
  const failed = await reportOf(purchase, 'shipping')
  assert.deepEqual([failed?.state, failed?.trouble], ['FAILED', '10060001'])
  const { tries } = failed ?? {}
  await tell(86_400)
  assert.equal((await reportOf(purchase, 'shipping'))?.tries, tries)
})
