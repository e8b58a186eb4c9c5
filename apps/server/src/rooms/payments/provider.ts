/**
 * What this room asks of a company that takes our shoppers' money. Everything in the room works through it; what is peculiar to WeChat Pay or Alipay
 * (signatures, words for states, what a silence means) stays behind it.
 */
import type { Log } from '#kernel/log'
import type { Attempt } from './attempts.sql.ts'
import type {
  AlarmKind,
  BillKind,
  OpenedPayment,
  ProviderName,
  RefundOutcome,
  Tender,
  TransferOrder,
  TransferSeen,
} from './facts.ts'
import type { ProviderFault } from './provider-fault.ts'
import type { Refund } from './refunds.sql.ts'
import type { Effort } from './trying.ts'

export interface Payment {
  transactionId: string
  paidAt: Date | null
}
export interface Mismatch {
  kind: AlarmKind
  /** For the person who has to look, in their language. */
  detail: string
}
/**
 * What a provider says of a trade, compared with what we asked for. `returned`: paid, and given back at the provider's own desk before we heard of
 * either. `unclear`: a state we were never told about.
 */
export type TradeSeen =
  | { state: 'waiting' | 'closed' | 'returned' | 'unclear' }
  | { state: 'paid'; payment: Payment }
  | { state: 'mismatch'; mismatch: Mismatch }

/** What a provider says of a refund. PROCESSING is everything that is no end. */
export interface RefundSeen {
  outTradeNo: string
  refundFen: number
  totalFen: number
  state: Exclude<RefundOutcome, 'FAILED'>
  /** The provider's own number, where it gives one. */
  providerId: string | null
}

/** What there is to pay. Everything that is sent follows from it, so that asking twice is asking for the same. */
export interface Payable {
  title: string
  orderId: string
  /** After this the provider takes no more money for it. */
  until: Date
}

export interface Delivery {
  headers: Readonly<Record<string, string | string[] | undefined>>
  raw: Buffer | undefined
  log: Log
}
/** A notification, proved to be the provider's own. */
export interface Notice {
  /** Unique at the provider: however often it is delivered, this stays. */
  id: string
  eventType: string
  /** As it came, for the inbox. */
  body: unknown
  about:
    | { kind: 'payment'; outTradeNo: string; seen: (attempt: Attempt) => TradeSeen }
    /** `seen` null: something happened to this refund, but the notification does not say what: ask. */
    | { kind: 'refund'; outRefundNo: string; seen: RefundSeen | Mismatch | null }
    | {
        kind: 'transfer'
        outBillNo: string
        seen: (order: Pick<TransferOrder, 'amountFen' | 'openid'>) => TransferSeen
      }
    | { kind: 'other'; subject: string }
}
export type NoticeRead =
  | { kind: 'notice'; notice: Notice }
  /** Not signed by the provider, or not just now. */
  | { kind: 'distrusted'; reason: string }
  /** Signed, but our keys or our schemas do not fit: a person must look. */
  | { kind: 'unreadable'; subject: string; why: string }

/** Where a bill can be fetched now, and how it is packed. `creating`: ask again later. `none` is also the answer for a day without trades. */
export type BillOffer =
  | 'none'
  | 'creating'
  | {
      bytes(): AsyncIterable<Uint8Array>
      packing: 'gzip' | 'zip'
      /** Of the unpacked text; null where the provider gives none, and only the connection vouches for it. */
      sha1: string | null
    }
export interface Bills {
  kinds: readonly BillKind[]
  /** Who we are in them: the number of our merchant account. */
  party: string
  offer(kind: BillKind, day: string): Promise<BillOffer>
}

/** Each call throws `ProviderFault` for what is not an answer. */
export interface Provider {
  name: ProviderName
  /** As a person calls it: 微信支付. */
  label: string
  /** Where a merchant does things by hand: 微信商户平台. */
  desk: string
  /** Can money be frozen for others to share, when that is said as the trade is opened? */
  shares: boolean
  /** Who alone may pay a trade of this member; empty when the provider does not want to know. */
  payerOf(memberId: string): Promise<string>
  /** Makes the trade payable, in so far as that needs asking. What comes back is kept with the attempt. */
  open(attempt: Attempt, payable: Payable): Promise<{ prepayId: string | null; prepayExpiresAt: Date | null }>
  /** The answer for the shopper's phone, signed anew each time, because its time stamp ages. */
  present(attempt: Attempt, payable: Payable): Promise<OpenedPayment>
  /** Null: there is no such trade, and nobody can pay it. */
  trade(attempt: Attempt, effort: Effort): Promise<TradeSeen | null>
  /** Once it returns, no shopper can begin to pay, except until the instant it gives: then somebody must look once more. */
  close(attempt: Attempt): Promise<Date | null>
  refund(refund: Refund, effort: Effort): Promise<RefundSeen>
  /** Null: the provider knows no such refund. */
  refundOf(refund: Refund, effort: Effort): Promise<RefundSeen | null>
  readNotice(delivery: Delivery): NoticeRead
  /** Its accounts of our money, day by day. */
  bills: Bills
  /** Does this refusal of an opening mean that the money is there already? */
  meansPaid(fault: ProviderFault): boolean
  /** An empty merchant account, a wrong clock, key or permission say nothing about a refund: it waits, and a person is told. */
  isOursToMend(fault: ProviderFault): boolean
}

/** By name. What is taken at the counter has no provider. */
export type Providers = ReadonlyMap<Tender, Provider>
