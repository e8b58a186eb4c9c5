/** What the pretended WeChat Pay remembers. Plain data: every record is one line of the ledger file. */
import type { FieldValue } from './wxpay/fields.ts'

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'

export type Order = {
  outTradeNo: string
  description: string
  attach: string | null
  openid: string
  /** `null` when nobody of this openid ever logged in here. */
  shopper: string | null
  notifyUrl: string
  totalFen: number
  /** Every parameter of the first request, in canonical form: a repeat must match it. */
  fingerprint: string
  prepayId: string
  /** Virtual instants, so that two hours can pass in no time. */
  prepayIssuedAt: number
  createdAt: number
  expiresAt: number
  state: TradeState
  transactionId: string | null
  paidAt: number | null
  /** The real instant on the wire. */
  successTime: string | null
  couponFen: number
  /** Whether its money waits for others to get a part (`settle_info.profit_sharing`); released once that is over. */
  sharing: 'none' | 'frozen' | 'released'
  /** What the product reported of the goods (发货信息), and how often; one re-ship is allowed. */
  shipping: { logisticsType: number; itemDesc: string; uploadTime: string; times: number } | null
  /** When the goods of a presale are promised for (特殊发货报备), in seconds; null: WeChat waits as usual. */
  delayedTo: number | null
  /** The service card in the shopper's chat, as it stands. */
  card: { status: number; text: string; at: number } | null
  /** Refund numbers in the order they were asked for. */
  outRefundNos: string[]
  lastRefundAt: number | null
}

export type RefundState = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED'

export type Refund = {
  outRefundNo: string
  refundId: string
  outTradeNo: string
  transactionId: string
  refundFen: number
  payerRefundFen: number
  totalFen: number
  reason: string | null
  notifyUrl: string | null
  fingerprint: string
  state: RefundState
  channel: 'ORIGINAL' | 'OTHER_BANKCARD'
  createTime: string
  successTime: string | null
  /** How it will end by itself, and when (virtual); `null` waits for the operator. */
  settlesAt: number | null
  settlesAs: Exclude<RefundState, 'PROCESSING'>
  /** Whether queries show the state before the last one (failure mode 49). */
  previousState: RefundState | null
  /** Where `apply-abnormal-refund` sent it. What was on the card is not kept. */
  redirectedTo: 'user_card' | 'merchant_account' | null
}

export type AlipayTradeState = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED'

export type AlipayRefund = { outRequestNo: string; refundFen: number; reason: string | null; time: string }

/** A trade at the pretended Alipay. It begins when the shopper signs in on the cashier. */
export type AlipayTrade = {
  outTradeNo: string
  tradeNo: string
  subject: string
  totalFen: number
  notifyUrl: string | null
  /** Every parameter of the first request: a repeat must match it. */
  fingerprint: string
  state: AlipayTradeState
  /** Virtual instants. */
  createdAt: number
  expiresAt: number
  /** Beijing's wall clock, as it goes out on the wire. */
  createTime: string
  payTime: string | null
  buyerId: string
  refunds: AlipayRefund[]
}

export type TransferState =
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED'

/** Money from the merchant to a person (商家转账). */
export type Transfer = {
  outBillNo: string
  billNo: string
  openid: string
  shopper: string | null
  /** As it was sealed for us; compared on a repeat. */
  name: string | null
  amountFen: number
  remark: string
  notifyUrl: string | null
  fingerprint: string
  /** What the telephone is given to confirm it. */
  packageInfo: string
  state: TransferState
  failReason: string | null
  /** Virtual instants. */
  createdAt: number
  expiresAt: number
  createTime: string
  updateTime: string
}

export type NotificationState = 'pending' | 'held' | 'delivered' | 'exhausted' | 'dropped'

export type Attempt = {
  at: string
  /** Virtual instant, which shows the ladder even when a day was skipped. */
  virtualAt: number
  variant: string
  status: number | null
  error: string | null
  tookMs: number
}

export type Notification = {
  id: string
  /** Whose it is: envelopes, ladders and receipts differ. */
  service: 'wechat' | 'alipay'
  eventType: string
  outTradeNo: string
  outRefundNo: string | null
  shopper: string | null
  url: string
  createTime: string
  originalType: string
  summary: string
  plaintext: Record<string, FieldValue>
  state: NotificationState
  /** Deliveries that climbed the ladder; forged ones do not count. */
  rung: number
  nextAt: number | null
  /** A `delay` fault strikes one notification once. */
  delayed: boolean
  attempts: Attempt[]
}

/** Presses of 允许 that are left for a template of subscribe messages. */
export type Subscription = { openid: string; templateId: string; left: number }

/** What lies on a shopper's phone. */
export type PhoneMessage = {
  at: number
  channel: 'wechat' | 'sms'
  /** The shopper's name, or the number. */
  to: string
  title: string
  lines: [name: string, value: string][]
  page: string
}

/** Small facts that must survive a restart. */
export type State = {
  key: 'state'
  clockOffsetMs: number
  clockScale: number
  tokens: AccessToken[]
}

export type AccessToken = {
  token: string
  kind: 'stable' | 'plain'
  issuedAt: number
  expiresAt: number
  forced: boolean
}
