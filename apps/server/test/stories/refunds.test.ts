import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { notice } from '../payments/forge.ts'
import {
  alarms,
  deliver,
  fault,
  only,
  orderOf,
  paid,
  rows,
  type Opened,
  type Purchase,
} from '../payments/purchase.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

type Bought = Purchase & Opened
interface RefundRow extends Record<string, unknown> {
  state: string
  out_refund_no: string
  trouble: string | null
  tries: number
}
const refundOf = ({ orderId }: Purchase) =>
  only<RefundRow>(world, 'select state, out_refund_no, trouble, tries from refund where order_id = $1', [
    orderId,
  ])
const refundState = async (purchase: Purchase) => (await orderOf(purchase)).refundState
const askRefund = async ({ orderId, totalFen }: Purchase) => {
  const hq = await world.staff('hq')
  return hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '顾客取消' },
  })
}
const atWechat = ({ outTradeNo }: Bought) =>
  [...world.sandbox.world.store.refunds.values()].filter((refund) => refund.outTradeNo === outTradeNo)
const kinds = async ({ orderId }: Purchase) => (await alarms(world, orderId)).map(({ kind }) => kind)
/** Lets the next rung of every refund fall due, and works them. */
async function nextTry(seconds: number): Promise<void> {
  world.clock.advance(seconds)
  await world.sweep('payments.refunds')
}
/** A paid order whose refund was asked for, with these faults in WeChat's way. */
async function refunding(
  ...rules: readonly [route: string, action: string | object, times?: number][]
): Promise<Bought> {
  const purchase = await paid(world, shopper)
  await fault(world, purchase.outTradeNo, rules)
  await askRefund(purchase)
  await world.sweep('payments.refunds')
  return purchase
}

test('POST /hooks/wechat/refunds · 204: refunded, the order knows', async () => {
  const purchase = await refunding()
  await until(async () => (await refundState(purchase)) === 'FULL', 'refunded')
  const order = await orderOf(purchase)
  assert.deepEqual([order.state, order.refundedFen], ['CLOSED_REFUND', purchase.totalFen])
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  assert.deepEqual(await kinds(purchase), [])
})

test('the notification never comes: the query finds the end', async () => {
  const purchase = await refunding(['notify', 'drop'])
  assert.equal((await refundOf(purchase)).state, 'PROCESSING')
  await nextTry(10)
  assert.equal(await refundState(purchase), 'FULL')
})

test('mode 43 · under way for days: asked about less and less, then a person is told, then it ends', async () => {
  const purchase = await refunding(['refund', 'refund-hold'])
  for (let hours = 0; hours < 40; hours++) await nextTry(3600)
  const { state, tries } = await refundOf(purchase)
  assert.equal(state, 'PROCESSING')
  assert.ok(tries > 8 && tries < 20, `${tries} tries in 40 hours`)
  for (let days = 0; days < 3; days++) await nextTry(86_400)
  assert.deepEqual(await kinds(purchase), ['refund_failed'])
  const [held] = atWechat(purchase)
  await world.sim('POST', `/_sim/refunds/${held?.outRefundNo}/succeed`)
  await until(async () => (await refundState(purchase)) === 'FULL', 'refunded')
})

test('mode 44 · abnormal: a person is told; what the person does at WeChat is found', async () => {
  const purchase = await refunding(['refund', 'refund-abnormal'])
  await until(async () => (await refundState(purchase)) === 'FAILED', 'abnormal')
  assert.equal((await refundOf(purchase)).state, 'ABNORMAL')
  assert.deepEqual(await kinds(purchase), ['refund_failed'])
  await fault(world, purchase.outTradeNo, [['notify', 'drop']])
  await world.sim('POST', `/_sim/refunds/${(await refundOf(purchase)).out_refund_no}/succeed`)
  await nextTry(86_400)
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  assert.equal(await refundState(purchase), 'FULL')
})

