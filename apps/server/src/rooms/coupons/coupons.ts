import { secondsAfter } from '#kernel/clock'
import type { Purchase } from '#kernel/purchase'

// What becomes of a coupon that purchases take (domain handbook §2.8), decided on a working copy. The table repeats it.
export type CouponState = 'UNUSED' | 'LOCKED' | 'USED' | 'EXPIRED' | 'VOID'
/** A coupon as the order desk sees it. */
export interface DeskCoupon {
  couponId: string
  memberId: string
  state: CouponState
  round: number
  orderId: string | null
  tillId: string | null
  startsAt: Date
  expiresAt: Date
  /** For a first order; and the one of its holder's that an order has taken. */
  firstOrder: boolean
  firstTakenBy: string | null
}
export type CouponVerb = 'lock' | 'use' | 'give_back'
export interface CouponEvent {
  couponId: string
  round: number
  verb: CouponVerb
  to: CouponState
  purchase: Purchase
  expiresAt: Date
  by: string
  at: Date
}
interface Stamp {
  by: string
  at: Date
}

/** After a fault of the merchant a coupon lives at least so long. */
export const FAULT_SECONDS = 3 * 86_400

/** May its holder use it now? */
export const isUsable = (coupon: Pick<DeskCoupon, 'state' | 'startsAt' | 'expiresAt'>, at: Date): boolean =>
  coupon.state === 'UNUSED' && coupon.startsAt <= at && at < coupon.expiresAt

/** Could a till without a line accept it at that moment, as far as we know today? What was put away since as over was good then. */
export const wasUsable = (coupon: Pick<DeskCoupon, 'state' | 'startsAt' | 'expiresAt'>, at: Date): boolean =>
  isUsable(coupon.state === 'EXPIRED' ? { ...coupon, state: 'UNUSED' } : coupon, at)

/** Has a purchase of this member taken a coupon for a first order, before this batch or in it? */
export const hasFirst = (
  coupons: ReadonlyMap<string, DeskCoupon>,
  { memberId, firstTakenBy }: Pick<DeskCoupon, 'memberId' | 'firstTakenBy'>,
): boolean =>
  (firstTakenBy !== null && !coupons.has(firstTakenBy)) ||
  [...coupons.values()].some(
    (other) => other.memberId === memberId && other.firstOrder && ['LOCKED', 'USED'].includes(other.state),
  )

const eventOf = (
  coupon: DeskCoupon,
  verb: CouponVerb,
  purchase: Purchase,
  { by, at }: Stamp,
): CouponEvent => ({
  couponId: coupon.couponId,
  round: coupon.round,
  verb,
  to: coupon.state,
  purchase,
  expiresAt: coupon.expiresAt,
  by,
  at,
})

/** A purchase that begins takes it. Ask `isUsable` first. */
export function lockCoupon(coupon: DeskCoupon, purchase: Purchase, stamp: Stamp): CouponEvent {
  coupon.state = 'LOCKED'
  coupon.orderId = purchase.orderId
  coupon.tillId = purchase.tillId
  coupon.round++
  return eventOf(coupon, 'lock', purchase, stamp)
}

/** The purchase that took it is paid. */
export function useCoupon(coupon: DeskCoupon, purchase: Purchase, stamp: Stamp): CouponEvent {
  coupon.state = 'USED'
  return eventOf(coupon, 'use', purchase, stamp)
}

/** Until when a coupon is good that comes back now; null when it has expired. */
export function expiryAfter(expiresAt: Date, why: BackFor, at: Date): Date | null {
  if (why === 'closed_unpaid') return expiresAt
  const least = secondsAfter(at, FAULT_SECONDS)
  if (why === 'our_fault') return expiresAt < least ? least : expiresAt
  return expiresAt > at ? expiresAt : null
}

export type BackFor = 'closed_unpaid' | 'refunded' | 'our_fault'
/**
 * It comes back: of a purchase that was closed unpaid as it was; of one that was refunded whole if it has not expired since; after a fault of the
 * merchant always, for three days more at least.
 */
export function giveBackCoupon(
  coupon: DeskCoupon,
  purchase: Purchase,
  why: BackFor,
  stamp: Stamp,
): CouponEvent {
  const until = expiryAfter(coupon.expiresAt, why, stamp.at)
  coupon.state = until ? 'UNUSED' : 'EXPIRED'
  coupon.expiresAt = until ?? coupon.expiresAt
  coupon.orderId = null
  coupon.tillId = null
  return eventOf(coupon, 'give_back', purchase, stamp)
}
