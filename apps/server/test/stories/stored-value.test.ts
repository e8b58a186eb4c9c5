// 储值余额 in the shop: held as an order is placed, spent with the rest, given back to the fen.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { take } from '../counter.ts'
import { APPLE, SOY } from '../fixtures.ts'
import { cancel, orderOf, pay, rows, settleAtCashier, stateOf } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { basket, order, type PlaceBody, wrongInTheBooks } from '../shopping.ts'
import { balance, openValue, stored, topUp } from '../stored-value.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

let people = 0
/** Somebody new, with so much stored value. */
async function shopperWith(amountFen: number): Promise<Shopper> {
  people++
  const shopper = await world.member(`shopper-${String(people).padStart(4, '0')}`)
  await (amountFen > 0 ? stored(world, shopper, amountFen) : openValue(world))
  return shopper
}
const quoteFor = ({ api }: Shopper, useStoredValue: number, quantity = 1) =>
  api('POST /v1/quotes', {
    body: {
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: [{ skuId: APPLE, quantity }],
      useStoredValue,
    },
  })
async function bought(shopper: Shopper, over: Partial<PlaceBody>) {
  const { id: orderId, totalFen } = await order(shopper, over)
  return { shopper, orderId, totalFen }
}
const show = (orderId: string) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
const refund = (orderId: string, expectFen: number, lines?: { lineNo: number; quantity: number }[]) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen, reason: '不要了', ...(lines && { lines }) },
  })
const reasons = async ({ api }: Shopper) =>
  (await api('GET /v1/stored-value/postings')).items.map((each) => [each.reason, each.availableFen])
test('off as a chain begins: no top-up, no order with it, no word of it in a quote', async () => {
  const shopper = await world.member('shopper-0050')
  assert.deepEqual(await shopper.api('GET /v1/stored-value'), { open: false, availableFen: 0, heldFen: 0 })
  const { storedValue, dueFen, totalFen } = await quoteFor(shopper, 100)
  assert.deepEqual([storedValue, dueFen], [null, totalFen])
  await refused(order(shopper, { useStoredValue: 100 }), 'stored_value.off', 409)
  await refused(topUp(clerk, shopper.memberId, 1000), 'stored_value.off', 409)
  assert.equal((await hq('GET /console/v1/stored-value')).terms, null)
})

test('all of it: the order is paid as it is placed, and a repeat gets the first answer', async () => {
  const shopper = await shopperWith(10_000)
  const { storedValue, dueFen, totalFen } = await quoteFor(shopper, 1_000_000)
  assert.deepEqual([storedValue, dueFen], [{ availableFen: 10_000, usedFen: totalFen }, 0])
  await refused(order(shopper, { useStoredValue: totalFen + 1 }), 'stored_value.short', 409)
  const body = basket({ useStoredValue: totalFen, expectFen: totalFen })
  const placed = await shopper.api('POST /v1/orders', { body })
  assert.deepEqual([placed.state, placed.expiresAt], ['PAID', null])
  assert.deepEqual(await shopper.api('POST /v1/orders', { body }), placed)
  await refused(
    shopper.api('POST /v1/orders', { body: { ...body, useStoredValue: totalFen - 1 } }),
    'orders.key_reused',
  )
  assert.deepEqual(await balance(shopper), [10_000 - totalFen, 0])
  const detail = await show(placed.id)
  assert.deepEqual(
    detail.payments.map((each) => [each.provider, each.state, each.amountFen]),
    [['stored_value', 'PAID', totalFen]],
  )
  assert.equal(detail.storedValueFen, totalFen)
  await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId: placed.id } })
  await refused(pay({ shopper, orderId: placed.id, totalFen }), 'payments.already_paid')
})

test('a part of it: WeChat is asked for the rest to the fen, and what was held is spent with it', async () => {
  const shopper = await shopperWith(1000)
  const quoted = await quoteFor(shopper, 1_000_000, 2)
  assert.equal(quoted.storedValue?.usedFen, 1000)
  const purchase = await bought(shopper, { lines: [{ skuId: APPLE, quantity: 2 }], useStoredValue: 1000 })
  assert.deepEqual(await balance(shopper), [0, 1000])
  const opened = await pay(purchase)
  assert.equal(opened.amountFen, quoted.dueFen)
  assert.equal(opened.amountFen, purchase.totalFen - 1000)
  await settleAtCashier(world, opened.prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'paid')
  assert.deepEqual(await balance(shopper), [0, 0])
  const [{ paid_fen: paidFen } = { paid_fen: 0 }] = await rows<{ paid_fen: number }>(
    world,
    'select paid_fen from orders where id = $1',
    [purchase.orderId],
  )
  assert.equal(paidFen, purchase.totalFen)

  // Last paid first: WeChat's money goes back before what was paid ahead.
  const half = purchase.totalFen / 2
  await refund(purchase.orderId, half, [{ lineNo: 1, quantity: 1 }])
  assert.deepEqual(await balance(shopper), [Math.max(0, half - opened.amountFen), 0])
  await refund(purchase.orderId, half)
  assert.deepEqual(await balance(shopper), [1000, 0], 'in the same moment')
  await until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await orderOf(purchase)).refundState === 'FULL'
  }, 'refunded')
  assert.deepEqual(await balance(shopper), [1000, 0])
  const { refunds } = await show(purchase.orderId)
  const back = (provider: string) =>
    refunds.reduce((sum, each) => (each.provider === provider ? sum + each.amountFen : sum), 0)
  assert.deepEqual([back('wechat'), back('stored_value')], [opened.amountFen, 1000])
})