test('mode 45 · closed: a person is told, and may refund again under a new number', async () => {
  const purchase = await refunding(['refund', 'refund-closed'])
  await until(async () => (await refundState(purchase)) === 'FAILED', 'closed')
  assert.deepEqual(await kinds(purchase), ['refund_failed'])
  await fault(world, purchase.outTradeNo, [])
  await askRefund(purchase)
  await nextTry(61)
  await until(async () => (await refundState(purchase)) === 'FULL', 'refunded')
  assert.deepEqual(
    atWechat(purchase).map(({ state }) => state),
    ['CLOSED', 'SUCCESS'],
  )
})

for (const [status, code] of [
  [403, 'NOT_ENOUGH'],
  [401, 'SIGN_ERROR'],
  [403, 'NO_AUTH'],
] as const)
  test(`mode 46 · ${code}: waits under the same number, a person is told, then it goes out once`, async () => {
    const purchase = await refunding(['refund', { kind: 'status', status, code }])
    const { state, trouble } = await refundOf(purchase)
    assert.deepEqual([state, trouble], ['PENDING', code])
    assert.deepEqual(await kinds(purchase), ['refund_failed'])
    await nextTry(10)
    await fault(world, purchase.outTradeNo, [])
    await nextTry(60)
    await until(async () => (await refundState(purchase)) === 'FULL', 'refunded')
    assert.equal(atWechat(purchase).length, 1)
    assert.equal(atWechat(purchase)[0]?.outRefundNo, (await refundOf(purchase)).out_refund_no)
  })

test('mode 47 · done, but the answer is lost: asked again under the same number, given back once', async () => {
  const purchase = await refunding(['refund', 'error-after', 1], ['notify', 'drop'])
  assert.equal((await refundOf(purchase)).state, 'PENDING')
  await nextTry(10)
  await nextTry(60)
  assert.equal(await refundState(purchase), 'FULL')
  assert.equal(atWechat(purchase).length, 1)
})

test('mode 48 · the notification overtakes the answer: the end is not undone', async () => {
  const purchase = await refunding(['refund', 'notify-before-reply'])
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  assert.equal(await refundState(purchase), 'FULL')
})

test('mode 49 · a query shows an older state: nothing goes back', async () => {
  const purchase = await refunding(['refund', 'refund-abnormal'])
  await until(async () => (await refundState(purchase)) === 'FAILED', 'abnormal')
  await fault(world, purchase.outTradeNo, [['refund-query', 'stale-view']])
  await nextTry(86_400)
  assert.equal((await refundOf(purchase)).state, 'ABNORMAL')
  assert.equal(await refundState(purchase), 'FAILED')
})

test('refused for good: failed only after a query found nothing there; a person is told', async () => {
  const purchase = await refunding(['refund', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }])
  const { state, trouble } = await refundOf(purchase)
  assert.deepEqual([state, trouble], ['FAILED', 'INVALID_REQUEST'])
  assert.equal(await refundState(purchase), 'FAILED')
  assert.deepEqual(await kinds(purchase), ['refund_failed'])
})

test('refused, but an unheard call had gone through: the query is believed, not the refusal', async () => {
  const purchase = await refunding(['refund', 'error-after', 1], ['notify', 'drop'])
  await fault(world, purchase.outTradeNo, [
    ['refund', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }],
    ['notify', 'drop'],
  ])
  await nextTry(10)
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  assert.equal(await refundState(purchase), 'FULL')
})

test('refused, and the query is unclear: it waits', async () => {
  const purchase = await paid(world, shopper)
  await askRefund(purchase)
  await fault(world, (await refundOf(purchase)).out_refund_no, [
    ['refund', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }],
    ['refund-query', { kind: 'status', status: 500, code: 'SYSTEM_ERROR' }],
  ])
  await world.sweep('payments.refunds')
  const { state, trouble } = await refundOf(purchase)
  assert.deepEqual([state, trouble], ['PENDING', 'SYSTEM_ERROR'])
  assert.equal(await refundState(purchase), 'PENDING')
})

test('two servers sweeping at once ask for a refund once', async () => {
  const purchase = await paid(world, shopper)
  await fault(world, purchase.outTradeNo, [['refund', 'refund-hold']])
  await askRefund(purchase)
  const second = await world.another()
  try {
    const sweep = second.linli.sweeps.find(({ name }) => name === 'payments.refunds')
    await Promise.all([world.sweep('payments.refunds'), sweep?.run()])
    assert.equal((await refundOf(purchase)).tries, 1)
  } finally {
    await second.close()
  }
})

