import type { Level, StockMove } from '#room/inventory'
import type { ClosedPickup, NewPickup, SlotKey, SlotLevel } from '#room/fulfilment'
import type {
  DeskAttempt,
  DeskRefund,
  NewAlarm,
  NewRefund,
  NewReport,
  PaidRow,
  RefundLine,
  RefundRow,
  StoredMove,
  StoredTender,
  Taking,
} from '#room/payments'
import type {
  CampaignStock,
  DeskClaim,
  DeskFirst,
  DeskTake,
  Group,
  GroupEvent,
  SeatRow,
} from '#room/campaigns'
import type { DeskRally, RallyStep } from '#room/rallies'
import type { CouponEvent, DeskCoupon } from '#room/coupons'
import type { PointAccount, Posting, PurchasePoints } from '#room/ledgers'
import type { UsableRow, ValueAccount, ValuePosting } from '#room/ledgers'
import type { DeskAudit, DeskAuditor } from '#room/staff'
import type { Place, Placed } from './commands.ts'
import type { DeskPresale } from './presale-desk.sql.ts'
import type { OrderState, PayState, RefundState } from './states.ts'
import type { StockLine } from './stock-lines.ts'
import type { WeighedLine } from './weight.ts'

/** What the desk keeps of an order: the part that decisions change, and the part they need. */
export interface DeskOrder {
  id: string
  no: string
  storeId: string
  memberId: string
  state: OrderState
  payState: PayState
  refundState: RefundState
  slotStart: Date | null
  campaignId: string | null
  /** When goods that are yet to come are promised for; null: they are in the store. */
  goodsBy: Date | null
  /** What of the total is paid first; null: all of it. */
  depositFen: number | null
  totalFen: number
  /** What of it stored value pays. */
  storedValueFen: number
  paidFen: number
  refundedFen: number
  expiresAt: Date | null
  paidAt: Date | null
  /** When its group was full; null of other orders. */
  packableAt: Date | null
  completedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
}
export interface DeskLine extends WeighedLine, StockLine {
  lineNo: number
  skuId: string
  quantity: number
  payFen: number
  /** Pieces taken out before the bag was handed over; their stock is released. */
  withdrawnQuantity: number
  /** Pieces whose money was promised back, before or after. */
  promisedQuantity: number
  /** Points that paid a part of it, and points that paying it earns. */
  usedPoints: number
  earnedPoints: number
}
export interface KnownKey {
  order: Placed
  bodyHash: string
}

/** Locked rows as a working copy: the fold reads and changes it freely. */
export interface View {
  orders: Map<string, DeskOrder>
  lines: Map<string, DeskLine[]>
  attempts: Map<string, DeskAttempt>
  refunds: Map<string, DeskRefund>
  slots: Map<string, SlotLevel>
  levels: Map<string, Level>
  keys: Map<string, KnownKey>
  coupons: Map<string, DeskCoupon>
  accounts: Map<string, PointAccount>
  points: Map<string, PurchasePoints>
  /** Stored value, by member. */
  values: Map<string, ValueAccount>
  /** What is kept for campaigns; which slots of their limits members have, and for which order; what orders have of them. */
  campaignStock: Map<string, CampaignStock>
  takes: Map<string, Map<number, string>>
  /** The order that a member has of campaigns for a first order. */
  firsts: Map<string, string>
  claims: Map<string, DeskClaim>
  groups: Map<string, Group>
  /** Bargains that orders come from. */
  rallies: Map<string, DeskRally>
  /** What is agreed about goods that are yet to come, by order. */
  presales: Map<string, DeskPresale>
}
export const emptyView = (): View => ({
  orders: new Map(),
  lines: new Map(),
  attempts: new Map(),
  refunds: new Map(),
  slots: new Map(),
  levels: new Map(),
  keys: new Map(),
  coupons: new Map(),
  accounts: new Map(),
  points: new Map(),
  values: new Map(),
  campaignStock: new Map(),
  takes: new Map(),
  firsts: new Map(),
  claims: new Map(),
  groups: new Map(),
  rallies: new Map(),
  presales: new Map(),
})
export const memberKey = (memberId: string, key: string): string => `${memberId} ${key}`

export interface OrderEvent {
  orderId: string
  verb: string
  from: OrderState | null
  to: OrderState
  by: string
  at: Date
  data: Record<string, unknown> | null
}

/** A placement as it is written. */
export type PlacedRow = Omit<Place, 'expiresAt'> & Pick<Placed, 'expiresAt'>
export type RefundedLine = { orderId: string } & Pick<RefundLine, 'lineNo' | 'quantity' | 'amountFen'>

