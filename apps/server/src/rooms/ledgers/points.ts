import { dayAfter } from '#kernel/clock'
import { type Purchase, purchaseId } from '#kernel/purchase'

// What happens to points, decided on a working copy (domain handbook §2.7). Each decision leaves postings; the table adds them up again, and refuses
// sums that cannot be.

/** Usable points by their last business day, soonest first. */
export interface PointLot {
  day: string
  available: number
}
export interface PointAccount {
  memberId: string
  /** More than 0 only while nothing is available. */
  debt: number
  lots: PointLot[]
}
/** What one purchase did with points. */
export interface PurchasePoints {
  purchase: Purchase
  /** What it took out of which lot and still keeps. */
  spent: { day: string; kept: number }[]
  /** Earned by it and not usable yet. */
  frozen: number
}
export type PostingReason =
  | 'grant'
  | 'hold'
  | 'capture'
  | 'release'
  | 'give_back'
  | 'earn'
  | 'unfreeze'
  | 'claw'
  | 'expire'
  | 'card'
  | 'card_undone'
  | 'gift'
  | 'gift_back'
  | 'reward'
  | 'reward_back'
export interface Posting {
  memberId: string
  /** Null: nothing was bought, points were granted or came to their end. */
  purchase: Purchase | null
  /** The binding of an old card that brought the points. */
  bindingId: string | null
  /** The coupon that was bought with them. */
  giftId: string | null
  /** What it is a reward for. */
  rewardKey: string | null
  reason: PostingReason
  /** The lot that gains or loses. */
  lastDay: string | null
  /** Of a spend: the lot it came from. */
  spentDay: string | null
  available: number
  frozen: number
  held: number
  debt: number
  spent: number
  by: string
  at: Date
}

/** Who posts, when, and on which business day. */
export interface PostingStamp {
  by: string
  at: Date
  today: string
}

/** Points that come back after their lot expired live on for so many days. */
export const GRACE_DAYS = 7

export const newAccount = (memberId: string): PointAccount => ({ memberId, debt: 0, lots: [] })
export const newPurchasePoints = (purchase: Purchase): PurchasePoints => ({ purchase, spent: [], frozen: 0 })

const isUsable = ({ day }: PointLot, today: string): boolean => day >= today
const usableLots = ({ lots }: PointAccount, today: string): PointLot[] =>
  lots.filter((lot) => isUsable(lot, today))
/** Points that may be spent today. */
export const usableOf = ({ lots }: PointAccount, today: string): number =>
  lots.reduce((sum, lot) => (isUsable(lot, today) ? sum + lot.available : sum), 0)

type Deltas = Partial<Omit<Posting, 'memberId' | 'purchase' | 'reason' | 'by' | 'at'>>
const posting = (
  { memberId }: PointAccount,
  purchase: Purchase | null,
  reason: PostingReason,
  { by, at }: PostingStamp,
  deltas: Deltas,
): Posting => ({
  memberId,
  purchase,
  bindingId: null,
  giftId: null,
  rewardKey: null,
  reason,
  lastDay: null,
  spentDay: null,
  available: 0,
  frozen: 0,
  held: 0,
  debt: 0,
  spent: 0,
  by,
  at,
  ...deltas,
})

function lotOf(account: PointAccount, day: string): PointLot {
  const known = account.lots.find((lot) => lot.day === day)
  if (known) return known
  const lot = { day, available: 0 }
  account.lots.push(lot)
  account.lots.sort((a, b) => (a.day < b.day ? -1 : 1))
  return lot
}

/** Points come into a lot; a debt is paid first. */
function credit(account: PointAccount, points: number, day: string): Deltas {
  const repaid = Math.min(account.debt, points)
  account.debt -= repaid
  const available = points - repaid
  if (available > 0) lotOf(account, day).available += available
  return { debt: -repaid, available, ...(available > 0 ? { lastDay: day } : {}) }
}

/** Takes points out of lots, first expired first; answers what each gave. */
function take(lots: readonly PointLot[], points: number): { day: string; points: number }[] {
  const taken: { day: string; points: number }[] = []
  let left = points
  for (const lot of lots) {
    const part = Math.min(left, lot.available)
    if (part === 0) continue
    lot.available -= part
    left -= part
    taken.push({ day: lot.day, points: part })
  }
  return taken
}

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

/** Takes what is usable; the rest is owed. */
function takeOrOwe(account: PointAccount, points: number): Deltas[] {
  const taken = take(account.lots, points)
  const debt = points - taken.reduce((sum, part) => sum + part.points, 0)
  account.debt += debt
  return [
    ...taken.map((part) => ({ lastDay: part.day, available: -part.points })),
    ...(debt > 0 ? [{ debt }] : []),
  ]
}

/** What brings points that are usable at once: an old card that a member bound, or something they are a reward for. */
export type Bringer = { bindingId: string } | { rewardKey: string }

/** Points come with it. */
export const bringPoints = (
  account: PointAccount,
  { bringer, points, day }: { bringer: Bringer; points: number; day: string },
  stamp: PostingStamp,
): Posting[] => [
  posting(account, null, 'rewardKey' in bringer ? 'reward' : 'card', stamp, {
    ...credit(account, points, day),
    ...bringer,
  }),
]

/** It was wrong, or its reason is gone: its points go, and what was spent of them is owed. */
export const takePointsBack = (
  account: PointAccount,
  { bringer, points }: { bringer: Bringer; points: number },
  stamp: PostingStamp,
): Posting[] =>
  takeOrOwe(account, points).map((deltas) =>
    posting(account, null, 'rewardKey' in bringer ? 'reward_back' : 'card_undone', stamp, {
      ...deltas,
      ...bringer,
    }),
  )

/** Buys a coupon with points, first expired first; undefined, and nothing changed, when there are not so many. */
export function buyGift(
  account: PointAccount,
  { giftId, points }: { giftId: string; points: number },
  stamp: PostingStamp,
): Posting[] | undefined {
  if (usableOf(account, stamp.today) < points) return undefined
  const usable = usableLots(account, stamp.today)
  return take(usable, points).map((part) =>
    posting(account, null, 'gift', stamp, { lastDay: part.day, available: -part.points, giftId }),
  )
}

/** A coupon that was bought is taken away unused: its points go back where they came from, as those of an order do. */
export function returnGift(
  account: PointAccount,
  { giftId, paid }: { giftId: string; paid: readonly { day: string; points: number }[] },
  stamp: PostingStamp,
): Posting[] {
  return paid.map(({ day, points }) => {
    const last = day >= stamp.today ? day : dayAfter(stamp.today, GRACE_DAYS)
    return posting(account, null, 'gift_back', stamp, { ...credit(account, points, last), giftId })
  })
}

/** Empties the lots whose last day is over. */
export const expirePoints = (account: PointAccount, stamp: PostingStamp): Posting[] =>
  account.lots.flatMap((lot) => {
    const { day, available } = lot
    if (available === 0 || isUsable(lot, stamp.today)) return []
    lot.available = 0
    return [posting(account, null, 'expire', stamp, { lastDay: day, available: -available })]
  })

/** The last day of the month so many months after a day. */
export function monthEndAfter(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10)
}
