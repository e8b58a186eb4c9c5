export type RefundState = 'PENDING' | 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED' | 'FAILED'

/**
 * From → to. WeChat's words arrive out of order, so what is not listed is ignored rather than obeyed. ABNORMAL is not an end: once a person has
 * sent the money elsewhere it is under way again (`refunds.ts` believes that only then), and becomes SUCCESS or CLOSED.
 */
const MOVES: Readonly<Record<RefundState, readonly RefundState[]>> = {
  PENDING: ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED'],
  PROCESSING: ['SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED'],
  ABNORMAL: ['PROCESSING', 'SUCCESS', 'CLOSED'],
  SUCCESS: [],
  CLOSED: [],
  FAILED: [],
}

/**
 * How a refund begins. One of 0 fen has arrived as it is made: it takes back goods that cost nothing, and no provider moves 0 fen. So has one to stored
 * value, which is ours.
 */
export const firstState = ({ amountFen, toStored }: { amountFen: number; toStored: boolean }): RefundState =>
  amountFen === 0 || toStored ? 'SUCCESS' : 'PENDING'

/** May a refund go from here to there? Never back, never in place. */
export const refundMayMove = (from: RefundState, to: RefundState): boolean => MOVES[from].includes(to)

/**
 * Where a refund may come from to reach `to`, by one move or by several: a batch may tell several of its news at once, and only their end is written.
 * ABNORMAL reaches itself, by way of being sent elsewhere; what has ended reaches nothing.
 */
export function refundSources(to: RefundState): RefundState[] {
  const reaches = (from: RefundState, seen: readonly RefundState[]): boolean =>
    MOVES[from].some((next) => next === to || (!seen.includes(next) && reaches(next, [...seen, next])))
  return (Object.keys(MOVES) as RefundState[]).filter((from) => reaches(from, []))
}

/** Can asking WeChat again, with the same number, bring this refund on? */
export const refundSends = (state: RefundState): boolean => state === 'PENDING' || state === 'PROCESSING'

/** Does this refund still hold, or did it already give, money of its attempt? */
export const refundCounts = (state: RefundState): boolean => state !== 'CLOSED' && state !== 'FAILED'
