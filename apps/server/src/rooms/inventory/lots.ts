import { dayAfter } from '#kernel/clock'

/** What is left of one delivery of one SKU. */
export interface Lot {
  id: string
  batchNo: string | null
  madeOn: string | null
  /** The last day it may be sold; null where only the batch is known. */
  expiresOn: string | null
  received: number
  remaining: number
}
/** A part of a lot that travels, or that arrives. */
export interface LotPart {
  batchNo: string | null
  madeOn: string | null
  expiresOn: string | null
  quantity: number
}

const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** Days before its date from which goods count as 临期, by shelf life: the scale that Chinese retail uses; see the manual. */
const NEAR_DAYS: readonly [shelfLifeAtLeast: number, days: number][] = [
  [365, 45],
  [180, 30],
  [90, 20],
  [30, 10],
  [16, 5],
  [8, 3],
  [4, 2],
  [0, 1],
]
const NEAR_DAYS_UNKNOWN = 7

/** The day from which a lot is near its date. Without a production day the shelf life is unknown: a week before. */
export function nearDay(madeOn: string | null, expiresOn: string): string {
  const life = madeOn === null ? undefined : daysBetween(madeOn, expiresOn)
  const days =
    life === undefined ? NEAR_DAYS_UNKNOWN : (NEAR_DAYS.find(([atLeast]) => life >= atLeast)?.[1] ?? 0)
  const near = dayAfter(expiresOn, -days)
  return madeOn !== null && near < madeOn ? madeOn : near
}

export const isExpired = ({ expiresOn }: Pick<Lot, 'expiresOn'>, today: string): boolean =>
  expiresOn !== null && expiresOn < today

/** First expired, first out; what is past its date is not sold, so it goes last; without a date before that. */
const inOrder = (today: string) => {
  const rank = (lot: Lot) => (isExpired(lot, today) ? 2 : lot.expiresOn === null ? 1 : 0)
  return (a: Lot, b: Lot): number =>
    rank(a) - rank(b) || (a.expiresOn ?? '').localeCompare(b.expiresOn ?? '') || (a.id < b.id ? -1 : 1)
}

/** Takes pieces out of lots, first expired first. Changes the lots; answers what was taken, which is less when the lots do not hold as many. */
export function takeFirstExpired(lots: readonly Lot[], pieces: number, today: string): LotPart[] {
  const taken: LotPart[] = []
  let open = pieces
  for (const lot of lots.toSorted(inOrder(today))) {
    const quantity = Math.min(open, lot.remaining)
    if (quantity <= 0) continue
    lot.remaining -= quantity
    open -= quantity
    taken.push({ batchNo: lot.batchNo, madeOn: lot.madeOn, expiresOn: lot.expiresOn, quantity })
  }
  return taken
}

/**
 * Lots cannot hold more than was on hand at the lowest since we last looked: the rest was sold, first expired first. Pieces that belong to no lot
 * are older than the lots and are presumed sold before them, which errs on the side of warning.
 */
export function followSales(lots: readonly Lot[], lowest: number, today: string): LotPart[] {
  const held = lots.reduce((sum, { remaining }) => sum + remaining, 0)
  return takeFirstExpired(lots, Math.max(0, held - lowest), today)
}

/** Pieces presumed past their date. */
export const expiredIn = (lots: readonly Lot[], today: string): number =>
  lots.reduce((sum, lot) => sum + (isExpired(lot, today) ? lot.remaining : 0), 0)

export type LotMark = 'expired' | 'today' | 'near' | 'fresh'
export function markOf(
  { expiresOn, nearOn }: { expiresOn: string; nearOn: string },
  today: string,
): { mark: LotMark; daysLeft: number } {
  const daysLeft = daysBetween(today, expiresOn)
  const mark = daysLeft < 0 ? 'expired' : daysLeft === 0 ? 'today' : nearOn <= today ? 'near' : 'fresh'
  return { mark, daysLeft }
}
