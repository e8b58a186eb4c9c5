// Coupons and points from the hand of head office to the bag, and back: what was set aside, spent, given back and taken back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { coupon, couponNow, grantPoints, mine, plantPoints } from '../benefits.ts'
import { APPLE, PEAR, plant, SOY } from '../fixtures.ts'
import { cancel, orderOf, paidUnheard, pay, type Purchase, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, type PlaceBody, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
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
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

/** Somebody new each time: tests do not meet each other's coupons. */
const newcomer = (): Promise<Shopper> => world.member(`shopper-${String(++serial + 100).padStart(4, '0')}`)
const balance = ({ api }: Shopper) => api('GET /v1/points')
const THREE: PlaceBody['lines'] = [
  { skuId: APPLE, quantity: 3 },
  { skuId: PEAR, quantity: 1 },
]
const quoteOf = ({ api }: Shopper, over: Partial<PlaceBody> & { bestCoupons?: boolean } = {}) =>
  api('POST /v1/quotes', {
    body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: THREE, ...over },
  })

async function place(shopper: Shopper, over: Partial<PlaceBody> = {}): Promise<Purchase> {
  const { id, totalFen } = await order(shopper, { lines: THREE, ...over })
  return { shopper, orderId: id, totalFen }
}
async function payFor(purchase: Purchase): Promise<Purchase> {
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  return purchase
}
type Refund = { lines?: { lineNo: number; quantity: number }[]; ourFault?: boolean }
/** Head office refunds, as its own quote says, and the money arrives. */
async function refund({ orderId, shopper }: Purchase, over: Refund = {}) {
  // Signed in anew: these tests live for weeks.
  const hq = await world.staff('hq')
  const params = { orderId }
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: over })
  // Asked before: the money may be back before the answer is.
  const before = (await orderOf({ orderId, shopper, totalFen: 0 })).refundedFen
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params,
    body: { idempotencyKey: randomUUID(), expectFen: quote.amountFen, reason: '顾客不要了', ...over },
  })
  await until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await orderOf({ orderId, shopper, totalFen: 0 })).refundedFen > before
  }, 'refunded')
  return quote
}
async function handOver({ shopper, orderId }: Purchase): Promise<void> {
  const clerk = await world.staff('clerk01', 'floor')
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}

test('POST /v1/quotes · the best of my coupons acts, the others say why not, and points say what they could pay', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 800)
  const small = await coupon(world, shopper, { label: '满10减3' })
  const large = await coupon(world, shopper, {
    label: '满40减6',
    steps: [{ atFen: 4000, atPieces: 0, offFen: 600, offBp: 0 }],
  })
  const far = await coupon(world, shopper, {
    label: '满99减20',
    steps: [{ atFen: 9900, atPieces: 0, offFen: 2000, offBp: 0 }],
  })
  const best = await quoteOf(shopper, { bestCoupons: true })
  assert.deepEqual([best.goodsFen, best.totalFen, best.couponIds], [5020, 4420, [large]])
  const why = (id: string) => best.explanation.find(({ rule }) => rule === id)
  assert.equal(why(small)?.why, 'beaten')
  assert.deepEqual([why(far)?.why, why(far)?.next?.missingFen], ['below_threshold', 4880])
  assert.deepEqual(best.points, { balance: 800, usable: 800, offFen: 800, why: '' })
  assert.equal(best.pointsEarned, 44)
  const chosen = await quoteOf(shopper, { couponIds: [small], usePoints: 800 })
  assert.deepEqual([chosen.totalFen, chosen.couponIds, chosen.pointsUsed], [3920, [small], 800])
})

test('a quote equals its order to the fen, and the order keeps what each line had off and who bears it', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 333)
  const id = await coupon(world, shopper, { funding: 'supplier' })
  const wish = { couponIds: [id], usePoints: 333 }
  const quote = await quoteOf(shopper, wish)
  const purchase = await place(shopper, { ...wish, expectFen: quote.totalFen })
  const kept = await orderOf(purchase)
  assert.deepEqual(
    kept.lines.map(({ discounts, payFen }) => ({ discounts, payFen })),
    quote.lines.map(({ discounts, payFen }) => ({
      discounts: discounts.toSorted((a, b) => (a.rule < b.rule ? -1 : 1)),
      payFen,
    })),
  )
  assert.deepEqual(
    [kept.totalFen, kept.pointsUsed, kept.pointsEarned],
    [quote.totalFen, 333, quote.pointsEarned],
  )
  const { rows } = await world.ctx.database.pool.query<{ funding: string }>(
    'select distinct funding from line_discount where order_id = $1 order by 1',
    [purchase.orderId],
  )
  assert.deepEqual(rows, [{ funding: 'hq' }, { funding: 'supplier' }])
})