const notificationsOf = ({ outTradeNo }: Bought) =>
  [...world.sandbox.world.store.notifications.values()].filter(
    (each) => each.outTradeNo === outTradeNo && each.outRefundNo !== null,
  )

/** What WeChat would say of a refund that has ended. */
async function toldOf(purchase: Bought) {
  const [refund] = atWechat(purchase)
  assert.ok(refund)
  return {
    mchid: world.sandbox.world.keys.mchId,
    out_trade_no: refund.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    refund_status: 'SUCCESS',
    amount: { total: refund.totalFen, refund: refund.refundFen },
  }
}
const tell = (plain: object, event = 'REFUND.SUCCESS') =>
  world.linli.http.app.inject({ ...notice(world, plain, { event }), url: '/hooks/wechat/refunds' })

const changed: [what: string, change: (told: Awaited<ReturnType<typeof toldOf>>) => object][] = [
  ['another sum given back', ({ amount }) => ({ amount: { ...amount, refund: amount.refund - 1 } })],
  ['another sum paid', ({ amount }) => ({ amount: { ...amount, total: amount.total + 1 } })],
  ['another trade', () => ({ out_trade_no: 'another-trade' })],
  ['another merchant', () => ({ mchid: '1900000009' })],
]
for (const [what, change] of changed)
  test(`a signed refund notification with ${what} settles nothing, and a person is told`, async () => {
    const purchase = await refunding(['notify', 'drop'])
    const told = await toldOf(purchase)
    const alarmsBefore = await rows(world, 'select id from payment_alarm')
    assert.equal((await tell({ ...told, ...change(told) })).statusCode, 204)
    assert.equal(await refundState(purchase), 'PENDING')
    assert.equal((await rows(world, 'select id from payment_alarm')).length, alarmsBefore.length + 1)
    assert.equal((await tell(told)).statusCode, 204)
    assert.equal(await refundState(purchase), 'FULL')
  })

test('mode 49 · older news after the end change nothing and alarm nobody', async () => {
  const purchase = await refunding(['notify', 'drop'])
  const told = await toldOf(purchase)
  await tell(told)
  for (const status of ['PROCESSING', 'ABNORMAL', 'CLOSED'])
    assert.equal((await tell({ ...told, refund_status: status }, 'REFUND.CLOSED')).statusCode, 204)
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  assert.equal(await refundState(purchase), 'FULL')
  assert.deepEqual(await kinds(purchase), [])
})

/** The notification that WeChat has for it: made after the refund was answered, a moment later. */
async function sentOf(purchase: Bought) {
  await until(async () => notificationsOf(purchase).length > 0, 'WeChat has something to tell')
  const [told] = notificationsOf(purchase)
  return told ?? assert.fail()
}

test('POST /hooks/wechat/refunds · 401 signature_invalid; nothing changes', async () => {
  const purchase = await refunding(['notify', 'drop'])
  const told = await sentOf(purchase)
  await fault(world, purchase.outTradeNo, [])
  const before = await world.fingerprint()
  for (const variant of ['bad-signature', 'missing-headers', 'stale-timestamp', 'signtest', 'tampered-body'])
    assert.equal(await deliver(world, told.id, variant), false)
  assert.equal(await world.fingerprint(), before)
})

test('mode 51 · a refund made at WeChat itself: taken, kept, and a person is told', async () => {
  const purchase = await refunding(['notify', 'drop'])
  const told = await sentOf(purchase)
  const plain = { ...told.plaintext, out_refund_no: `hand-${randomUUID()}` }
  told.plaintext = plain
  await fault(world, purchase.outTradeNo, [])
  assert.equal(await deliver(world, told.id), true)
  const found = await rows(
    world,
    `select 1 from payment_alarm where kind = 'unknown_trade' and subject = $1`,
    [plain.out_refund_no],
  )
  assert.equal(found.length, 1)
})
