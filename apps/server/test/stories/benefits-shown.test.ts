// What shoppers are told of their coupons and points: beside a basket, in an order, in an after-sales request.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { coupon, grantPoints, mine, plantPoints } from '../benefits.ts'
import { APPLE, PEAR, plant } from '../fixtures.ts'
import { cancel, orderOf, pay, type Purchase, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, type PlaceBody } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let serial = 0
before(async () => {
  world = await openWorld({
    onHand: 500,
    fill: async (url) => {
      await plant(url, { onHand: 500 })
      await plantPoints(url)
    },
  })
})
after(() => world.close())

const newcomer = (): Promise<Shopper> => world.member(`shopper-${String(++serial + 300).padStart(4, '0')}`)
/** 3 × ¥12.80 and ¥11.80. */
const LINES: PlaceBody['lines'] = [
  { skuId: APPLE, quantity: 3 },
  { skuId: PEAR, quantity: 1 },
]
const BASKET = { storeId: 'S01', fulfilment: { kind: 'pickup' as const }, lines: LINES }
const optionsOf = async ({ api }: Shopper, over: Partial<typeof BASKET> = {}) =>
  (await api('POST /v1/coupon-options', { body: { ...BASKET, ...over } })).items
const quoteOf = ({ api }: Shopper, over: Partial<PlaceBody> & { bestCoupons?: boolean } = {}) =>
  api('POST /v1/quotes', { body: { ...BASKET, ...over } })
const off = (offFen: number, atFen = 0) => [{ atFen, atPieces: 0, offFen, offBp: 0 }]

async function place(shopper: Shopper, over: Partial<PlaceBody> = {}): Promise<Purchase> {
  const { id, totalFen } = await order(shopper, { lines: LINES, ...over })
  return { shopper, orderId: id, totalFen }
}
async function payFor(purchase: Purchase): Promise<Purchase> {
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  return purchase
}
const refundsArrive = (purchase: Purchase, refundState: string) =>
  until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await orderOf(purchase)).refundState === refundState
  }, `refund ${refundState}`)

test('POST /v1/coupon-options · each of my coupons says what it takes off alone, or why it would not', async () => {
  const shopper = await newcomer()
  const small = await coupon(world, shopper, { label: '减3元', steps: off(300) })
  const large = await coupon(world, shopper, { label: '满40减6', steps: off(600, 4000) })
  const far = await coupon(world, shopper, { label: '满99减20', steps: off(2000, 9900) })
  const elsewhere = await coupon(world, shopper, { label: '桥西店减9', steps: off(900), storeIds: ['S02'] })
  const pears = await coupon(world, shopper, { label: '鸭梨减1', steps: off(100), skuIds: [PEAR] })
  const double = await coupon(world, shopper, { label: '积分翻倍', kind: 'earn', steps: [], timesBp: 20_000 })
  const options = await optionsOf(shopper)
  const facts = (id: string) => {
    const found = options.find((each) => each.id === id)
    return found && [found.acts, found.offFen, found.words]
  }
  assert.deepEqual(
    options.map(({ id }) => id),
    [large, small, pears, double, far, elsewhere],
  )
  assert.deepEqual(facts(large), [true, 600, '减了 ¥6'])
  assert.deepEqual(facts(double), [true, 0, '已用上'])
  assert.deepEqual(facts(far), [false, 0, '还差 ¥48.80 减 ¥20'])
  assert.deepEqual(facts(elsewhere), [false, 0, '这家门店不参加'])
  assert.deepEqual((await optionsOf(shopper, { lines: [{ skuId: APPLE, quantity: 1 }] }))[0]?.id, small)
  // What one takes off alone is what the quote with it says.
  for (const id of [small, large, pears])
    assert.equal(
      (await quoteOf(shopper, { couponIds: [id] })).discountFen,
      options.find((each) => each.id === id)?.offFen,
    )
})

test('coupon-options speak of nobody else, and refuse a basket as a quote does', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  await coupon(world, other)
  assert.deepEqual(await optionsOf(shopper), [])
  await refused(optionsOf(shopper, { lines: [...LINES, ...LINES] }), 'pricing.line_repeated')
  await refused(optionsOf(shopper, { storeId: 'S99' }), 'stores.missing')
})

test('a coupon names the goods that it is for, and those that it is not for', async () => {
  const shopper = await newcomer()
  await coupon(world, shopper, {
    skuIds: [PEAR],
    exceptCategoryIds: ['V'],
    maxOffFen: 250,
    stackGroup: 'fruit',
  })
  const [shown] = await mine(shopper)
  assert.deepEqual(
    [shown?.onlyFor, shown?.notFor, shown?.someGoods, shown?.maxOffFen, shown?.stackGroup],
    [['宁晋鸭梨 约1.5kg'], ['蔬菜'], true, 250, 'fruit'],
  )
})

