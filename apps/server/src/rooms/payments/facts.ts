import type { Output } from '@linli/contract'
import type { paymentRoutes, REPORT_KINDS, TENDERS } from '@linli/contract/payments'
import type { RawBuilder } from 'kysely'
import type { RefundState } from './refund-states.ts'

/** What `orders` tells about an order somebody wants to pay. `expiresAt` is when it closes the order unpaid. */
export interface PayableOrder {
  orderId: string
  storeId: string
  memberId: string
  /** What the shopper reads on the provider's sheet and bill. Must not change while the order waits. */
  title: string
  amountFen: number
  expiresAt: Date
  /** Others may have a part of it: WeChat freezes the money until it was shared or released. */
  profitSharing: boolean
}
export type OpenedPayment = Output<(typeof paymentRoutes)['POST /v1/orders/:orderId/payments']>

/**
 * What is left of an order's open payment: `none` was open and none was paid, it is `closed` for certain, it was `paid`, or the provider did not say
 * (`unknown`: release nothing).
 */
export type Settled = 'none' | 'closed' | 'paid' | 'unknown'

/** Money has arrived for this attempt; amount, merchant, payer and currency were compared already. */
export interface PaidFact {
  attemptId: string
  orderId: string
  transactionId: string
  paidAt: Date
  amountFen: number
}
/**
 * What became of it: the order is paid now; it was known; the order had been closed, or was paid by another attempt: the money goes back.
 */
export type PaidAnswer = 'accepted' | 'repeat' | 'late' | 'double'

/** PROCESSING: under way again, after a person sent it elsewhere. */
export type RefundOutcome = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED' | 'FAILED'
/** Where a person sent money that could not reach the shopper's account. */
export type Redirection = 'user_card' | 'merchant_account'
export interface RefundFact {
  refundId: string
  orderId: string
  outcome: RefundOutcome
  /** The provider's number of the refund, when it made one. */
  providerId: string | null
  /** Why it did not succeed. */
  trouble: string | null
  at: Date
}

/** What this room needs from `orders`, wired when the rooms are built: the edge between the rooms goes the other way. */
export interface PaymentEvents {
  /** A query of one row when the order still waits for money; it holds the row (`for share`), so that no cancellation crosses an opening. */
  payable(orderId: string): RawBuilder<unknown>
  /** Safe to repeat. Marks the attempt paid and the order with it, or inserts the refund and the alarm, in one transaction. */
  paid(fact: PaidFact): Promise<PaidAnswer>
  /** Safe to repeat, and never a step back. Writes refund and order in one transaction. */
  refundSettled(fact: RefundFact): Promise<void>
}

/** What the money of an attempt is. */
export type Tender = (typeof TENDERS)[number]
/** Those that are taken over the net, by a company that we have to ask and that tells us. */
export type ProviderName = Extract<Tender, 'wechat' | 'alipay'>

/** Staff take it at the counter, and give it back there. */
export type CounterTender = Extract<Tender, 'cash' | 'card'>
export const atCounter = (provider: Tender): provider is CounterTender =>
  provider === 'cash' || provider === 'card'

/** Money that staff took at the counter: paid as it is written. */
export interface Taking {
  attemptId: string
  orderId: string
  storeId: string
  provider: CounterTender
  amountFen: number
  idemKey: string
  takenBy: string
  /** Cash that the shopper put down. */
  tenderedFen: number | null
  /** Number on the slip of the card terminal. */
  slip: string | null
  at: Date
}
/** Stored value that an order takes as it is placed: set aside until the rest is paid. */
export interface StoredTender {
  attemptId: string
  orderId: string
  storeId: string
  memberId: string
  amountFen: number
  at: Date
}
/** What became of it: spent, or free again. */
export interface StoredMove {
  attemptId: string
  state: 'PAID' | 'CLOSED'
  at: Date
}
export type AttemptState = 'OPENING' | 'OPEN' | 'HELD' | 'CLOSED' | 'PAID' | 'FAILED'
export interface DeskAttempt {
  attemptId: string
  orderId: string
  provider: Tender
  state: AttemptState
  amountFen: number
  transactionId: string | null
  /** Of a taking at the counter, with what it was asked for under the key. */
  idemKey: string | null
  tenderedFen: number | null
  slip: string | null
}
export interface RefundLine {
  lineNo: number
  quantity: number
  amountFen: number
  /** Points spent on it that come back, and points earned by it that are taken back. */
  pointsBack: number
  pointsTaken: number
}
/** `group_price`: what was paid above the price that a group came to. */
export type RefundCause = 'order' | 'weighing' | 'group_price' | 'late_payment' | 'double_payment'
export interface DeskRefund {
  refundId: string
  orderId: string
  attemptId: string
  cause: RefundCause
  idemKey: string | null
  /** SHA-256 in hex of what was asked for under `idemKey`. */
  bodyHash: string | null
  amountFen: number
  /** What it gives back of each line; none for a payment that came twice. */
  lines: readonly RefundLine[]
  reason: string
  /** The merchant's doing. */
  ourFault: boolean
  state: RefundState
  /** WeChat is not asked before. */
  sendAt: Date
}

