// Payments whose notification does not come: the sweep and the waiting page ask WeChat themselves.
import { allRoutes } from '@linli/contract'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  fault,
  only,
  paidUnheard,
  pay,
  place,
  rows,
  settleAtCashier,
  stateOf,
  type Purchase,
} from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

const statesOf = async ({ orderId }: Purchase) =>
  (
    await rows<{ state: string }>(
      world,
      'select state from payment_attempt where order_id = $1 order by id',
      [orderId],
    )
  ).map(({ state }) => state)
const requests = (outTradeNo: string, route: string) =>
  world.sandbox.world.journal
    .read({ since: 0, limit: 1000, namespace: outTradeNo })
    .filter((entry) => entry.route === route).length

test('mode 20 · no notification ever comes: the sweep finds the payment', async () => {
  const purchase = await place(shopper)
  await paidUnheard(world, purchase)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  await world.advance(6)
  await world.sweep('payments.check')
  assert.equal(await stateOf(purchase), 'PAID')
})

for (const outcome of ['cancel', 'fail'])
  test(`the cashier ends with "${outcome}": nothing is paid, the goods stay set aside, and the same payment opens again`, async () => {
    const purchase = await place(shopper)
    const first = await pay(purchase)
    await settleAtCashier(world, first.prepayId, { outcome })
    const { orderId } = purchase
    const seen = await shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId } })
    assert.deepEqual([seen.state, seen.orderState], ['UNPAID', 'PENDING_PAY'])
    const again = await pay(purchase)
    assert.deepEqual([again.attemptId, again.prepayId], [first.attemptId, first.prepayId])
    await settleAtCashier(world, again.prepayId)
    await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
    assert.deepEqual(await statesOf(purchase), ['PAID'])
  })

test('an unpaid trade is asked about less and less often', async () => {
  const purchase = await place(shopper)
  const { outTradeNo, attemptId } = await pay(purchase)
  const asked: number[] = []
  for (let second = 0; second <= 600; second += 5) {
    const before = requests(outTradeNo, 'query')
    await world.sweep('payments.check')
    if (requests(outTradeNo, 'query') > before) asked.push(second)
    world.clock.advance(5)
  }
  assert.deepEqual(asked, [5, 35, 95, 275, 575])
  const { checks } = await only<{ checks: number }>(
    world,
    'select checks from payment_attempt where id = $1',
    [attemptId],
  )
  assert.equal(checks, 5)
})

test('two servers sweeping at once ask about each trade once', async () => {
  const opened = await Promise.all([1, 2, 3, 4].map(async () => pay(await place(shopper))))
  const second = await world.another()
  try {
    world.clock.advance(6)
    const sweep = second.linli.sweeps.find(({ name }) => name === 'payments.check')
    await Promise.all([world.sweep('payments.check'), sweep?.run()])
    assert.deepEqual(
      opened.map(({ outTradeNo }) => requests(outTradeNo, 'query')),
      [1, 1, 1, 1],
    )
  } finally {
    await second.close()
  }
})

test('mode 10 · a state we never heard of leaves the order waiting', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await paidUnheard(world, purchase)
  await fault(world, outTradeNo, [['query', 'unknown-enum', 1]])
  world.clock.advance(6)
  await world.sweep('payments.check')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  world.clock.advance(60)
  await world.sweep('payments.check')
  assert.equal(await stateOf(purchase), 'PAID')
})

test('WeChat closed the trade by itself: the attempt ends, and a new one may begin', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  const trade = world.sandbox.world.store.orders.get(outTradeNo)
  assert.ok(trade)
  trade.state = 'CLOSED'
  world.clock.advance(6)
  await world.sweep('payments.check')
  assert.deepEqual(await statesOf(purchase), ['CLOSED'])
  assert.notEqual((await pay(purchase)).outTradeNo, outTradeNo)
})

test('refunded at WeChat before we heard of the payment: nothing is handed out, a person is told', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await paidUnheard(world, purchase)
  const trade = world.sandbox.world.store.orders.get(outTradeNo)
  assert.ok(trade)
  trade.state = 'REFUND'
  world.clock.advance(6)
  await world.sweep('payments.check')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  assert.deepEqual(await statesOf(purchase), ['FAILED'])
  const alarm = await only<{ kind: string }>(world, 'select kind from payment_alarm where subject = $1', [
    outTradeNo,
  ])
  assert.equal(alarm.kind, 'unknown_trade')
})

const checkOf = ({ orderId }: Purchase) =>
  shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId } })

test('GET /v1/orders/:orderId/payment · 200: asks WeChat when the notification has not come', async () => {
  const purchase = await place(shopper)
  await paidUnheard(world, purchase)
  const answer = await checkOf(purchase)
  assert.deepEqual([answer.state, answer.orderState], ['PAID', 'PAID'])
})

test('GET /v1/orders/:orderId/payment · 200: however often a phone asks, WeChat is asked once in two seconds', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  const answers = await Promise.all(Array.from({ length: 8 }, () => checkOf(purchase)))
  assert.deepEqual([...new Set(answers.map(({ state }) => state))], ['UNPAID'])
  assert.equal(requests(outTradeNo, 'query'), 1)
  world.clock.advance(3)
  await checkOf(purchase)
  assert.equal(requests(outTradeNo, 'query'), 2)
})

test('GET /v1/orders/:orderId/payment · 503 while somebody keeps the order locked: declared, and booked later', async () => {
  const purchase = await place(shopper)
  await paidUnheard(world, purchase)
  const slow = await world.ctx.database.pool.connect()
  try {
    await slow.query('begin')
    await slow.query('select from orders where id = $1 for update', [purchase.orderId])
    const { code } = await refused(checkOf(purchase), 'orders.desk_full', 503)
    for (const route of ['GET /v1/orders/:orderId/payment', 'POST /v1/orders/:orderId/payments'] as const)
      assert.ok(
        allRoutes[route].errors.some((declared) => declared === code),
        route,
      )
    await slow.query('rollback')
  } finally {
    slow.release()
  }
  world.clock.advance(3)
  assert.equal((await checkOf(purchase)).state, 'PAID')
})

test('GET /v1/orders/:orderId/payment · 404 for an order of somebody else', async () => {
  const other = await world.member('shopper-0002')
  const purchase = await place(other)
  await refused(checkOf(purchase), 'orders.missing', 404)
})