test('of more coupons than are weighed, the one that takes most off is among them, however late it expires', async () => {
  const shopper = await newcomer()
  for (let i = 0; i < 10; i++)
    await coupon(world, shopper, { label: `减${i}`, steps: off(100 + i), validDays: 3 })
  const best = await coupon(world, shopper, { label: '减9元', steps: off(900), validDays: 300 })
  const quote = await quoteOf(shopper, { bestCoupons: true })
  assert.deepEqual([quote.couponIds, quote.discountFen], [[best], 900])
})

test('points that could pay nothing say why', async () => {
  const shopper = await newcomer()
  assert.deepEqual((await quoteOf(shopper)).points, { balance: 0, usable: 0, offFen: 0, why: '' })
  await grantPoints(world, shopper.memberId, 400)
  assert.deepEqual((await quoteOf(shopper)).points, { balance: 400, usable: 400, offFen: 400, why: '' })
  const apart = await coupon(world, shopper, { steps: off(900), exclusiveWith: ['points'] })
  assert.deepEqual((await quoteOf(shopper, { couponIds: [apart] })).points, {
    balance: 400,
    usable: 0,
    offFen: 0,
    why: '和「满10减3」不能同享',
  })
})

test('an order says where its coupon is and what came back: unpaid and cancelled, all of it', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 300)
  const id = await coupon(world, shopper)
  const purchase = await place(shopper, { couponIds: [id], usePoints: 300 })
  const before = await orderOf(purchase)
  assert.deepEqual(
    [before.coupons.map((each) => [each.id, each.where]), before.pointsBack, before.pointsTaken],
    [[[id, 'with_order']], 0, 0],
  )
  await cancel(purchase)
  const closed = await orderOf(purchase)
  assert.deepEqual(
    [closed.coupons.map((each) => [each.id, each.where]), closed.pointsBack, closed.pointsTaken],
    [[[id, 'back']], 300, 0],
  )
  // Another order that takes it does not bring it back to this one.
  await place(shopper, { couponIds: [id] })
  assert.deepEqual(
    (await orderOf(purchase)).coupons.map((each) => each.where),
    ['back'],
  )
})

test('an order and its request count the points of refunds that arrived; the coupon stays until the last piece', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 400)
  const id = await coupon(world, shopper)
  const purchase = await payFor(await place(shopper, { couponIds: [id], usePoints: 400 }))
  const params = { orderId: purchase.orderId }
  const wish = {
    kind: 'uncollected' as const,
    reason: 'changed_mind' as const,
    lines: LINES.map(({ quantity }, i) => ({ lineNo: i + 1, quantity })),
  }
  const quote = await shopper.api('POST /v1/orders/:orderId/aftersale-quotes', { params, body: wish })
  const asked = await shopper.api('POST /v1/orders/:orderId/aftersales', {
    params,
    body: { ...wish, idempotencyKey: randomUUID(), expectFen: quote.amountFen },
  })
  assert.equal((await orderOf(purchase)).pointsBack, 0, 'the money has not arrived')
  await refundsArrive(purchase, 'FULL')
  const now = await orderOf(purchase)
  assert.deepEqual(
    [now.coupons.map((each) => [each.id, each.where]), now.pointsBack, now.pointsTaken],
    [[[id, 'back']], 400, now.pointsEarned],
  )
  const shown = await shopper.api('GET /v1/aftersales/:aftersaleId', { params: { aftersaleId: asked.id } })
  assert.deepEqual([shown.pointsBack, shown.pointsTaken], [quote.pointsBack, quote.pointsTaken])
})

test('a cart asks what the checkout will ask first: with the best coupon, and says how far the next is', async () => {
  const shopper = await newcomer()
  const best = await coupon(world, shopper, { label: '满20减3', steps: off(300, 2000) })
  const far = await coupon(world, shopper, { label: '满99减20', steps: off(2000, 9900) })
  await shopper.api('PUT /v1/cart/lines/:skuId', {
    params: { skuId: APPLE },
    body: { storeId: 'S01', quantity: 2 },
  })
  const { quote } = await shopper.api('GET /v1/cart', { query: { storeId: 'S01' } })
  const {
    points: _p,
    storedValue: _v,
    dueFen: _d,
    ...asked
  } = await quoteOf(shopper, {
    lines: [{ skuId: APPLE, quantity: 2 }],
    bestCoupons: true,
  })
  assert.deepEqual(quote, asked)
  assert.deepEqual([quote?.couponIds, quote?.totalFen], [[best], 2260])
  assert.equal(quote?.explanation.find(({ rule }) => rule === far)?.next?.missingFen, 9900 - 2560)
})
