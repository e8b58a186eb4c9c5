import { LARGEST_FEN } from '#kernel/money'
import type { TradeNotice, TradeReply } from './alipay-bodies.ts'
import type { Attempt } from './attempts.sql.ts'
import type { Mismatch, TradeSeen } from './provider.ts'

/** `12.80`, `12.8` and `12` are 1280, 1280 and 1200 fen; null for anything that is no such amount. */
export function fenOf(yuan: string | undefined): number | null {
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan ?? '') ?? []
  if (whole === '') return null
  const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return fen <= LARGEST_FEN ? fen : null
}

const PAID = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED'])

/** What a query says of a trade, in this room's words. */
export function tradeSeen(attempt: Pick<Attempt, 'outTradeNo' | 'amountFen'>, trade: TradeReply): TradeSeen {
  if (PAID.has(trade.trade_status)) return paidOr(compareAmount(attempt, trade), trade, trade.send_pay_date)
  if (trade.trade_status === 'WAIT_BUYER_PAY') return { state: 'waiting' }
  // One word for two ends: never paid in time, and paid but given back whole.
  if (trade.trade_status === 'TRADE_CLOSED')
    return { state: trade.send_pay_date === undefined ? 'closed' : 'returned' }
  return { state: 'unclear' }
}

/** Given back, in part or whole: Alipay tells it with the same words as a payment. */
export const tellsOfRefund = (notice: TradeNotice): boolean =>
  notice.refund_fee !== undefined || notice.gmt_refund !== undefined

export const tellsOfPayment = (notice: TradeNotice): boolean =>
  PAID.has(notice.trade_status) && !tellsOfRefund(notice)

/** Is this the payment we asked for? Anything else is money that a person must look at, never a paid order. */
export const paymentTold = (
  attempt: Pick<Attempt, 'outTradeNo' | 'amountFen'>,
  notice: TradeNotice,
  us: { appId: string; sellerId: string },
): TradeSeen => paidOr(compareParty(notice, us) ?? compareAmount(attempt, notice), notice, notice.gmt_payment)

/** A notification about an account that is not ours. */
export function compareParty(
  notice: Pick<TradeNotice, 'app_id' | 'seller_id'>,
  us: { appId: string; sellerId: string },
): Mismatch | null {
  const why =
    difference('应用 app_id', notice.app_id, us.appId) ??
    difference('收款账号 seller_id', notice.seller_id, us.sellerId)
  return why === null ? null : { kind: 'merchant_mismatch', detail: withheld(why) }
}

function compareAmount(
  attempt: Pick<Attempt, 'outTradeNo' | 'amountFen'>,
  trade: Pick<TradeReply, 'out_trade_no' | 'total_amount'>,
): Mismatch | null {
  const number = difference('商户单号', trade.out_trade_no, attempt.outTradeNo)
  if (number !== null) return { kind: 'merchant_mismatch', detail: withheld(number) }
  const money = difference('金额（分）', fenOf(trade.total_amount), attempt.amountFen)
  return money === null ? null : { kind: 'amount_mismatch', detail: withheld(money) }
}

const paidOr = (
  mismatch: Mismatch | null,
  { trade_no: transactionId }: Pick<TradeReply, 'trade_no'>,
  paidAt: string | undefined,
): TradeSeen =>
  mismatch
    ? { state: 'mismatch', mismatch }
    : { state: 'paid', payment: { transactionId, paidAt: beijingInstant(paidAt) } }

const withheld = (why: string): string => `付款与本地记录不符，未入账：${why}`

const difference = (what: string, theirs: string | number | null, ours: string | number): string | null =>
  theirs === ours ? null : `${what}支付宝为 ${theirs ?? '空'}，本地为 ${ours}`

function beijingInstant(text: string | undefined): Date | null {
  const at = new Date(`${(text ?? '').replace(' ', 'T')}+08:00`)
  return Number.isNaN(at.getTime()) ? null : at
}
