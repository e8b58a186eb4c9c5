import { businessDay } from '#kernel/clock'
import { ofTill } from '#kernel/purchase'
import {
  type BackFor,
  type CouponEvent,
  couponsUnusable,
  type DeskCoupon,
  giveBackCoupon,
  hasFirst,
  isUsable,
  lockCoupon,
  useCoupon,
} from '#room/coupons'
import {
  capturePoints,
  giveBackPoints,
  holdPoints,
  newAccount,
  newPurchasePoints,
  type PointAccount,
  pointsUnusable,
  type PostingStamp,
  type PurchasePoints,
  releasePoints,
  usableOf,
} from '#room/ledgers'
import { type Answer, refused, type Reserve, type Redeem, type Reverse } from './commands.ts'
import { txnExpired, txnMissing, txnRecorded, txnReused, txnReversed } from './problems.ts'
import { type DeskSale, type Fold, keep, note, type Stamp, txnKey } from './view.ts'

// Coupons and points of a sale at a till: reserved while it is rung up, used when it is paid, given back when it did not happen (domain handbook §2.8,
// §2.10). The same moves as an order's, on the same rows.

export const stampOf = ({ by, at }: Stamp): PostingStamp => ({ by, at, today: businessDay(at) })

export const couponsOf = ({ view }: Fold, tillId: string): DeskCoupon[] =>
  [...view.coupons.values()].filter((coupon) => coupon.tillId === tillId)
export function noteCoupon({ writes }: Fold, coupon: DeskCoupon, event: CouponEvent): void {
  writes.coupons.set(coupon.couponId, coupon)
  writes.couponEvents.push(event)
}
/** A first earning makes the account. */
export function accountOf({ view }: Fold, memberId: string): PointAccount {
  const known = view.accounts.get(memberId) ?? newAccount(memberId)
  view.accounts.set(memberId, known)
  return known
}
export function pointsOf({ view }: Fold, tillId: string): PurchasePoints {
  const known = view.points.get(tillId) ?? newPurchasePoints(ofTill(tillId))
  view.points.set(tillId, known)
  return known
}

const newSale = (
  {
    tillId,
    partnerId,
    storeId,
    posTxnId,
    at,
  }: Pick<Reserve, 'tillId' | 'partnerId' | 'storeId' | 'posTxnId' | 'at'>,
  more: Partial<DeskSale>,
): DeskSale => ({
  id: tillId,
  partnerId,
  storeId,
  posTxnId,
  kind: 'sale',
  memberId: null,
  benefits: 'NONE',
  reserveHash: null,
  priced: null,
  usedPoints: 0,
  expiresAt: null,
  beganAt: at,
  redeemedAt: null,
  reversedAt: null,
  reverseReason: null,
  receiptHash: null,
  soldAt: null,
  recordedAt: null,
  paidFen: null,
  returnOf: null,
  returnedId: null,
  ...more,
})
export { newSale }

/** Why these coupons and points cannot be had: somebody was quicker. */
function gone({ view }: Fold, { memberId, priced, at }: Reserve): Answer | undefined {
  for (const couponId of priced.couponIds) {
    const coupon = view.coupons.get(couponId)
    if (coupon?.memberId !== memberId) return refused(couponsUnusable, { couponId })
    if (!isUsable(coupon, at)) return refused(couponsUnusable, { couponId, state: coupon.state })
    if (coupon.firstOrder && hasFirst(view.coupons, coupon)) return refused(couponsUnusable, { couponId })
  }
  if (priced.pointsUsed === 0) return undefined
  const account = view.accounts.get(memberId)
  const usable = account ? usableOf(account, businessDay(at)) : 0
  return usable < priced.pointsUsed ? refused(pointsUnusable, { usable }) : undefined
}

