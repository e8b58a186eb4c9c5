import { dayAfter } from '#kernel/clock'
import type { Purchase } from '#kernel/purchase'

// What happens to points, decided on a working copy (domain handbook §2.7). Each decision leaves postings; the table adds them up again, and refuses
// sums that cannot be. Here: an account, its lots, and what comes and goes without a purchase; purchases are in purchase-points.ts.

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

const isUsable = ({ day }: PointLot, today: string): boolean => day >= today
/** Lots whose last day is not over. */
export const usableLots = ({ lots }: PointAccount, today: string): PointLot[] =>
  lots.filter((lot) => isUsable(lot, today))
/** Points that may be spent today. */
export const usableOf = ({ lots }: PointAccount, today: string): number =>
  lots.reduce((sum, lot) => (isUsable(lot, today) ? sum + lot.available : sum), 0)

/** What a posting changes. */
export type Deltas = Partial<Omit<Posting, 'memberId' | 'purchase' | 'reason' | 'by' | 'at'>>
/** A posting of an account. */
export const posting = (
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
export function credit(account: PointAccount, points: number, day: string): Deltas {
  const repaid = Math.min(account.debt, points)
  account.debt -= repaid
  const available = points - repaid
  if (available > 0) lotOf(account, day).available += available
  return { debt: -repaid, available, ...(available > 0 ? { lastDay: day } : {}) }
}

/** Takes points out of lots, first expired first; answers what each gave. */
export function take(lots: readonly PointLot[], points: number): { day: string; points: number }[] {
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

/** Takes what is usable; the rest is owed. */
export function takeOrOwe(account: PointAccount, points: number): Deltas[] {
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
