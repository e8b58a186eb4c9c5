import { secondsAfter } from '#kernel/clock'

const DAY_SECONDS = 86_400

export interface Terms {
  active: boolean
  touchDays: number
  holdDays: number
  registerFen: number
  orderFen: number
  leastFen: number
  /** Rewards are kept in the ledger of commissions. */
  inLedger: boolean
}

/** Everything that decides whether somebody was brought by a code. */
export interface Coming {
  touchedAt: Date
  now: Date
  terms: Terms | undefined
  code: { endedAt: Date | null; staffWorks: boolean } | undefined
  joinedAt: Date
  /** Paid for something before this code was touched. */
  orderedBefore: boolean
  /** Staff opened a code of theirs on the same telephone. */
  staffDevice: boolean
}

/** Counted, and whether as a new member; or not at all. First touch, within its days, nobody who was here before, and nobody's own telephone. */
export function judgeComing(coming: Coming): { registered: boolean } | undefined {
  const { touchedAt, now, terms, code, joinedAt } = coming
  if (!terms?.active || !code || coming.staffDevice || coming.orderedBefore) return undefined
  if (touchedAt > now || now > secondsAfter(touchedAt, terms.touchDays * DAY_SECONDS)) return undefined
  if (!code.staffWorks || (code.endedAt && code.endedAt <= touchedAt)) return undefined
  return { registered: joinedAt >= touchedAt }
}

export const orderUntil = (at: Date, { touchDays }: Terms): Date => secondsAfter(at, touchDays * DAY_SECONDS)

export interface FirstOrder {
  registered: boolean
  /** What was paid and did not go back, in fen. */
  keptFen: number
  staffId: string | null
}
export type GivenKind = 'register' | 'order'

/** What a first order is worth once its after-sale term is over; undefined: nothing came of it. A store's own code earns nobody anything. */
export function rewardsOf(
  { registered, keptFen, staffId }: FirstOrder,
  terms: Terms,
): { kind: GivenKind; amountFen: number }[] | undefined {
  if (keptFen < terms.leastFen) return undefined
  if (staffId === null) return []
  const all: { kind: GivenKind; amountFen: number }[] = [
    { kind: 'register', amountFen: registered ? terms.registerFen : 0 },
    { kind: 'order', amountFen: terms.orderFen },
  ]
  return all.filter(({ amountFen }) => amountFen > 0)
}
