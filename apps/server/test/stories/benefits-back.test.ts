// Coupons and points on their way back: what a refund gives back, and what it takes back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { coupon, couponNow, grantPoints } from '../benefits.ts'
import { DAY, world, newcomer, balance, THREE, place, payFor, refund, handOver } from '../benefits-world.ts'
import { orderOf } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { until } from '../until.ts'

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
    const before = world.clock.now().getTime()
    const quote = await refund(purchase, { ourFault })
    const now = await couponNow(world, id)
    assert.equal(now.state, ourFault ? 'UNUSED' : 'EXPIRED')
    const [back] = quote.coupons
    assert.equal(back?.expiresAt === null, !ourFault)
    if (ourFault) assert.ok(now.expiresAt.getTime() >= before + 3 * DAY * 1000)
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
