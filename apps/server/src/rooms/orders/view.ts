import { ofOrder } from '#kernel/purchase'
import { freeOf, type Level, levelKey, type LevelKey, type StockMove } from '#room/inventory'
import { type ClosedPickup, type NewPickup, type SlotKey, slotKey, type SlotLevel } from '#room/fulfilment'
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
import type { CouponEvent, DeskCoupon } from '#room/coupons'
import type { PointAccount, Posting, PurchasePoints } from '#room/ledgers'
import type { UsableRow, ValueAccount, ValuePosting } from '#room/ledgers'
import type { DeskAudit, DeskAuditor } from '#room/staff'
import type { Place, Placed } from './commands.ts'
import type { OrderState, PayState, RefundState } from './states.ts'
import { type Pieces, piecesOf, type StockLine } from './stock-lines.ts'
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
  totalFen: number
  /** What of it stored value pays. */
  storedValueFen: number
  paidFen: number
  refundedFen: number
  expiresAt: Date | null
  paidAt: Date | null
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
  reports: [],
})
/** Every decision that changes anything leaves an event. */
export const isEmpty = (writes: Writes): boolean => writes.events.length === 0

/** The working copy together with what is to be written. Only these functions change stock, slots and orders. */
export interface Fold {
  view: View
  writes: Writes
}
export interface Stamp {
  by: string
  at: Date
}

export const freeAt = ({ view }: Fold, key: LevelKey): number => {
  const level = view.levels.get(levelKey(key))
  return level ? freeOf(level) : 0
}

const MOVE_BY = {
  RESERVE: { onHand: 0, reserved: 1 },
  RELEASE: { onHand: 0, reserved: -1 },
  SHIP: { onHand: -1, reserved: -1 },
} as const

/** Moves the stock of an order's lines. The level rows of these lines are in the view: the loader saw to it. */
export function moveStock(
  { view, writes }: Fold,
  reason: keyof typeof MOVE_BY,
  { orderId, storeId, lines }: { orderId: string; storeId: string; lines: readonly Pieces[] },
  { by, at }: Stamp,
): void {
  const sign = MOVE_BY[reason]
  for (const { skuId, quantity } of lines) {
    const level = view.levels.get(levelKey({ storeId, skuId }))
    if (!level) throw new Error(`no level of ${skuId} in ${storeId} for order ${orderId}`)
    const move = (why: StockMove['reason'], onHandDelta: number, reservedDelta: number): void => {
      level.onHand += onHandDelta
      level.reserved += reservedDelta
      writes.moves.push({
        storeId,
        skuId,
        reason: why,
        purchase: ofOrder(orderId),
        onHandDelta,
        reservedDelta,
        onHandAfter: level.onHand,
        reservedAfter: level.reserved,
        by,
        at,
      })
    }
    // The goods are in the shopper's hand: a count that had found fewer was wrong by as many, and the ledger says so.
    const found = reason === 'SHIP' ? Math.max(0, quantity - level.onHand) : 0
    if (found > 0) move('ADJUST', found, 0)
    move(reason, sign.onHand * quantity, sign.reserved * quantity)
  }
}

export function countSlot({ view, writes }: Fold, key: SlotKey, delta: 1 | -1): void {
  const name = slotKey(key)
  const slot = view.slots.get(name)
  if (!slot) throw new Error(`no slot ${name}`)
  slot.taken += delta
  const change = writes.slots.get(name) ?? { storeId: key.storeId, startsAt: key.startsAt, delta: 0 }
  change.delta += delta
  writes.slots.set(name, change)
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

/** What of an order is still to be handed over, as stock sees it. */
export const piecesLeft = (lines: readonly DeskLine[]): Pieces[] =>
  lines.flatMap((line) => {
    const left = line.quantity - line.withdrawnQuantity
    return left > 0 ? piecesOf(line, left) : []
  })

/** Gives back what an order still holds: its stock and its place in the slot. */
export function releaseHold(fold: Fold, order: DeskOrder, stamp: Stamp): void {
  const lines = piecesLeft(linesOf(fold, order.id))
  moveStock(fold, 'RELEASE', { orderId: order.id, storeId: order.storeId, lines }, stamp)
  if (order.slotStart) countSlot(fold, { storeId: order.storeId, startsAt: order.slotStart }, -1)
}

export const linesOf = ({ view }: Fold, orderId: string): DeskLine[] => {
  const lines = view.lines.get(orderId)
  if (!lines) throw new Error(`no lines of order ${orderId}`)
  return lines
}
