import type { NewRefund } from './facts.ts'

const compact = (id: string): string => id.replaceAll('-', '')

/** `out_trade_no` of an attempt: WeChat allows 32 characters, an id without dashes has just that many. */
export const tradeNumber = (attemptId: string): string => compact(attemptId)

/**
 * `out_refund_no`. A payment that came too late or twice goes back under a number made of its attempt, and so does what was paid above the price of a
 * group: the unique index forbids giving either back twice whatever the code believes.
 */
export const refundNumber = ({
  refundId,
  attemptId,
  cause,
}: Pick<NewRefund, 'refundId' | 'attemptId' | 'cause'>): string => {
  if (cause === 'group_price') return `G${compact(attemptId)}`
  return cause === 'order' || cause === 'weighing' ? `R${compact(refundId)}` : `X${compact(attemptId)}`
}