test('domain 2.8: a coupon is UNUSED, LOCKED by its order, USED once that is paid', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const purchase = await place(shopper, { couponIds: [id] })
  assert.equal((await couponNow(world, id)).state, 'LOCKED')
  assert.deepEqual(await mine(shopper), [])
  await refused(order(shopper, { couponIds: [id] }), 'coupons.unusable')
  await refused(quoteOf(shopper, { couponIds: [id] }), 'coupons.unusable')
  await payFor(purchase)
  assert.equal((await couponNow(world, id)).state, 'USED')
  assert.deepEqual(
    (await mine(shopper, 'used')).map((each) => [each.id, each.orderId]),
    [[id, purchase.orderId]],
  )
})

test('a repeat of a placement gets its first answer though the coupon is gone since', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper)
  const body = { idempotencyKey: randomUUID(), couponIds: [id], lines: THREE }
  const first = await order(shopper, body)
  assert.deepEqual(await order(shopper, body), first)
  await refused(order(shopper, { ...body, couponIds: [] }), 'orders.key_reused')
})

test('what would do nothing is refused by name, and so is what belongs to somebody else', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  const theirs = await coupon(world, other)
  await refused(order(shopper, { lines: THREE, couponIds: [theirs] }), 'coupons.unusable')
  await refused(quoteOf(shopper, { couponIds: [theirs] }), 'coupons.unusable')
  const far = await coupon(world, shopper, { steps: [{ atFen: 99_900, atPieces: 0, offFen: 100, offBp: 0 }] })
  await refused(order(shopper, { lines: THREE, couponIds: [far] }), 'coupons.unusable')
  await refused(order(shopper, { lines: THREE, usePoints: 1 }), 'points.unusable')
  await grantPoints(world, shopper.memberId, 9000)
  await refused(order(shopper, { lines: THREE, usePoints: 9000 }), 'points.unusable')
  assert.equal((await balance(shopper)).available, 9000)
})

test('domain 2.8: unpaid and cancelled, everything comes back as it was', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper)
  const before = await couponNow(world, id)
  const purchase = await place(shopper, { couponIds: [id], usePoints: 400 })
  assert.deepEqual([(await balance(shopper)).available, (await balance(shopper)).held], [100, 400])
  await cancel(purchase)
  assert.deepEqual([(await balance(shopper)).available, (await balance(shopper)).held], [500, 0])
  assert.deepEqual(await couponNow(world, id), { ...before, round: 1 })
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
  await place(shopper, { couponIds: [id], usePoints: 500 })
})

test('domain 2.1: money that comes after the time-out goes back; coupon and points came back before and stay', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper)
  const late = await place(shopper, { couponIds: [id], usePoints: 400 })
  const { prepayId } = await pay(late)
  await world.ctx.database.pool.query(`update payment_attempt set state = 'CLOSED' where order_id = $1`, [
    late.orderId,
  ])
  await cancel(late)
  const next = await place(shopper, { couponIds: [id], usePoints: 500 })
  await settleAtCashier(world, prepayId)
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await orderOf(late)).refundState === 'FULL'
  }, 'late money is back')
  assert.equal((await couponNow(world, id)).state, 'LOCKED')
  await payFor(next)
  assert.equal((await couponNow(world, id)).state, 'USED')
  const now = await balance(shopper)
  assert.deepEqual([now.available, now.held, now.debt], [0, 0, 0])
})

