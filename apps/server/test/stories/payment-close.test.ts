// Cancelling while a payment is open: goods are released only once WeChat has closed the trade for certain.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  alarms,
  cancel,
  deliver,
  fault,
  only,
  orderOf,
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

const attemptOf = ({ orderId }: Purchase) =>
  only<{ state: string }>(world, 'select state from payment_attempt where order_id = $1', [orderId])
const refundsOf = ({ orderId }: Purchase) =>
  rows<{ state: string; cause: string; amount_fen: number }>(
    world,
    'select state, cause, amount_fen from refund where order_id = $1 order by created_at, id',
    [orderId],
  )
const closes = (outTradeNo: string) =>
  world.sandbox.world.journal
    .read({ since: 0, limit: 1000, namespace: outTradeNo })
    .filter(({ route }) => route === 'close').length
const tradeState = (outTradeNo: string) => world.sandbox.world.store.orders.get(outTradeNo)?.state

test('a cancellation closes the trade at WeChat first; the cashier is shut afterwards', async () => {
  const purchase = await place(shopper)
  const { outTradeNo, prepayId } = await pay(purchase)
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
  assert.equal(tradeState(outTradeNo), 'CLOSED')
  assert.equal((await attemptOf(purchase)).state, 'CLOSED')
  await assert.rejects(settleAtCashier(world, prepayId), /sim.order_closed/)
})

test('mode 40 · the shopper pays between the query and the close: paid, the cancellation is refused', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [
    ['close', 'pay-first', 1],
    ['notify', 'drop'],
  ])
  await refused(cancel(purchase), 'payments.already_paid', 409)
  assert.equal(await stateOf(purchase), 'PAID')
})

test('paid, but the notification is lost: the cancellation finds the money', async () => {
  const purchase = await place(shopper)
  await paidUnheard(world, purchase)
  await refused(cancel(purchase), 'payments.already_paid', 409)
  assert.equal(await stateOf(purchase), 'PAID')
})

test('mode 41 · the close is unclear: 503, nothing is released; later it works', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [['close', { kind: 'status', status: 500, code: 'SYSTEM_ERROR' }]])
  await refused(cancel(purchase), 'payments.unavailable', 503)
  assert.deepEqual([await stateOf(purchase), (await attemptOf(purchase)).state], ['PENDING_PAY', 'OPEN'])
  await fault(world, outTradeNo, [])
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
})

test('mode 41 · closed, but the answer is lost: asked again, cancelled', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [['close', 'error-after', 1]])
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
})

test('a close that WeChat refuses ("too soon") releases nothing', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [['close', { kind: 'status', status: 400, code: 'INVALID_REQUEST' }]])
  await refused(cancel(purchase), 'payments.unavailable', 503)
  assert.deepEqual([await stateOf(purchase), tradeState(outTradeNo)], ['PENDING_PAY', 'NOTPAY'])
  // Asked once: what is not certain goes back to the caller instead of around again.
  assert.equal(closes(outTradeNo), 1)
})

test('the query is not signed by WeChat: a claim that the trade is closed is not believed', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  const trade = world.sandbox.world.store.orders.get(outTradeNo)
  assert.ok(trade)
  trade.state = 'CLOSED'
  await fault(world, outTradeNo, [['query', 'bad-signature']])
  await refused(cancel(purchase), 'payments.unavailable', 503)
  assert.equal((await attemptOf(purchase)).state, 'OPEN')
})

test('mode 42 · an open trade that WeChat suddenly does not know releases nothing', async () => {
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [['query', { kind: 'status', status: 404, code: 'ORDER_NOT_EXIST' }]])
  await refused(cancel(purchase), 'payments.unavailable', 503)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
})

/** An opening whose answer was lost, so that we think the trade was never made; the phone has its prepay id all the same. */
async function lostOpening(name: string): Promise<Purchase & { prepayId: string }> {
  const buyer = await world.member(name)
  const purchase = await place(buyer)
  await fault(world, name, [['jsapi', 'error-after']])
  await refused(pay(purchase), 'payments.unavailable', 503)
  await fault(world, name, [])
  const { out_trade_no: number } = await only<{ out_trade_no: string }>(
    world,
    'select out_trade_no from payment_attempt where order_id = $1',
    [purchase.orderId],
  )
  await fault(world, number, [['query', { kind: 'status', status: 404, code: 'ORDER_NOT_EXIST' }]])
  world.clock.advance(31)
  await world.sweep('payments.check')
  await fault(world, number, [])
  assert.equal((await attemptOf(purchase)).state, 'FAILED')
  const prepayId = world.sandbox.world.store.orders.get(number)?.prepayId
  assert.ok(prepayId)
  return { ...purchase, prepayId }
}

const CLOSINGS: readonly [what: string, who: string, close: (purchase: Purchase) => Promise<unknown>][] = [
  ['its shopper cancelled', 'shopper-0010', cancel],
  [
    'was timed out',
    'shopper-0012',
    async () => {
      world.clock.advance(15 * 60)
      await world.sweep('orders.timeouts')
    },
  ],
]
for (const [what, who, close] of CLOSINGS)
  test(`modes 25, 26 · money for an order that ${what} goes back by itself, once, and a person is told`, async () => {
    const purchase = await lostOpening(who)
    await close(purchase)
    assert.equal(await stateOf(purchase), 'CANCELLED')
    const notificationId = await settleAtCashier(world, purchase.prepayId)
    await until(async () => (await refundsOf(purchase)).length === 1, 'refund begun')
    assert.equal(await deliver(world, notificationId), true)
    await world.sweep('payments.refunds')
    await until(async () => (await refundsOf(purchase))[0]?.state === 'SUCCESS', 'refunded')
    assert.deepEqual(await refundsOf(purchase), [
      { state: 'SUCCESS', cause: 'late_payment', amount_fen: purchase.totalFen },
    ])
    const order = await orderOf(purchase)
    assert.deepEqual([order.state, order.payState, order.refundState], ['CANCELLED', 'PAID', 'FULL'])
    assert.deepEqual(
      (await alarms(world, purchase.orderId)).map(({ kind }) => kind),
      ['late_payment'],
    )
  })

test('mode 37 · two trades of one order are both paid: the second goes back, the order stays paid', async () => {
  const purchase = await lostOpening('shopper-0011')
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
  await settleAtCashier(world, purchase.prepayId)
  await until(async () => (await refundsOf(purchase)).length === 1, 'refund begun')
  await world.sweep('payments.refunds')
  await until(async () => (await refundsOf(purchase))[0]?.state === 'SUCCESS', 'refunded')
  assert.equal((await refundsOf(purchase))[0]?.cause, 'double_payment')
  const order = await orderOf(purchase)
  assert.deepEqual([order.state, order.refundState, order.refundedFen], ['PAID', 'NONE', 0])
  assert.deepEqual(
    (await alarms(world, purchase.orderId)).map(({ kind }) => kind),
    ['double_payment'],
  )
})