/** Sets aside what a sale was priced with. The same wish again gets the same answer; another one under its number is refused. */
export function reserve(fold: Fold, command: Reserve): Answer {
  const known = fold.view.sales.get(txnKey(command)) ?? fold.view.begun.get(txnKey(command))
  if (known?.benefits === 'REVERSED') return refused(txnReversed)
  if (known) return known.reserveHash === command.hash ? { kind: 'sale', sale: known } : refused(txnReused)
  const no = gone(fold, command)
  if (no) return no
  const { tillId, memberId, priced, hash, expiresAt } = command
  const { pointsUsed: usedPoints } = priced
  const sale = newSale(command, {
    memberId,
    benefits: 'RESERVED',
    reserveHash: hash,
    priced,
    usedPoints,
    expiresAt,
  })
  keep(fold, sale)
  for (const couponId of priced.couponIds) {
    const coupon = fold.view.coupons.get(couponId)
    if (coupon) noteCoupon(fold, coupon, lockCoupon(coupon, ofTill(tillId), command))
  }
  if (usedPoints > 0) {
    const held = holdPoints(accountOf(fold, memberId), pointsOf(fold, tillId), usedPoints, stampOf(command))
    if (!held) throw new Error(`sale ${command.posTxnId} holds points that are not there`)
    fold.writes.postings.push(...held)
  }
  note(fold, sale, 'reserve', command)
  return { kind: 'sale', sale }
}

/** What was reserved is used: the customer has paid. */
export function spend(fold: Fold, sale: DeskSale, stamp: Stamp): void {
  for (const coupon of couponsOf(fold, sale.id))
    noteCoupon(fold, coupon, useCoupon(coupon, ofTill(sale.id), stamp))
  if (sale.usedPoints > 0 && sale.memberId !== null)
    fold.writes.postings.push(
      ...capturePoints(accountOf(fold, sale.memberId), pointsOf(fold, sale.id), stampOf(stamp)),
    )
  sale.benefits = 'REDEEMED'
  sale.redeemedAt = stamp.at
}

/** A transaction of another store is none here. */
const inStore = (sale: DeskSale | undefined, storeId: string): sale is DeskSale =>
  sale !== undefined && sale.storeId === storeId

export function redeem(fold: Fold, command: Redeem): Answer {
  const sale = fold.view.sales.get(txnKey(command))
  if (!inStore(sale, command.storeId) || sale.benefits === 'NONE') return refused(txnMissing)
  if (sale.benefits === 'REVERSED') return refused(txnReversed)
  if (sale.benefits === 'REDEEMED') return { kind: 'sale', sale }
  if (sale.expiresAt && sale.expiresAt <= command.at) return refused(txnExpired)
  spend(fold, sale, command)
  note(fold, sale, 'redeem', command)
  return { kind: 'sale', sale }
}

/** Coupons that a sale had come back. */
export function couponsBack(fold: Fold, sale: DeskSale, why: BackFor, stamp: Stamp): void {
  for (const coupon of couponsOf(fold, sale.id))
    noteCoupon(fold, coupon, giveBackCoupon(coupon, ofTill(sale.id), why, stamp))
}

function pointsBack(fold: Fold, sale: DeskSale, stamp: Stamp): void {
  if (sale.usedPoints === 0 || sale.memberId === null) return
  const account = accountOf(fold, sale.memberId)
  const points = pointsOf(fold, sale.id)
  const kept = points.spent.reduce((sum, { kept: each }) => sum + each, 0)
  fold.writes.postings.push(
    ...(sale.benefits === 'RESERVED'
      ? releasePoints(account, points, stampOf(stamp))
      : giveBackPoints(account, points, kept, stampOf(stamp))),
  )
}

/** The sale did not happen. Of one that nobody has heard of yet it is remembered, so that what comes late finds it reversed. */
export function reverse(fold: Fold, command: Reverse): Answer {
  const { reason, dueAt, at } = command
  const known = fold.view.sales.get(txnKey(command))
  if (!known && dueAt === null) {
    const sale = newSale(command, { benefits: 'REVERSED', reversedAt: at, reverseReason: reason })
    keep(fold, sale)
    note(fold, sale, 'reverse', command, { reason })
    return { kind: 'sale', sale }
  }
  if (!inStore(known, command.storeId)) return refused(txnMissing)
  const overdue =
    known.benefits === 'RESERVED' && known.expiresAt !== null && dueAt !== null && known.expiresAt <= dueAt
  if (known.benefits === 'REVERSED' || (dueAt !== null && !overdue)) return { kind: 'sale', sale: known }
  if (known.recordedAt) return refused(txnRecorded)
  pointsBack(fold, known, command)
  couponsBack(fold, known, known.benefits === 'RESERVED' ? 'closed_unpaid' : 'refunded', command)
  known.benefits = 'REVERSED'
  known.reversedAt = at
  known.reverseReason = reason
  note(fold, known, 'reverse', command, { reason })
  return { kind: 'sale', sale: known }
}
