// Orders that nobody paid in time. Goods go back only when it is certain that no money can come.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fault, pay, paidUnheard, place, settleAtCashier, stateOf } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

const FIFTEEN_MINUTES = 15 * 60
let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 2000 })
  shopper = await world.member('shopper-0001')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})
const show = (orderId: string) => shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
const cancel = (orderId: string) =>
  shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} })

test('an order is closed when it is due, not before, and its goods come back', async () => {
  const before = await levelOf(world)
  const { id } = await order(shopper)
  world.clock.advance(FIFTEEN_MINUTES - 1)
  await world.sweep('orders.timeouts')
  assert.equal((await show(id)).state, 'PENDING_PAY')
  world.clock.advance(1)
  await world.sweep('orders.timeouts')
  const closed = await show(id)
  assert.deepEqual(
    [closed.state, closed.cancelReason, closed.expiresAt],
    ['CANCELLED', '超过付款时间，自动关闭', null],
  )
  assert.deepEqual(closed.events.at(-1)?.by, 'system')
  assert.deepEqual(await levelOf(world), before)
})

test('due but not swept yet: no payment can be opened any more', async () => {
  const { id } = await order(shopper)
  world.clock.advance(FIFTEEN_MINUTES)
  const opening = shopper.api('POST /v1/orders/:orderId/payments', {
    params: { orderId: id },
    body: { provider: 'wechat' },
  })
  await refused(opening, 'payments.not_payable', 409)
  await world.sweep('orders.timeouts')
})

test('an open payment is closed at WeChat first: afterwards the cashier is shut', async () => {
  const purchase = await place(shopper)
  const { outTradeNo, prepayId } = await pay(purchase)
  world.clock.advance(FIFTEEN_MINUTES)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'CANCELLED')
  assert.equal(world.sandbox.world.store.orders.get(outTradeNo)?.state, 'CLOSED')
  await assert.rejects(settleAtCashier(world, prepayId))
})

test('paid a moment before, and nobody told us: the order becomes paid instead', async () => {
  const purchase = await place(shopper)
  await paidUnheard(world, purchase)
  world.clock.advance(FIFTEEN_MINUTES)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'PAID')
  await refused(cancel(purchase.orderId), 'orders.not_cancellable', 409)
})

test('WeChat does not answer: the order keeps its goods and is looked at again a minute later', async () => {
  const before = await levelOf(world)
  const purchase = await place(shopper)
  const { outTradeNo } = await pay(purchase)
  await fault(world, outTradeNo, [['query', { kind: 'status', status: 500, code: 'SYSTEM_ERROR' }]])
  world.clock.advance(FIFTEEN_MINUTES)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  assert.equal((await levelOf(world)).reserved, before.reserved + 1)
  await fault(world, outTradeNo, [])
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'PENDING_PAY', 'not at once')
  world.clock.advance(60)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(purchase), 'CANCELLED')
  assert.deepEqual(await levelOf(world), before)
})

test('five hundred at once, two servers sweeping: all closed, each once', async () => {
  const before = await levelOf(world)
  const second = await world.another()
  try {
    const placed = await Promise.all(Array.from({ length: 500 }, () => order(shopper)))
    world.clock.advance(FIFTEEN_MINUTES)
    const there = second.linli.sweeps.find(({ name }) => name === 'orders.timeouts')
    await Promise.all([world.sweep('orders.timeouts'), there?.run()])
    const { rows } = await world.ctx.database.pool.query<{ state: string; closings: number }>(
      `select o.state, (select count(*)::int from order_event e where e.order_id = o.id and e.verb = 'cancel') as closings
       from orders o where id = any($1)`,
      [placed.map(({ id }) => id)],
    )
    assert.equal(rows.length, 500)
    assert.ok(rows.every(({ state, closings }) => state === 'CANCELLED' && closings === 1))
    assert.deepEqual(await levelOf(world), before)
  } finally {
    await second.close()
  }
})
