import { TENDERS } from '@linli/contract/payments'
import { newId } from '#kernel/id'
import type { ProblemKind } from '#kernel/problem'
import type { Claim } from '#room/campaigns'
import type { NewPickup, OfferedSlot } from '#room/fulfilment'
import type { CounterTender, PaidAnswer, PaidFact, RefundFact } from '#room/payments'
import type { AuditedCall, DeskAuditor } from '#room/staff'
import type { WantedLine } from './refund-plan.ts'
import type { Who } from './states.ts'

/** One component of a bundle: pieces in one bundle, and its part of what is paid for the line. */
export interface PlacedComponent {
  skuId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  quantity: number
  payFen: number
}

/** A line as it is kept for ever: what it was called and cost when it was ordered. */
export interface PlacedLine {
  skuId: string
  productId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  quantity: number
  unitFen: number
  payFen: number
  /** Sold by weight: what a piece is paid as, and how much lighter it may be. */
  pieceGrams: number | null
  toleranceBp: number | null
  /** Of a bundle, with what each costs of it; null otherwise. */
  components: readonly PlacedComponent[] | null
  discounts: readonly { rule: string; label: string; offFen: number; points: number; funding: Funding }[]
  earnedPoints: number
}
/** Who bears a discount. */
export type Funding = 'store' | 'hq' | 'supplier'

type PickupCodeParts = Pick<NewPickup, 'digits' | 'secret'>

// Everything that is not decided (ids, instants, numbers, prices) stands in the command, so that deciding is pure.
export interface Place {
  verb: 'place'
  orderId: string
  no: string
  storeId: string
  memberId: string
  key: string
  /** SHA-256 of the canonical body, in hex. */
  bodyHash: string
  slot: OfferedSlot | null
  lines: readonly PlacedLine[]
  goodsFen: number
  discountFen: number
  freightFen: number
  totalFen: number
  /** What it was priced with: all of it is set aside, or the order is refused. */
  couponIds: readonly string[]
  usedPoints: number
  /** What of the total stored value pays, and the attempt that it becomes; null: nothing. */
  stored: { fen: number; attemptId: string } | null
  /** What of the total is paid first, the rest later; null: all of it. */
  depositFen: number | null
  /** What it takes of a campaign; null: of none. */
  campaign: Claim | null
  remark: string
  ifShort: 'refund' | 'substitute' | 'call'
  /** Becomes the pickup code when there is nothing to pay; null when there is. */
  pickup: PickupCodeParts | null
  by: string
  at: Date
  expiresAt: Date
}
export interface Cancel {
  verb: 'cancel'
  orderId: string
  who: Who
  reason: string
  /** Set by the sweep: cancel only if the order is due by then. */
  dueAt: Date | null
  /** Become what goes back of an order whose goods are yet to come. */
  refundIds: readonly string[]
  /** Set when staff do it: their deed goes into the trail with it. */
  auditor: DeskAuditor | null
  by: string
  at: Date
}
/** The goods of a presale are in the store: they are set aside for this order. */
export interface Arrive {
  verb: 'arrive'
  orderId: string
  arrivalId: string
  pickup: PickupCodeParts
  by: string
  at: Date
}
export interface Pay {
  verb: 'pay'
  orderId: string
  fact: PaidFact
  /** Becomes the pickup code if this payment makes the order paid. */
  pickup: PickupCodeParts
  /** Becomes the refund if the money came too late or twice. */
  refundId: string
  by: string
  at: Date
}
/** Staff take cash or a card for an order that waits for money. */
export interface Take {
  verb: 'take'
  orderId: string
  attemptId: string
  key: string
  provider: CounterTender
  /** What the clerk saw; another sum refuses. */
  expectFen: number
  /** Cash that the shopper put down. */
  tenderedFen: number | null
  /** Number on the slip of the card terminal. */
  slip: string | null
  pickup: PickupCodeParts
  staffId: string
  auditor: DeskAuditor
  by: string
  at: Date
}
/** The group of a paid seat is full: it is an order to pack. */
export interface Gather {
  verb: 'gather'
  orderId: string
  pickup: PickupCodeParts
  /** Become the refunds of what it paid above the group's price, one for each tender that it may have to be split over. */
  refundIds: readonly string[]
  by: string
  at: Date
}
export interface MakeReady {
  verb: 'ready'
  orderId: string
  by: string
  at: Date
}
export interface Weigh {
  verb: 'weigh'
  orderId: string
  lines: readonly { lineNo: number; grams: number; expectGrams: number | null }[]
  by: string
  at: Date
}
export interface HandOver {
  verb: 'hand_over'
  orderId: string
  storeId: string
  staffId: string
  /** Become the refunds of what weighs less, if anything does: one for each tender that it may have to be split over. */
  refundIds: readonly string[]
  /** When what the order earned becomes usable. */
  pointsUsableAt: Date
  by: string
  at: Date
}
export interface GiveBack {
  verb: 'refund'
  orderId: string
  /** One for each tender that it may have to be split over. */
  refundIds: readonly string[]
  key: string
  /** SHA-256 in hex of what was asked for under the key. */
  bodyHash: string
  /** The pieces to refund; null: all that is left. */
  lines: readonly WantedLine[] | null
  expectFen: number
  reason: string
  /** The merchant's doing: coupons that come back live some days more. */
  ourFault: boolean
  /** Agreed to for goods that wait in the store: refused once they were handed over. */
  uncollected: boolean
  /** Given up by its member: only while it waits for its group. */
  leaves?: boolean
  /** Null when it follows from a decision that is in the trail already. */
  auditor: DeskAuditor | null
  by: string
  at: Date
}
export interface SettleRefund {
  verb: 'settle_refund'
  orderId: string
  fact: RefundFact
  /** Set when staff gave the money back at the counter: who, and how their deed enters the trail. */
  handing: { staffId: string; expectFen: number; auditor: DeskAuditor } | null
  by: string
  at: Date
}
export type Command =
  | Place
  | Cancel
  | Arrive
  | Pay
  | Take
  | Gather
  | MakeReady
  | Weigh
  | HandOver
  | GiveBack
  | SettleRefund

/** The first answer to a placement, given again to every repeat of it. */
export interface Placed {
  id: string
  no: string
  totalFen: number
  /** Null: there was nothing to pay, the order is paid already. */
  expiresAt: Date | null
}
export type Answer =
  | { kind: 'placed'; order: Placed }
  | { kind: 'money'; outcome: PaidAnswer }
  | { kind: 'done' }
  /** A payment is open: close it at WeChat first, then come again. */
  | { kind: 'payment_open' }
  | { kind: 'refused'; problem: ProblemKind; data?: Record<string, unknown> }

export const done: Answer = { kind: 'done' }
export const refused = (problem: ProblemKind, data?: Record<string, unknown>): Answer =>
  data ? { kind: 'refused', problem, data } : { kind: 'refused', problem }

/** Ids for the refunds of one give-back: as many as there are tenders. */
export const refundIds = (): string[] => TENDERS.map(() => newId())

/** Who pressed the button, for the trail. */
export const auditorOf = ({ actor, requestId }: AuditedCall): DeskAuditor => ({
  id: newId(),
  staffId: actor.staffId,
  requestId,
})
