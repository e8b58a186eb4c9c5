import { businessDay, dayAfter, instantOf, secondsAfter } from '#kernel/clock'
import type { State } from './states.ts'

// Every term of after-sales, in one place. A merchant's own counsel confirms them (domain handbook §2.12, §2.14).
const HOUR = 3600
const DAY = 24 * HOUR

/** The store answers within this time; for goods that were not handed over, silence is consent (domain handbook §2.12). */
export const ANSWER_WITHIN = 48 * HOUR
/** Goods are brought back within this time, or the request closes (domain handbook §2.12). */
export const BRING_BACK_WITHIN = 7 * DAY
/** A replacement waits for the shopper this long; then the money goes back. */
export const COLLECT_WITHIN = 7 * DAY
/** A rejection may be appealed within this time. */
export const APPEAL_WITHIN = 7 * DAY
/** A claim without a return: fresh goods, and pieces that were missing (domain handbook §2.6 and 2.12: fresh 24 to 48 hours). */
export const CLAIM_WITHIN = 48 * HOUR
/** 消费者权益保护法 art. 25: seven days from receipt; 网络购买商品七日无理由退货暂行办法 art. 10: counted from the day after it. */
export const RETURN_DAYS = 7

/** Until when goods handed over at `completedAt` may be claimed for without bringing them back. */
export const claimUntil = (completedAt: Date): Date => secondsAfter(completedAt, CLAIM_WITHIN)
/** Until when they may be brought back: the end of the seventh business day after the day they were handed over. */
export const returnUntil = (completedAt: Date): Date =>
  instantOf(dayAfter(businessDay(completedAt), RETURN_DAYS + 1))

const DUE: Partial<Record<State, number>> = {
  APPLIED: ANSWER_WITHIN,
  APPEALED: ANSWER_WITHIN,
  RETURNED: ANSWER_WITHIN,
  WAIT_RETURN: BRING_BACK_WITHIN,
  WAIT_COLLECT: COLLECT_WITHIN,
  REJECTED: APPEAL_WITHIN,
  INSPECT_REJECTED: APPEAL_WITHIN,
}
/** When the next step of a request that comes into this state is due; null where nothing is waited for. */
export function dueAfter(state: State, at: Date, appealed: boolean): Date | null {
  const seconds = appealed && state === 'REJECTED' ? undefined : DUE[state]
  return seconds === undefined ? null : secondsAfter(at, seconds)
}