/** What a batch decided, in the order it is written. */
export interface Writes {
  placed: PlacedRow[]
  /** Orders whose row changed, as they are now. */
  changed: Map<string, DeskOrder>
  events: OrderEvent[]
  moves: StockMove[]
  slots: Map<string, SlotKey & { delta: number }>
  paid: PaidRow[]
  takings: Taking[]
  /** Stored value that was set aside, and what was spent or freed of it; by attempt. */
  stored: StoredTender[]
  storedMoves: Map<string, StoredMove>
  valuePostings: ValuePosting[]
  refunds: NewRefund[]
  /** By refund: two pieces of news in one batch are one row, or the statement would write either. */
  settled: Map<string, RefundRow>
  /** Lines of which pieces were promised back or that were weighed, as they are now; by order and line. */
  lines: Map<string, { orderId: string; line: DeskLine }>
  /** What went back of each line; by order and line, added up. */
  refundedLines: Map<string, RefundedLine>
  alarms: NewAlarm[]
  pickups: NewPickup[]
  readied: { orderId: string; at: Date }[]
  closed: ClosedPickup[]
  audits: DeskAudit[]
  /** Coupons as they are now, and each step they took. */
  coupons: Map<string, DeskCoupon>
  couponEvents: CouponEvent[]
  postings: Posting[]
  usable: UsableRow[]
  /** Campaigns: their goods as they are now, what members took and gave back, and what orders have of them. */
  campaignStock: Map<string, CampaignStock>
  takes: DeskTake[]
  firsts: DeskFirst[]
  freedTakes: string[]
  newClaims: DeskClaim[]
  claims: Map<string, DeskClaim>
  /** Groups and seats as they are now, and each step they took. */
  groups: Map<string, Group>
  seats: Map<string, SeatRow>
  groupEvents: GroupEvent[]
  rallies: Map<string, DeskRally>
  rallySteps: RallyStep[]
  newPresales: DeskPresale[]
  presales: Map<string, DeskPresale>
  /** What WeChat is to be told of it all. */
  reports: NewReport[]
}
export const noWrites = (): Writes => ({
  placed: [],
  changed: new Map(),
  events: [],
  moves: [],
  slots: new Map(),
  paid: [],
  takings: [],
  stored: [],
  storedMoves: new Map(),
  valuePostings: [],
  refunds: [],
  settled: new Map(),
  lines: new Map(),
  refundedLines: new Map(),
  alarms: [],
  pickups: [],
  readied: [],
  closed: [],
  audits: [],
  coupons: new Map(),
  couponEvents: [],
  postings: [],
  usable: [],
  campaignStock: new Map(),
  takes: [],
  firsts: [],
  freedTakes: [],
  newClaims: [],
  claims: new Map(),
  groups: new Map(),
  seats: new Map(),
  groupEvents: [],
  rallies: new Map(),
  rallySteps: [],
  newPresales: [],
  presales: new Map(),
  reports: [],
})
/** Every decision that changes anything leaves an event. */
export const isEmpty = (writes: Writes): boolean => writes.events.length === 0

/** The working copy together with what is to be written. Only these functions, and those of `holds.ts`, change it. */
export interface Fold {
  view: View
  writes: Writes
}
export interface Stamp {
  by: string
  at: Date
}

/** Notes that an order changed, with the event that says how. `to` defaults to staying where it is (another axis moved). */
export function changeOrder(
  { writes }: Fold,
  order: DeskOrder,
  verb: string,
  { by, at }: Stamp,
  { to = order.state, data = null }: { to?: OrderState; data?: Record<string, unknown> | null } = {},
): void {
  writes.events.push({ orderId: order.id, verb, from: order.state, to, by, at, data })
  order.state = to
  writes.changed.set(order.id, order)
}

/** Notes that a line changed; the order's own event says how. */
export function changeLine({ writes }: Fold, orderId: string, line: DeskLine): void {
  writes.lines.set(`${orderId} ${line.lineNo}`, { orderId, line })
}

type Axes = Pick<DeskOrder, 'state' | 'payState' | 'refundState'>
export const axesOf = ({ state, payState, refundState }: DeskOrder): Axes => ({
  state,
  payState,
  refundState,
})

/** Puts into the trail what staff did to an order. The order is as it became; `before` is what it was. */
export function noteDeed(
  { writes }: Fold,
  order: DeskOrder,
  auditor: DeskAuditor,
  { by, at }: Stamp,
  deed: { action: string; before: Axes; details: Record<string, unknown> },
): void {
  writes.audits.push({
    ...auditor,
    at,
    actor: by,
    action: deed.action,
    subject: `order:${order.id}`,
    storeId: order.storeId,
    before: deed.before,
    after: { ...axesOf(order), ...deed.details },
  })
}

export const linesOf = ({ view }: Fold, orderId: string): DeskLine[] => {
  const lines = view.lines.get(orderId)
  if (!lines) throw new Error(`no lines of order ${orderId}`)
  return lines
}