test('domain 2.8: what cost nothing goes back with its goods: its stock is free, no money moves, and its coupon comes with the last piece', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper, {
    label: '酱油兑换券',
    kind: 'exchange',
    steps: [],
    toFen: 0,
    skuIds: [SOY],
  })
  const lines = [
    { skuId: APPLE, quantity: 1 },
    { skuId: SOY, quantity: 1 },
  ]
  const purchase = await payFor(await place(shopper, { lines, couponIds: [id] }))
  const params = { orderId: purchase.orderId }
  const show = async () => (await world.staff('hq'))('GET /console/v1/orders/:orderId', { params })
  const held = await levelOf(world, SOY)
  const hq = await world.staff('hq')
  const wish = { lines: [{ lineNo: 2, quantity: 1 }] }
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: wish })
  assert.deepEqual([quote.amountFen, quote.parts, quote.whole], [0, [], false])
  const body = { idempotencyKey: randomUUID(), expectFen: 0, reason: '不要赠品', ...wish }
  for (const _ of [1, 2]) {
    const after = await hq('POST /console/v1/orders/:orderId/refunds', { params, body })
    assert.deepEqual(
      [after.state, after.refundState, after.refunds.map(({ state, amountFen }) => [state, amountFen])],
      ['PAID', 'NONE', [['SUCCESS', 0]]],
    )
  }
  assert.deepEqual(await levelOf(world, SOY), { ...held, reserved: held.reserved - 1 })
  assert.deepEqual(
    (await show()).lines.map(({ refundedQuantity, refundedFen }) => [refundedQuantity, refundedFen]),
    [
      [0, 0],
      [1, 0],
    ],
  )
  const again = { ...body, idempotencyKey: randomUUID() }
  await refused(
    hq('POST /console/v1/orders/:orderId/refunds', { params, body: again }),
    'orders.refund_too_many',
    409,
  )
  assert.equal((await couponNow(world, id)).state, 'USED')
  await refund(purchase)
  assert.deepEqual([(await show()).state, (await couponNow(world, id)).state], ['CLOSED_REFUND', 'UNUSED'])
})

test('domain 2.8: a gift left when all money is back can still be taken out, and closes the order', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper, { kind: 'exchange', steps: [], toFen: 0, skuIds: [SOY] })
  const lines = [
    { skuId: APPLE, quantity: 1 },
    { skuId: SOY, quantity: 1 },
  ]
  const purchase = await payFor(await place(shopper, { lines, couponIds: [id] }))
  await refund(purchase, { lines: [{ lineNo: 1, quantity: 1 }] })
  const params = { orderId: purchase.orderId }
  const hq = await world.staff('hq')
  const now = await hq('GET /console/v1/orders/:orderId', { params })
  assert.deepEqual(
    [now.state, now.refundState, now.refundableFen, now.refundable],
    ['PAID', 'FULL', 0, [{ lineNo: 2, quantity: 1 }]],
  )
  const body = { idempotencyKey: randomUUID(), expectFen: 0, reason: '一起退' }
  const closed = await hq('POST /console/v1/orders/:orderId/refunds', { params, body })
  assert.deepEqual([closed.state, closed.refundState], ['CLOSED_REFUND', 'FULL'])
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('domain 2.7: paying spends points and earns others, frozen until the after-sales term is over', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 200)
  const purchase = await place(shopper, { usePoints: 200 })
  await payFor(purchase)
  const earned = Math.floor(purchase.totalFen / 100)
  const paid = await balance(shopper)
  assert.deepEqual([paid.available, paid.held, paid.frozen], [0, 0, earned])
  await handOver(purchase)
  await world.advance(7 * DAY)
  await world.sweep('ledgers.points')
  assert.equal((await balance(shopper)).frozen, earned, 'the seventh day is not over')
  await world.advance(DAY)
  await world.sweep('ledgers.points')
  const ripe = await balance(shopper)
  assert.deepEqual([ripe.available, ripe.frozen], [earned, 0])
  const { items } = await shopper.api('GET /v1/points/postings', { query: {} })
  assert.deepEqual(
    items.map(({ reason }) => reason),
    ['unfreeze', 'earn', 'hold', 'grant'],
  )
})