/** `trade`: every payment and refund of a day. `funds`: what moved on the merchant's account. */
export type BillKind = 'trade' | 'funds'

/**
 * `shipping`: the goods were handed over. `delay`: they are promised for a day that WeChat would not wait for. `card`: how the card in the shopper's
 * chat stands.
 */
export type ReportKind = (typeof REPORT_KINDS)[number]
/** WeChat is to be told this much of a payment; less than it knows already changes nothing. */
export interface NewReport {
  attemptId: string
  orderId: string
  kind: ReportKind
  wanted: number
  /** Of a delay: when the goods are promised for. */
  delayTo?: Date
  at: Date
}

export interface PaidRow {
  attemptId: string
  transactionId: string
  paidAt: Date
}
export interface NewRefund {
  refundId: string
  orderId: string
  attemptId: string
  /** The caller's idempotency key; unique per order and attempt, because one give-back may be split over several. */
  idemKey: string | null
  bodyHash: string | null
  amountFen: number
  lines: readonly RefundLine[]
  reason: string
  ourFault: boolean
  cause: RefundCause
  by: string
  at: Date
  sendAt: Date
  /** Waits at the counter: nobody sends it. */
  byHand: boolean
  /** Goes back to stored value: there as it is written. */
  toStored: boolean
}
export type RefundRow = Omit<RefundFact, 'orderId'> & {
  /** Who gave it back at the counter. */
  handedBy: string | null
}

export type AlarmKind =
  | 'amount_mismatch'
  | 'merchant_mismatch'
  | 'unknown_trade'
  | 'double_payment'
  | 'late_payment'
  | 'refund_failed'
  | 'unreadable'
  | 'bill_failed'
  | 'report_failed'
  | 'transfer_stuck'
export interface NewAlarm {
  kind: AlarmKind
  /** With the kind: one alarm however often it is raised. An attempt id, a trade or a refund number. */
  subject: string
  orderId: string | null
  /** The refund it is about, so that it can be helped from there. */
  refundId?: string
  detail: string
  at: Date
}

/** Money to a person. Everything that is sent follows from it. */
export interface TransferOrder {
  /** Letters and digits, 32 at most. */
  outBillNo: string
  openid: string
  amountFen: number
  /** WeChat compares it with the name of the account; it asks for one from 2,000 yuan. */
  userName: string | null
  /** Shown to the receiver, 32 signs at most. */
  remark: string
}
/**
 * What WeChat says of a transfer. `confirm`: the receiver has to confirm. `moving`: no end yet. `ended`: failed, taken back or run out; nothing arrives.
 * `mismatch`: another one than we asked for. `missing`: there is none. `unclear`: no answer; nothing may be concluded. `mend`: refused for something that
 * people mend. `refused`: refused for good, unless there is one under this number already.
 */
export interface TransferSeen {
  state:
    | 'confirm'
    | 'moving'
    | 'cancelling'
    | 'paid'
    | 'ended'
    | 'mismatch'
    | 'missing'
    | 'unclear'
    | 'mend'
    | 'refused'
  billNo: string | null
  packageInfo: string | null
  why: string | null
}
