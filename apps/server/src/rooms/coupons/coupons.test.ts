// What becomes of a coupon that an order took.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '#kernel/clock'
import { ofOrder } from '#kernel/purchase'
import { type BackFor, type DeskCoupon, giveBackCoupon, isUsable, lockCoupon, useCoupon } from './coupons.ts'

const NOW = new Date('2026-11-22T04:00:00Z')
const DAY = 86_400
const coupon = (daysLeft: number): DeskCoupon => ({
  couponId: 'c',
  memberId: 'm',
  state: 'UNUSED',
  round: 0,
  orderId: null,
  tillId: null,
  startsAt: secondsAfter(NOW, -30 * DAY),
  expiresAt: secondsAfter(NOW, daysLeft * DAY),
  firstOrder: false,
  firstTakenBy: null,
})
const stamp = { by: 'test', at: NOW }

test('unused, begun and not over: then it may be used, once', () => {
  const mine = coupon(1)
  assert.ok(isUsable(mine, NOW))
  assert.ok(!isUsable(mine, mine.expiresAt))
  assert.ok(!isUsable(mine, secondsAfter(mine.startsAt, -1)))
  assert.deepEqual([lockCoupon(mine, ofOrder('o'), stamp).to, mine.round, mine.orderId], ['LOCKED', 1, 'o'])
  assert.ok(!isUsable(mine, NOW))
  assert.equal(useCoupon(mine, ofOrder('o'), stamp).to, 'USED')
  assert.ok(!isUsable(mine, NOW))
})

const BACK: readonly [what: string, why: BackFor, daysLeft: number, state: string, expiresIn: number][] = [
  ['closed unpaid: as it was', 'closed_unpaid', 5, 'UNUSED', 5],
  ['closed unpaid: with its own expiry though that is over', 'closed_unpaid', -1, 'UNUSED', -1],
  ['refunded whole: as it was', 'refunded', 5, 'UNUSED', 5],
  ['refunded whole after it expired: over', 'refunded', -1, 'EXPIRED', -1],
  ['the merchant’s doing: as it was', 'our_fault', 5, 'UNUSED', 5],
  ['the merchant’s doing: three days at least', 'our_fault', 1, 'UNUSED', 3],
  ['the merchant’s doing, after it expired: three days more', 'our_fault', -9, 'UNUSED', 3],
]
for (const [what, why, daysLeft, state, expiresIn] of BACK)
  test(`domain 2.8: a coupon comes back · ${what}`, () => {
    const mine = { ...coupon(daysLeft), state: 'USED' as const, orderId: 'o', round: 1 }
    const event = giveBackCoupon(mine, ofOrder('o'), why, stamp)
    assert.deepEqual(
      [mine.state, mine.orderId, mine.expiresAt],
      [state, null, secondsAfter(NOW, expiresIn * DAY)],
    )
    assert.deepEqual(
      [event.verb, event.to, event.purchase.orderId, event.round],
      ['give_back', state, 'o', 1],
    )
  })