test('an order that waits holds it; cancelling gives it back, the clock too', async () => {
  const shopper = await shopperWith(1500)
  const mine = await bought(shopper, { lines: [{ skuId: APPLE, quantity: 3 }], useStoredValue: 1000 })
  assert.deepEqual(await balance(shopper), [500, 1000])
  await refused(order(shopper, { useStoredValue: 501 }), 'stored_value.short', 409)
  await cancel(mine)
  assert.deepEqual(await balance(shopper), [1500, 0])
  const late = await bought(shopper, { lines: [{ skuId: APPLE, quantity: 3 }], useStoredValue: 1500 })
  await world.advance(3600)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(late), 'CANCELLED')
  assert.deepEqual(await balance(shopper), [1500, 0])
  assert.deepEqual(
    (await reasons(shopper)).map(([reason]) => reason),
    ['release', 'hold', 'release', 'hold', 'top_up'],
  )
  await refused(order(shopper, { useStoredValue: 1_000_000 }), 'stored_value.short', 409)
})

test('money that comes after the time-out goes back as it came; what was held is free already', async () => {
  const shopper = await shopperWith(1000)
  const purchase = await bought(shopper, { lines: [{ skuId: APPLE, quantity: 2 }], useStoredValue: 700 })
  const { prepayId, amountFen } = await pay(purchase)
  await world.ctx.database.pool.query(
    `update payment_attempt set state = 'CLOSED' where order_id = $1 and state = 'OPEN'`,
    [purchase.orderId],
  )
  await cancel(purchase)
  assert.deepEqual(await balance(shopper), [1000, 0])
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'late money seen')
  const { refunds, storedValueFen } = await show(purchase.orderId)
  assert.deepEqual(
    refunds.map((each) => [each.provider, each.cause, each.amountFen]),
    [['wechat', 'late_payment', amountFen]],
  )
  assert.deepEqual([storedValueFen, amountFen], [700, purchase.totalFen - 700])
  assert.deepEqual(await balance(shopper), [1000, 0])
})

test('late money that went back is back: nobody gives goods of a closed order back beside it', async () => {
  const shopper = await shopperWith(2000)
  const lines = [APPLE, SOY].map((skuId) => ({ skuId, quantity: 1 }))
  const purchase = await bought(shopper, { lines, useStoredValue: 1500 })
  const { prepayId } = await pay(purchase)
  await world.ctx.database.pool.query(
    `update payment_attempt set state = 'CLOSED' where order_id = $1 and state = 'OPEN'`,
    [purchase.orderId],
  )
  await cancel(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'late money seen')
  await world.sweep('payments.refunds')
  await until(async () => (await orderOf(purchase)).refundState === 'FULL', 'given back')
  const { orderId } = purchase
  const quote = hq('POST /console/v1/orders/:orderId/refund-quotes', { params: { orderId }, body: {} })
  await refused(quote, 'orders.not_refundable', 409)
  await refused(refund(orderId, 0), 'orders.not_refundable', 409)
  assert.equal((await show(orderId)).refunds.length, 1)
})

test('at the counter the clerk is asked for the rest', async () => {
  const shopper = await shopperWith(300)
  const { orderId, totalFen } = await bought(shopper, { useStoredValue: 300 })
  const { items } = await clerk('GET /staff/v1/stores/:storeId/unpaid-orders', {
    params: { storeId: 'S01' },
    query: {},
  })
  const bill = items.find((each) => each.orderId === orderId)
  assert.deepEqual([bill?.totalFen, bill?.dueFen], [totalFen, totalFen - 300])
  await refused(take(clerk, { orderId, dueFen: totalFen }), 'orders.price_changed', 409)
  assert.equal((await take(clerk, { orderId, dueFen: totalFen - 300 })).state, 'PAID')
  assert.deepEqual(await balance(shopper), [0, 0])
})

test('a bag that weighs less: the difference of an order paid with stored value is there at once', async () => {
  const shopper = await shopperWith(20_000)
  const before = await rows(world, 'select 1 from refund where cause = $1', ['weighing'])
  const { orderId, totalFen } = await bought(shopper, { useStoredValue: await priceOf(shopper) })
  const { lines } = await orderOf({ shopper, orderId, totalFen })
  await world.ctx.database.pool.query(
    'update order_line set piece_grams = 1000, tolerance_bp = 0 where order_id = $1',
    [orderId],
  )
  await clerk('POST /staff/v1/orders/:orderId/weights', {
    params: { orderId },
    body: { lines: [{ lineNo: lines[0]?.lineNo ?? 1, grams: 500, expectGrams: null }] },
  })
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  const [had] = await balance(shopper)
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  const [has] = await balance(shopper)
  assert.equal(has - had, totalFen / 2)
  assert.equal((await orderOf({ shopper, orderId, totalFen })).refundState, 'PARTIAL')
  assert.equal(
    (await rows(world, 'select 1 from refund where cause = $1', ['weighing'])).length,
    before.length + 1,
  )
})
const priceOf = async (shopper: Shopper) => (await quoteFor(shopper, 0)).totalFen
