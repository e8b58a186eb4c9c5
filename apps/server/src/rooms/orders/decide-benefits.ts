import { businessDay } from '#kernel/clock'
import { ofOrder } from '#kernel/purchase'
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
  clawPoints,
  earnPoints,
  giveBackPoints,
  holdPoints,
  newAccount,
  newPurchasePoints,
  type PointAccount,
  pointsUnusable,
  type Posting,
  type PostingStamp,
  type PurchasePoints,
  releasePoints,
  usableOf,
} from '#room/ledgers'
import type { DeskRefund } from '#room/payments'
import { type Answer, type Place, refused } from './commands.ts'
import { type DeskLine, type DeskOrder, type Fold, linesOf, type Stamp } from './view.ts'

// Coupons and points of an order: set aside when it is placed, spent when it is paid, given back when it is closed or refunded (domain handbook §2.7,
// §2.8). Only these functions move them.

const stampOf = ({ by, at }: Stamp): PostingStamp => ({ by, at, today: businessDay(at) })
const sumOf = (lines: readonly DeskLine[], of: (line: DeskLine) => number): number =>
  lines.reduce((sum, line) => sum + of(line), 0)
/** Does the order move points at all? */
export const movesPoints = (lines: readonly DeskLine[]): boolean =>
  lines.some(({ usedPoints, earnedPoints }) => usedPoints > 0 || earnedPoints > 0)

const couponsOf = ({ view }: Fold, orderId: string): DeskCoupon[] =>
  [...view.coupons.values()].filter((coupon) => coupon.orderId === orderId)

function note({ writes }: Fold, coupon: DeskCoupon, event: CouponEvent): void {
  writes.coupons.set(coupon.couponId, coupon)
  writes.couponEvents.push(event)
}

/** A first earning makes the account. */
function accountOf({ view }: Fold, memberId: string): PointAccount {
  const known = view.accounts.get(memberId)
  if (known) return known
  const account = newAccount(memberId)
  view.accounts.set(memberId, account)
  return account
}
function pointsOf({ view }: Fold, orderId: string): PurchasePoints {
  const points = view.points.get(orderId)
  if (!points) throw new Error(`no points of order ${orderId}`)
  return points
}

/** Why this order cannot have the coupons and points it was priced with: somebody was quicker. Undefined when it can. */
export function benefitsGone(
  { view }: Fold,
  { couponIds, usedPoints, memberId, at }: Place,
): Answer | undefined {
  for (const couponId of couponIds) {
    const coupon = view.coupons.get(couponId)
    if (coupon?.memberId !== memberId) return refused(couponsUnusable, { couponId })
    if (!isUsable(coupon, at)) return refused(couponsUnusable, { couponId, state: coupon.state })
    if (coupon.firstOrder && hasFirst(view.coupons, coupon)) return refused(couponsUnusable, { couponId })
  }
  if (usedPoints === 0) return undefined
  const account = view.accounts.get(memberId)
  const usable = account ? usableOf(account, businessDay(at)) : 0
  return usable < usedPoints ? refused(pointsUnusable, { usable }) : undefined
}

/** Sets aside what the order was priced with. Ask `benefitsGone` first. */
export function holdBenefits(fold: Fold, command: Place, lines: readonly DeskLine[]): void {
  const { view, writes } = fold
  const { orderId, couponIds, usedPoints, memberId } = command
  for (const couponId of couponIds) {
    const coupon = view.coupons.get(couponId)
    if (coupon) note(fold, coupon, lockCoupon(coupon, ofOrder(orderId), command))
  }
  if (!movesPoints(lines)) return
  const points = newPurchasePoints(ofOrder(orderId))
  view.points.set(orderId, points)
  if (usedPoints === 0) return
  const held = holdPoints(accountOf(fold, memberId), points, usedPoints, stampOf(command))
  if (!held) throw new Error(`order ${orderId} holds points that are not there`)
  writes.postings.push(...held)
}

type Move = (account: PointAccount, points: PurchasePoints, stamp: PostingStamp) => Posting[]
function post(fold: Fold, order: DeskOrder, stamp: Stamp, moves: readonly Move[]): void {
  if (!movesPoints(linesOf(fold, order.id))) return
  const account = accountOf(fold, order.memberId)
  const points = pointsOf(fold, order.id)
  for (const move of moves) fold.writes.postings.push(...move(account, points, stampOf(stamp)))
}

/** The order is paid: what was set aside is spent, and what paying earns is there, frozen. */
export function spendBenefits(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  for (const coupon of couponsOf(fold, order.id))
    note(fold, coupon, useCoupon(coupon, ofOrder(order.id), stamp))
  const earned = sumOf(linesOf(fold, order.id), ({ earnedPoints }) => earnedPoints)
  post(fold, order, stamp, [capturePoints, (account, points, at) => earnPoints(account, points, earned, at)])
}

function couponsBack(fold: Fold, order: DeskOrder, why: BackFor, stamp: Stamp): void {
  for (const coupon of couponsOf(fold, order.id))
    note(fold, coupon, giveBackCoupon(coupon, ofOrder(order.id), why, stamp))
}

/** The order is closed unpaid: everything comes back as it was. */
export function releaseBenefits(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  couponsBack(fold, order, 'closed_unpaid', stamp)
  post(fold, order, stamp, [releasePoints])
}

/** Has every piece of the order been refunded, and the money arrived? */
function isAllBack({ view }: Fold, lines: readonly DeskLine[], orderId: string): boolean {
  const arrived = [...view.refunds.values()].filter(
    (refund) => refund.orderId === orderId && refund.state === 'SUCCESS',
  )
  const back = (lineNo: number): number =>
    arrived
      .flatMap((refund) => refund.lines)
      .reduce((sum, line) => (line.lineNo === lineNo ? sum + line.quantity : sum), 0)
  return lines.every(({ lineNo, quantity }) => back(lineNo) >= quantity)
}

type Returned = Pick<DeskRefund, 'lines'>
function pointsBack(fold: Fold, order: DeskOrder, { lines }: Returned, stamp: Stamp): void {
  const back = lines.reduce((sum, line) => sum + line.pointsBack, 0)
  const taken = lines.reduce((sum, line) => sum + line.pointsTaken, 0)
  // The difference of a weight moves none: nobody's account is locked for it.
  if (back === 0 && taken === 0) return
  post(fold, order, stamp, [
    (account, points, at) => giveBackPoints(account, points, back, at),
    (account, points, at) => clawPoints(account, points, taken, at),
  ])
}

/**
 * Money of a refund has arrived, and with it the points spent on those pieces; what they had earned is taken back. Coupons come with the last piece.
 * Of an order that was never paid in time nothing comes back here: it came back when the order was closed.
 */
export function returnBenefits(fold: Fold, order: DeskOrder, refund: DeskRefund, stamp: Stamp): void {
  if (order.state === 'CANCELLED') return
  pointsBack(fold, order, refund, stamp)
  if (order.refundedFen < order.paidFen || !isAllBack(fold, linesOf(fold, order.id), order.id)) return
  const ourFault = [...fold.view.refunds.values()].some(
    (each) => each.orderId === order.id && each.ourFault && each.state === 'SUCCESS',
  )
  couponsBack(fold, order, ourFault ? 'our_fault' : 'refunded', stamp)
}

/** An order that cost nothing is given back whole, at once and without money. */
export function returnAll(
  fold: Fold,
  order: DeskOrder,
  plan: Returned,
  command: Stamp & { ourFault: boolean },
): void {
  pointsBack(fold, order, plan, command)
  couponsBack(fold, order, command.ourFault ? 'our_fault' : 'refunded', command)
}
