import type { ORDER_STATES, PAY_STATES, REFUND_STATES } from '@linli/contract/orders'

export type OrderState = (typeof ORDER_STATES)[number]
export type PayState = (typeof PAY_STATES)[number]
export type RefundState = (typeof REFUND_STATES)[number]

/** What people (and the clock) do to an order. */
export type Verb =
  | 'place'
  | 'pay'
  | 'pay_seat'
  | 'gather'
  | 'pay_deposit'
  | 'pay_ahead'
  | 'arrive'
  | 'cancel'
  | 'lapse'
  | 'ready'
  | 'hand_over'
  | 'refund'
export type Who = 'member' | 'staff' | 'system'

export interface Move {
  verb: Verb
  from: OrderState | null
  to: OrderState
  who: readonly Who[]
}

/** The order axis, whole. Payment and refund are axes of their own and never move it but through these verbs. */
export const MOVES: readonly Move[] = [
  { verb: 'place', from: null, to: 'PENDING_PAY', who: ['member'] },
  { verb: 'cancel', from: 'PENDING_PAY', to: 'CANCELLED', who: ['member', 'staff', 'system'] },
  { verb: 'pay', from: 'PENDING_PAY', to: 'PAID', who: ['staff', 'system'] },
  // A seat of a group is paid like anything else, and waits for the others; the group that is full makes it an order to pack.
  { verb: 'pay_seat', from: 'PENDING_PAY', to: 'WAIT_GROUP', who: ['staff', 'system'] },
  { verb: 'gather', from: 'WAIT_GROUP', to: 'PAID', who: ['system'] },
  { verb: 'refund', from: 'WAIT_GROUP', to: 'CLOSED_REFUND', who: ['member', 'staff', 'system'] },
  // Goods that are yet to come: a deposit first, or everything at once; then they arrive, or the deal ends.
  { verb: 'pay_deposit', from: 'PENDING_PAY', to: 'WAIT_BALANCE', who: ['staff', 'system'] },
  { verb: 'pay_ahead', from: 'PENDING_PAY', to: 'WAIT_GOODS', who: ['staff', 'system'] },
  { verb: 'pay', from: 'WAIT_BALANCE', to: 'WAIT_GOODS', who: ['staff', 'system'] },
  { verb: 'arrive', from: 'WAIT_GOODS', to: 'PAID', who: ['staff'] },
  { verb: 'cancel', from: 'WAIT_BALANCE', to: 'CLOSED_REFUND', who: ['member', 'system'] },
  { verb: 'lapse', from: 'WAIT_BALANCE', to: 'CANCELLED', who: ['system'] },
  { verb: 'cancel', from: 'WAIT_GOODS', to: 'CLOSED_REFUND', who: ['member'] },
  { verb: 'refund', from: 'WAIT_BALANCE', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'refund', from: 'WAIT_GOODS', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'ready', from: 'PAID', to: 'READY', who: ['staff'] },
  { verb: 'hand_over', from: 'PAID', to: 'COMPLETED', who: ['staff'] },
  { verb: 'hand_over', from: 'READY', to: 'COMPLETED', who: ['staff'] },
  { verb: 'refund', from: 'PAID', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'refund', from: 'READY', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'refund', from: 'COMPLETED', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
]

/** Nothing leaves these. */
export const TERMINAL: readonly OrderState[] = ['CANCELLED', 'CLOSED_REFUND']
/** The goods are still in the store, set aside for the order (but for an unpaid one whose goods are yet to come). */
export const HOLDS_STOCK: readonly OrderState[] = ['PENDING_PAY', 'WAIT_GROUP', 'PAID', 'READY']
/** Somebody is asked to pay, until the order expires. */
export const AWAITS_MONEY: readonly OrderState[] = ['PENDING_PAY', 'WAIT_BALANCE']
/** Money was paid, and the goods are not in the store yet. */
export const AWAITS_GOODS: readonly OrderState[] = ['WAIT_BALANCE', 'WAIT_GOODS']
/** Paid, and the shopper has not been here yet. */
export const WAITING: readonly OrderState[] = ['PAID', 'READY']

/** Where `verb` leads from `from` for this person; undefined where the table has no such move. */
export const moveTo = (from: OrderState | null, verb: Verb, who: Who): OrderState | undefined =>
  MOVES.find((move) => move.verb === verb && move.from === from && move.who.includes(who))?.to
