import type { Attempt } from './attempts.sql.ts'
import type { Mismatch, Payment, RefundSeen, TradeSeen } from './provider.ts'
import type { Wxpay } from './wxpay-api.ts'
import type { RefundReply, Trade } from './wxpay-bodies.ts'

const STATES: ReadonlyMap<string, 'waiting' | 'closed' | 'returned'> = new Map([
  ['NOTPAY', 'waiting'],
  ['USERPAYING', 'waiting'],
  ['CLOSED', 'closed'],
  ['REFUND', 'returned'],
])

/** What WeChat says of a trade, in this room's words. */
export function tradeSeen(us: Pick<Wxpay, 'mchId' | 'appId'>, attempt: Attempt, trade: Trade): TradeSeen {
  if (trade.trade_state !== 'SUCCESS') return { state: STATES.get(trade.trade_state) ?? 'unclear' }
  const payment = comparePayment(attempt, trade, us)
  return 'kind' in payment ? { state: 'mismatch', mismatch: payment } : { state: 'paid', payment }
}

const REFUND_STATES: ReadonlyMap<string, RefundSeen['state']> = new Map([
  ['SUCCESS', 'SUCCESS'],
  ['ABNORMAL', 'ABNORMAL'],
  ['CLOSED', 'CLOSED'],
])

/** What WeChat says of a refund, in this room's words. */
export const refundSeen = (
  told: Pick<RefundReply, 'refund_id' | 'out_trade_no' | 'status' | 'amount'>,
): RefundSeen => ({
  outTradeNo: told.out_trade_no,
  refundFen: told.amount.refund,
  totalFen: told.amount.total,
  state: REFUND_STATES.get(told.status) ?? 'PROCESSING',
  providerId: told.refund_id,
})

/** Is this the payment we asked for? Anything else is money that a person must look at, never a paid order. */
export function comparePayment(
  attempt: Pick<Attempt, 'outTradeNo' | 'amountFen' | 'payer'>,
  trade: Trade,
  us: { mchId: string; appId: string },
): Payment | Mismatch {
  const party =
    difference('商户号', trade.mchid, us.mchId) ??
    difference('appid', trade.appid, us.appId) ??
    difference('商户单号', trade.out_trade_no, attempt.outTradeNo)
  if (party !== null) return { kind: 'merchant_mismatch', detail: withheld(party) }
  // Who the payer is belongs to nobody's screen: only that it is another.
  if (trade.payer?.openid !== attempt.payer)
    return { kind: 'merchant_mismatch', detail: withheld('付款人不是下单人') }
  const money =
    difference('金额（分）', trade.amount?.total, attempt.amountFen) ??
    difference('币种', trade.amount?.currency, 'CNY')
  if (money !== null) return { kind: 'amount_mismatch', detail: withheld(money) }
  if (!trade.transaction_id) return { kind: 'merchant_mismatch', detail: withheld('没有微信支付单号') }
  return { transactionId: trade.transaction_id, paidAt: instant(trade.success_time) }
}

const withheld = (why: string): string => `付款与本地记录不符，未入账：${why}`

const difference = (
  what: string,
  theirs: string | number | undefined,
  ours: string | number,
): string | null => (theirs === ours ? null : `${what}微信为 ${theirs ?? '空'}，本地为 ${ours}`)

const instant = (text: string | undefined): Date | null => {
  const at = new Date(text ?? '')
  return Number.isNaN(at.getTime()) ? null : at
}
