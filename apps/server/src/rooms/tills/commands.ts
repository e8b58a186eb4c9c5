import type { ProblemKind } from '#kernel/problem'
import type { Pieces } from './stock.ts'
import type { Deed, DeskSale, PricedSale, Stamp, Txn } from './view.ts'

interface Named extends Txn {
  storeId: string
}
/** Sets a member's coupons and points aside for a sale. */
export interface Reserve extends Named, Stamp {
  verb: 'reserve'
  tillId: string
  memberId: string
  /** SHA-256 in hex of what was asked for. */
  hash: string
  priced: PricedSale
  expiresAt: Date
}
export interface Redeem extends Named, Stamp {
  verb: 'redeem'
}
export interface Reverse extends Named, Stamp {
  verb: 'reverse'
  /** Becomes the transaction when nobody has heard of it yet: what comes late is refused then. */
  tillId: string
  reason: string
  /** Set by the sweep: only if it had to be redeemed by then. */
  dueAt: Date | null
}
export interface ReceiptLine {
  barcode: string
  name: string
  skuId: string | null
  quantity: number
  unitFen: number
  payFen: number
  earnedPoints: number
  /**
   * What a piece takes off, or puts back on, the shelves of this store; none: nothing of it is counted here. Null: whoever took the money counts it.
   */
  pieces: readonly Pieces[] | null
}
/** A coupon that a till accepted without a line to us. */
export interface AcceptedCoupon {
  couponId: string
  memberId: string
  label: string
  funding: 'store' | 'hq' | 'supplier'
  offFen: number
  /** The most that its terms take off these goods. */
  worthFen: number
  at: Date
  /** What speaks against it already: its code was forged, or too old when it was accepted. */
  fault: string | null
}
/** A receipt: goods were sold and paid for. It happened; nothing of it is refused. */
export interface RecordSale extends Named, Stamp {
  verb: 'record'
  tillId: string
  memberId: string | null
  hash: string
  soldAt: Date
  /** When what it earned becomes usable. */
  usableAt: Date
  benefitOffFen: number
  /** Coupons that the till accepted by itself, with whose they are and who bears them; null why: nobody could say. */
  accepted: readonly AcceptedCoupon[]
  lines: readonly ReceiptLine[]
}
/** Goods came back over a till. */
export interface TakeBack extends Named, Stamp {
  verb: 'take_back'
  tillId: string
  hash: string
  soldAt: Date
  returnOf: string
  lines: readonly (ReceiptLine & { resellable: boolean })[]
  /** Set where somebody took a redemption back: why, and who. */
  undoing: { reason: string; deed: Deed } | null
}
/** Staff redeem coupons where no till speaks with us: set aside, used and on file in one. */
export interface RedeemByStaff extends Named, Stamp {
  verb: 'redeem_by_staff'
  wish: Reserve
  receipt: RecordSale
  deed: Deed
}
export type Command = Reserve | Redeem | Reverse | RecordSale | TakeBack | RedeemByStaff

export type Answer =
  | { kind: 'sale'; sale: DeskSale }
  | { kind: 'recorded'; repeat: boolean; conflicts: readonly string[] }
  | { kind: 'refused'; problem: ProblemKind; data?: { [name: string]: unknown } }
export const refused = (problem: ProblemKind, data?: { [name: string]: unknown }): Answer =>
  data ? { kind: 'refused', problem, data } : { kind: 'refused', problem }
