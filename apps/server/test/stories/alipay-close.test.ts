// Closing at Alipay, where a trade may not have begun yet: and money that comes all the same, late or twice.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { atAlipay, calls, openAlipay, paidUnheardAtAlipay, payByAlipay } from '../payments/alipay.ts'
import {
  alarms,
  cancel,
  fault,
  only,
  orderOf,
  pay,
  place,
  rows,
  settleAtCashier,
  stateOf,
} from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  second = await world.another()
  shopper = await world.member('shopper-0001')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const attemptsOf = ({ orderId }: { orderId: string }) =>
  rows<{ provider: string; state: string; out_trade_no: string }>(
    world,
    'select provider, state, out_trade_no from payment_attempt where order_id = $1 order by id',
    [orderId],
  )

test('a cancellation closes the trade at Alipay first; its page takes nothing afterwards', async () => {
  const purchase = await openAlipay(shopper)
  await atAlipay(world, purchase, 'begin')
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
  assert.equal(world.sandbox.world.store.alipayTrades.get(purchase.outTradeNo)?.state, 'TRADE_CLOSED')
  await assert.rejects(atAlipay(world, purchase), /TRADE_HAS_CLOSE/)
})

test('the shopper pays between the query and the close: paid, the cancellation is refused', async () => {
  const purchase = await openAlipay(shopper)
  await atAlipay(world, purchase, 'begin')
  await fault(world, purchase.outTradeNo, [
    ['alipay-close', 'pay-first', 1],
    ['alipay-notify', 'drop'],
  ])
  await refused(cancel(purchase), 'payments.already_paid', 409)
  assert.equal(await stateOf(purchase), 'PAID')
})

test('the close is unclear: 503, nothing is released; later it works', async () => {
  const purchase = await openAlipay(shopper)
  await atAlipay(world, purchase, 'begin')
  await fault(world, purchase.outTradeNo, [['alipay-close', 'status']])
  await refused(cancel(purchase), 'payments.unavailable', 503)
  assert.deepEqual(
    (await attemptsOf(purchase)).map(({ state }) => state),
    ['OPEN'],
  )
  await fault(world, purchase.outTradeNo, [])
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
})

test('closed, but the answer is lost: asked again, cancelled', async () => {
  const purchase = await openAlipay(shopper)
  await atAlipay(world, purchase, 'begin')
  await fault(world, purchase.outTradeNo, [['alipay-close', 'error-after', 1]])
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
})

for (const what of ['bad-signature', 'unsigned', 'tampered-body', 'html', 'truncated-json', 'unknown-enum'])
  test(`the query answers with ${what}: not believed, 503, nothing is released`, async () => {
    const purchase = await openAlipay(shopper)
    await atAlipay(world, purchase, 'begin')
    await fault(world, purchase.outTradeNo, [['alipay-query', what]])
    await refused(cancel(purchase), 'payments.unavailable', 503)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
  })

test('cancelled before anybody signed in at Alipay, then paid all the same: the money goes back, a person is told', async () => {
  const purchase = await openAlipay(shopper)
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
  await atAlipay(world, purchase)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'late money seen')
  assert.deepEqual(
    (await alarms(world, purchase.orderId)).map(({ kind }) => kind),
    ['late_payment'],
  )
  await world.sweep('payments.refunds')
  await until(async () => (await orderOf(purchase)).refundState === 'FULL', 'given back')
})

test('the same, and its notification is lost too: the last look finds the money', async () => {
  const purchase = await openAlipay(shopper)
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
  await paidUnheardAtAlipay(world, purchase)
  assert.equal((await orderOf(purchase)).payState, 'UNPAID')
  world.clock.advance(17 * 60)
  await world.sweep('payments.check')
  assert.equal((await orderOf(purchase)).payState, 'PAID')
  assert.deepEqual(
    (await alarms(world, purchase.orderId)).map(({ kind }) => kind),
    ['late_payment'],
  )
})

test('the last look finds a trade that was begun after all: it is closed, and nobody looks again', async () => {
  const purchase = await openAlipay(shopper)
  assert.equal((await cancel(purchase)).state, 'CANCELLED')
  await atAlipay(world, purchase, 'begin')
  world.clock.advance(17 * 60)
  await world.sweep('payments.check')
  assert.equal(world.sandbox.world.store.alipayTrades.get(purchase.outTradeNo)?.state, 'TRADE_CLOSED')
  const asked = calls(world, purchase.outTradeNo, 'alipay-query')
  world.clock.advance(24 * 3600)
  await world.sweep('payments.check')
  assert.equal(calls(world, purchase.outTradeNo, 'alipay-query'), asked)
})

test('from Alipay to WeChat and back: one open attempt at any time, and the first payment counts', async () => {
  const purchase = await place(shopper)
  const first = await payByAlipay(purchase)
  const { prepayId } = await pay(purchase)
  assert.deepEqual(
    (await attemptsOf(purchase)).map(({ provider, state }) => [provider, state]),
    [
      ['alipay', 'CLOSED'],
      ['wechat', 'OPEN'],
    ],
  )
  const third = await payByAlipay(purchase)
  assert.notEqual(third.outTradeNo, first.outTradeNo)
  await assert.rejects(settleAtCashier(world, prepayId), /sim.order_closed/)
  await atAlipay(world, third)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'order paid')
})

test('paid at both: the second payment goes back by itself', async () => {
  const purchase = await openAlipay(shopper)
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'order paid')
  await atAlipay(world, purchase)
  await until(async () => (await alarms(world, purchase.orderId)).length === 1, 'second payment seen')
  assert.deepEqual(
    (await alarms(world, purchase.orderId)).map(({ kind }) => kind),
    ['double_payment'],
  )
  await world.sweep('payments.refunds')
  const { refunds } = world.sandbox.world.store.alipayTrades.get(purchase.outTradeNo) ?? {}
  assert.equal(refunds?.length, 1)
  const refund = await only<{ state: string }>(world, 'select state from refund where order_id = $1', [
    purchase.orderId,
  ])
  assert.equal(refund.state, 'SUCCESS')
})

test('an unpaid order times out while its payment is open at Alipay: closed there too', async () => {
  const purchase = await openAlipay(shopper)
  await atAlipay(world, purchase, 'begin')
  world.clock.advance(16 * 60)
  await world.sweep('orders.timeouts')
  await until(async () => (await stateOf(purchase)) === 'CANCELLED', 'timed out')
  assert.equal(world.sandbox.world.store.alipayTrades.get(purchase.outTradeNo)?.state, 'TRADE_CLOSED')
})
