import type { CONFLICT_KINDS } from '@linli/contract/console-tills'
import type { CouponEvent, DeskCoupon } from '#room/coupons'
import type { Level, StockMove } from '#room/inventory'
import type { PointAccount, Posting, PurchasePoints, UsableRow } from '#room/ledgers'
import type { TillShare } from '#room/pricing'
import type { DeskAudit, DeskAuditor } from '#room/staff'

export type Benefits = 'NONE' | 'RESERVED' | 'REDEEMED' | 'REVERSED'
export interface PricedLine {
  barcode: string
  known: boolean
  quantity: number
  unitFen: number
  payFen: number
  discounts: TillShare[]
  usedPoints: number
  earnedPoints: number
}
/** What was reserved, as it was answered. */
export interface PricedSale {
  lines: PricedLine[]
  goodsFen: number
  discountFen: number
  payFen: number
  couponIds: string[]
  pointsUsed: number
  pointsEarned: number
}

/** A transaction by whose it is and its number there. */
export interface Txn {
  /** Null: one that staff told us of. */
  partnerId: string | null
  posTxnId: string
}
/** Whose numbers these are, as the database keeps them apart. */
export const tellerOf = ({ partnerId }: Pick<Txn, 'partnerId'>): string => partnerId ?? 'staff'
export const txnKey = (txn: Txn): string => `${tellerOf(txn)} ${txn.posTxnId}`

/** A transaction of a till as the desk sees it. */
export interface DeskSale extends Txn {
  id: string
  storeId: string
  kind: 'sale' | 'return'
  memberId: string | null
  benefits: Benefits
  reserveHash: string | null
  priced: PricedSale | null
  usedPoints: number
  expiresAt: Date | null
  beganAt: Date
  redeemedAt: Date | null
  reversedAt: Date | null
  reverseReason: string | null
  receiptHash: string | null
  soldAt: Date | null
  recordedAt: Date | null
  paidFen: number | null
  returnOf: string | null
  returnedId: string | null
}
export interface SaleLine {
  tillId: string
  lineNo: number
  barcode: string
  name: string
  skuId: string | null
  quantity: number
  unitFen: number
  payFen: number
  usedPoints: number
  earnedPoints: number
  returnedQuantity: number
}
export interface SaleDiscount extends TillShare {
  tillId: string
  lineNo: number
}
export interface NewConflict {
  tillId: string
  storeId: string
  kind: (typeof CONFLICT_KINDS)[number]
  /** Of one transaction and kind: what exactly. */
  key: string
  detail: Record<string, unknown>
  amountFen: number
  at: Date
}
export interface SaleEvent {
  tillId: string
  verb: 'reserve' | 'redeem' | 'reverse' | 'record' | 'take_back'
  by: string
  at: Date
  data: Record<string, unknown> | null
}

/** Locked rows as a working copy. */
export interface View {
  /** By partner and number. */
  sales: Map<string, DeskSale>
  /** What another process began while this one waited for its rows; not locked, for answering a repeat only. */
  begun: Map<string, DeskSale>
  lines: Map<string, SaleLine[]>
  coupons: Map<string, DeskCoupon>
  accounts: Map<string, PointAccount>
  points: Map<string, PurchasePoints>
  levels: Map<string, Level>
}

export interface Writes {
  made: DeskSale[]
  changed: Map<string, DeskSale>
  lines: SaleLine[]
  returned: Map<string, SaleLine>
  discounts: SaleDiscount[]
  events: SaleEvent[]
  conflicts: NewConflict[]
  /** Returns that waited, and whose sale is here: what was open about that is over. */
  came: { tillId: string; at: Date }[]
  coupons: Map<string, DeskCoupon>
  couponEvents: CouponEvent[]
  postings: Posting[]
  usable: UsableRow[]
  moves: StockMove[]
  audits: DeskAudit[]
}
export const noWrites = (): Writes => ({
  made: [],
  changed: new Map(),
  lines: [],
  returned: new Map(),
  discounts: [],
  events: [],
  conflicts: [],
  came: [],
  coupons: new Map(),
  couponEvents: [],
  postings: [],
  usable: [],
  moves: [],
  audits: [],
})
export interface Fold {
  view: View
  writes: Writes
}
export interface Stamp {
  by: string
  at: Date
}

/** Keeps a new transaction: from now on the batch knows it. */
export function keep({ view, writes }: Fold, sale: DeskSale): DeskSale {
  view.sales.set(txnKey(sale), sale)
  view.lines.set(sale.id, [])
  writes.made.push(sale)
  return sale
}
/** Notes that a transaction changed, with the event that says how. */
export function note(
  { writes }: Fold,
  sale: DeskSale,
  verb: SaleEvent['verb'],
  { by, at }: Stamp,
  data: SaleEvent['data'] = null,
): void {
  if (!writes.made.includes(sale)) writes.changed.set(sale.id, sale)
  writes.events.push({ tillId: sale.id, verb, by, at, data })
}

/** What one of the staff did, as their trail keeps it. */
export interface Deed {
  auditor: DeskAuditor
  action: 'tills.coupon_redeemed' | 'tills.redemption_reversed'
  details: Record<string, unknown>
}
export function noteDeed(
  { writes }: Fold,
  { id, storeId }: Pick<DeskSale, 'id' | 'storeId'>,
  { auditor, action, details }: Deed,
  { by, at }: Stamp,
): void {
  writes.audits.push({
    ...auditor,
    at,
    actor: by,
    action,
    subject: `till_sale:${id}`,
    storeId,
    before: {},
    after: details,
  })
}