test('domain 2.7, 2.8: refunds piece by piece give back points by the cumulative formula; the coupon comes with the last piece, once', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 301)
  const id = await coupon(world, shopper)
  const purchase = await payFor(await place(shopper, { couponIds: [id], usePoints: 301 }))
  const { lines } = await orderOf(purchase)
  const used = lines.map(({ discounts }) => discounts.find(({ rule }) => rule === 'points')?.points ?? 0)
  const [apples = 0, pears = 0] = used
  let given = 0
  for (const cum of [1, 2, 3]) {
    const quote = await refund(purchase, { lines: [{ lineNo: 1, quantity: 1 }] })
    const share = Math.floor((apples * cum) / 3) - Math.floor((apples * (cum - 1)) / 3)
    assert.equal(quote.pointsBack, share)
    given += share
    assert.equal((await balance(shopper)).available, given)
    assert.equal((await couponNow(world, id)).state, 'USED')
    assert.deepEqual(quote.coupons, [])
  }
  const last = await refund(purchase)
  assert.deepEqual([last.pointsBack, last.coupons.map((each) => each.id)], [pears, [id]])
  const now = await balance(shopper)
  assert.deepEqual([now.available, now.frozen, now.debt], [301, 0, 0])
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('domain 2.8: a coupon that expired meanwhile does not come back; after a fault of the store it does, for three days', async () => {
  for (const ourFault of [false, true]) {
    const shopper = await newcomer()
    const id = await coupon(world, shopper, { validDays: 1 })
    const purchase = await payFor(await place(shopper, { couponIds: [id] }))
    await world.advance(2 * DAY)
    const quote = await refund(purchase, { ourFault })
    const now = await couponNow(world, id)
    assert.equal(now.state, ourFault ? 'UNUSED' : 'EXPIRED')
    const [back] = quote.coupons
    assert.equal(back?.expiresAt === null, !ourFault)
    if (ourFault) assert.ok(now.expiresAt.getTime() >= world.clock.now().getTime() + 3 * DAY * 1000 - 120_000)
  }
})

test('domain 2.7: whoever spent what a refunded order had earned owes it, spends nothing, and pays with what comes', async () => {
  const shopper = await newcomer()
  const first = await payFor(await place(shopper))
  await handOver(first)
  await world.advance(9 * DAY)
  await world.sweep('ledgers.points')
  const earned = (await balance(shopper)).available
  assert.ok(earned >= 50)
  const second = await payFor(await place(shopper, { usePoints: earned }))
  const quote = await refund(first)
  assert.equal(quote.pointsTaken, earned)
  const owing = await balance(shopper)
  assert.deepEqual([owing.available, owing.debt], [0, earned])
  await refused(order(shopper, { lines: THREE, usePoints: 1 }), 'points.unusable')
  await refund(second)
  const even = await balance(shopper)
  assert.deepEqual([even.available, even.debt, even.frozen], [0, 0, 0])
})

test('domain 2.1, 2.8: an exchange coupon makes an order free: used as it is placed, and back with it', async () => {
  const shopper = await newcomer()
  const id = await coupon(world, shopper, { label: '尝鲜券', kind: 'exchange', steps: [], toFen: 0 })
  const placed = await place(shopper, { lines: [{ skuId: APPLE, quantity: 1 }], couponIds: [id] })
  assert.deepEqual([placed.totalFen, (await orderOf(placed)).payState], [0, 'PAID'])
  assert.equal((await couponNow(world, id)).state, 'USED')
  const hq = await world.staff('hq')
  const params = { orderId: placed.orderId }
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: {} })
  assert.deepEqual([quote.amountFen, quote.coupons.map((each) => each.id)], [0, [id]])
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params,
    body: { idempotencyKey: randomUUID(), expectFen: 0, reason: '不要了' },
  })
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
  await place(shopper, { couponIds: [id] })
})

test('an after-sales preview says which points and coupons come back, and the request brings them', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 300)
  const id = await coupon(world, shopper)
  const purchase = await payFor(await place(shopper, { couponIds: [id], usePoints: 300 }))
  const params = { orderId: purchase.orderId }
  const wish = {
    kind: 'uncollected' as const,
    reason: 'changed_mind' as const,
    lines: [
      { lineNo: 1, quantity: 3 },
      { lineNo: 2, quantity: 1 },
    ],
  }
  const quote = await shopper.api('POST /v1/orders/:orderId/aftersale-quotes', { params, body: wish })
  assert.deepEqual([quote.pointsBack, quote.coupons.map((each) => each.id)], [300, [id]])
  await shopper.api('POST /v1/orders/:orderId/aftersales', {
    params,
    body: { ...wish, idempotencyKey: randomUUID(), expectFen: quote.amountFen },
  })
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await orderOf(purchase)).refundState === 'FULL'
  }, 'refunded')
  assert.equal((await balance(shopper)).available, 300)
  assert.equal((await couponNow(world, id)).state, 'UNUSED')
})

test('a notification delivered twice spends and earns once', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 100)
  const purchase = await place(shopper, { usePoints: 100 })
  const { notificationId } = await paidUnheard(world, purchase)
  for (let i = 0; i < 2; i++) await world.sim('POST', `/_sim/notifications/${notificationId}/send`, {})
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  assert.equal((await balance(shopper)).frozen, Math.floor(purchase.totalFen / 100))
})
