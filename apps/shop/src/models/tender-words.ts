import { yuanText } from './money.ts'
import type { Order, Tender } from './wire.ts'

/** Where money of each tender goes when it is refunded. */
const BACK_WORDS: Record<Tender, string> = {
  wechat: '退回微信',
  alipay: '退回支付宝',
  stored_value: '退回储值余额',
  cash: '到柜台领现金',
  card: '到柜台退回卡里',
}

/** The parts of a refund in the order they go back, each with its sum when there are several. */
export function backLines(
  parts: readonly { provider: Tender; amountFen: number }[],
): { name: string; value: string }[] {
  return parts.map(({ provider, amountFen }) => ({ name: BACK_WORDS[provider], value: yuanText(amountFen) }))
}

const PAID_WORDS: Record<Tender, string> = {
  wechat: '微信支付',
  alipay: '支付宝',
  stored_value: '储值余额',
  cash: '柜台现金',
  card: '柜台刷卡',
}

/** What each part of an order was paid with, and what of it is back. */
export const paidLines = ({ tenders }: Pick<Order, 'tenders'>): { name: string; value: string }[] =>
  tenders.map(({ provider, paidFen, refundedFen }) => ({
    name: PAID_WORDS[provider],
    value: refundedFen > 0 ? `${yuanText(paidFen)}，已退 ${yuanText(refundedFen)}` : yuanText(paidFen),
  }))

type Summed = Pick<Order, 'state' | 'payState' | 'totalFen' | 'storedValueFen' | 'refundedFen'>

const isPartlyPaid = ({ state, payState, storedValueFen }: Summed): boolean =>
  payState !== 'PAID' && state !== 'CANCELLED' && storedValueFen > 0

/** What stands between the price of an order and its last sum; nothing where the price is the last. */
export function sumsOf(order: Summed): { name: string; value: string }[] {
  const { totalFen, storedValueFen, refundedFen } = order
  if (isPartlyPaid(order))
    return [
      { name: '应付', value: yuanText(totalFen) },
      { name: '余额先付', value: `−${yuanText(storedValueFen)}` },
    ]
  if (refundedFen === 0) return []
  return [
    { name: '实付', value: yuanText(totalFen) },
    { name: '已退回', value: `−${yuanText(refundedFen)}` },
  ]
}

/** The sum that matters now: what is still to pay, what was paid, or what the order cost in the end. */
export function lastSum(order: Summed): { name: string; fen: number } {
  const { state, payState, totalFen, storedValueFen, refundedFen } = order
  if (isPartlyPaid(order)) return { name: '还要付', fen: totalFen - storedValueFen }
  if (refundedFen > 0) return { name: '最后花了', fen: totalFen - refundedFen }
  if (payState === 'PAID') return { name: '实付', fen: totalFen }
  return { name: state === 'CANCELLED' ? '订单金额' : '应付', fen: totalFen }
}
