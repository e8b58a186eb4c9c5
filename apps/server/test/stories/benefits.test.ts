// Coupons and points from the hand of head office to the bag: what was set aside and spent.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { coupon, couponNow, grantPoints, mine } from '../benefits.ts'
import { DAY, world, newcomer, balance, THREE, quoteOf, place, payFor, handOver } from '../benefits-world.ts'
import { APPLE } from '../fixtures.ts'
import { cancel, orderOf, paidUnheard, pay, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { until } from '../until.ts'

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
  const hq = await world.staff('hq')
  const shown = await hq('GET /console/v1/orders/:orderId', { params: { orderId: purchase.orderId } })
  assert.deepEqual(
    shown.discounts.map(({ rule, funding }) => [rule, funding]),
    [
      [id, 'supplier'],
      ['points', 'hq'],
    ],
  )
  assert.deepEqual(
    shown.discounts.map(({ rule, label, offFen, points }) => ({ rule, label, offFen, points })),
    kept.discounts,
    'a shopper reads the same, but for who bears it',
  )
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

test('a notification delivered twice spends and earns once', async () => {
  const shopper = await newcomer()
  await grantPoints(world, shopper.memberId, 100)
  const purchase = await place(shopper, { usePoints: 100 })
  const { notificationId } = await paidUnheard(world, purchase)
  for (let i = 0; i < 2; i++) await world.sim('POST', `/_sim/notifications/${notificationId}/send`, {})
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  assert.equal((await balance(shopper)).frozen, Math.floor(purchase.totalFen / 100))
})
