import { dayAfter } from '#kernel/clock'
import { type Purchase, purchaseId } from '#kernel/purchase'
import {
  credit,
  GRACE_DAYS,
  type PointAccount,
  type Posting,
  posting,
  type PostingStamp,
  take,
  takeOrOwe,
  usableLots,
  usableOf,
} from './points.ts'

// What purchases do with points: they are held, captured, given back; they are earned, become usable, are clawed back.

/** What one purchase did with points. */
export interface PurchasePoints {
  purchase: Purchase
  /** What it took out of which lot and still keeps. */
  spent: { day: string; kept: number }[]
  /** Earned by it and not usable yet. */
  frozen: number
}
export const newPurchasePoints = (purchase: Purchase): PurchasePoints => ({ purchase, spent: [], frozen: 0 })

/** Sets points aside for an order that is being placed; undefined, and nothing changed, when there are not so many. */
export function holdPoints(
  account: PointAccount,
  order: PurchasePoints,
  points: number,
  stamp: PostingStamp,
): Posting[] | undefined {
  if (usableOf(account, stamp.today) < points) return undefined
  const usable = usableLots(account, stamp.today)
  return take(usable, points).map(({ day, points: part }) => {
    order.spent.push({ day, kept: part })
    const deltas = { lastDay: day, spentDay: day, available: -part, held: part, spent: part }
    return posting(account, order.purchase, 'hold', stamp, deltas)
  })
}

const keptOf = ({ spent }: PurchasePoints): number => spent.reduce((sum, { kept }) => sum + kept, 0)

/** The order is paid: what was set aside for it is spent. */
export function capturePoints(account: PointAccount, order: PurchasePoints, stamp: PostingStamp): Posting[] {
  const held = keptOf(order)
  return held > 0 ? [posting(account, order.purchase, 'capture', stamp, { held: -held })] : []
}

/** Points go back to the lots they came from, what was spent last first; a lot that has expired since lives on for some days. */
function back(
  account: PointAccount,
  order: PurchasePoints,
  points: number,
  { reason, held }: { reason: 'release' | 'give_back'; held: boolean },
  stamp: PostingStamp,
): Posting[] {
  const postings: Posting[] = []
  let left = points
  for (const slice of order.spent.toReversed()) {
    const part = Math.min(left, slice.kept)
    if (part === 0) continue
    left -= part
    slice.kept -= part
    const day = slice.day >= stamp.today ? slice.day : dayAfter(stamp.today, GRACE_DAYS)
    const deltas = { ...credit(account, part, day), spentDay: slice.day, spent: -part }
    postings.push(posting(account, order.purchase, reason, stamp, { ...deltas, held: held ? -part : 0 }))
  }
  if (left > 0)
    throw new Error(`purchase ${purchaseId(order.purchase)} gives back ${left} points more than it kept`)
  return postings
}

/** The order was closed unpaid. */
export const releasePoints = (account: PointAccount, order: PurchasePoints, stamp: PostingStamp): Posting[] =>
  back(account, order, keptOf(order), { reason: 'release', held: true }, stamp)

/** A refund gives back some of what the order spent. */
export const giveBackPoints = (
  account: PointAccount,
  order: PurchasePoints,
  points: number,
  stamp: PostingStamp,
): Posting[] => back(account, order, points, { reason: 'give_back', held: false }, stamp)

/** Earned by paying, usable later. */
export function earnPoints(
  account: PointAccount,
  order: PurchasePoints,
  points: number,
  stamp: PostingStamp,
): Posting[] {
  if (points === 0) return []
  order.frozen += points
  return [posting(account, order.purchase, 'earn', stamp, { frozen: points })]
}

/** The after-sales term is over: what is still frozen becomes usable until `day`. */
export function unfreezePoints(
  account: PointAccount,
  order: Pick<PurchasePoints, 'purchase' | 'frozen'>,
  day: string,
  stamp: PostingStamp,
): Posting[] {
  const { frozen } = order
  if (frozen === 0) return []
  order.frozen = 0
  const deltas = { frozen: -frozen, ...credit(account, frozen, day) }
  return [posting(account, order.purchase, 'unfreeze', stamp, deltas)]
}

/**
 * A refund takes back what the order had earned: of what is still frozen first, then of what is usable; what was spent already becomes a debt that
 * future points pay. Otherwise buying, earning, spending and returning would be a living.
 */
export function clawPoints(
  account: PointAccount,
  order: PurchasePoints,
  points: number,
  stamp: PostingStamp,
): Posting[] {
  const frozen = Math.min(points, order.frozen)
  order.frozen -= frozen
  return [...(frozen > 0 ? [{ frozen: -frozen }] : []), ...takeOrOwe(account, points - frozen)].map(
    (deltas) => posting(account, order.purchase, 'claw', stamp, deltas),
  )
}
