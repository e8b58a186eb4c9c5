import { secondsAfter } from '#kernel/clock'

// What becomes of a coupon that orders take (domain handbook §2.8), decided on a working copy. The table repeats it.
export type CouponState = 'UNUSED' | 'LOCKED' | 'USED' | 'EXPIRED' | 'VOID'
/** A coupon as the order desk sees it. */
export interface DeskCoupon {
  couponId: string
  memberId: string
  state: CouponState
  round: number
  orderId: string | null
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
  orderId: string
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

const eventOf = (coupon: DeskCoupon, verb: CouponVerb, orderId: string, { by, at }: Stamp): CouponEvent => ({
  couponId: coupon.couponId,
  round: coupon.round,
  verb,
  to: coupon.state,
  orderId,
  expiresAt: coupon.expiresAt,
  by,
  at,
})

/** An order that is being placed takes it. Ask `isUsable` first. */
export function lockCoupon(coupon: DeskCoupon, orderId: string, stamp: Stamp): CouponEvent {
  coupon.state = 'LOCKED'
  coupon.orderId = orderId
  coupon.round++
  return eventOf(coupon, 'lock', orderId, stamp)
}

/** The order that took it is paid. */
export function useCoupon(coupon: DeskCoupon, orderId: string, stamp: Stamp): CouponEvent {
  coupon.state = 'USED'
  return eventOf(coupon, 'use', orderId, stamp)
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
 * It comes back: of an order that was closed unpaid as it was; of one that was refunded whole if it has not expired since; after a fault of the
 * merchant always, for three days more at least.
 */
export function giveBackCoupon(coupon: DeskCoupon, orderId: string, why: BackFor, stamp: Stamp): CouponEvent {
  const until = expiryAfter(coupon.expiresAt, why, stamp.at)
  coupon.state = until ? 'UNUSED' : 'EXPIRED'
  coupon.expiresAt = until ?? coupon.expiresAt
  coupon.orderId = null
  return eventOf(coupon, 'give_back', orderId, stamp)
}
