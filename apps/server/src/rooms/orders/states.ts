import type { ORDER_STATES, PAY_STATES, REFUND_STATES } from '@linli/contract/orders'

export type OrderState = (typeof ORDER_STATES)[number]
export type PayState = (typeof PAY_STATES)[number]
export type RefundState = (typeof REFUND_STATES)[number]

/** What people (and the clock) do to an order. */
export type Verb = 'place' | 'pay' | 'cancel' | 'ready' | 'hand_over' | 'refund'
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
  { verb: 'ready', from: 'PAID', to: 'READY', who: ['staff'] },
  { verb: 'hand_over', from: 'PAID', to: 'COMPLETED', who: ['staff'] },
  { verb: 'hand_over', from: 'READY', to: 'COMPLETED', who: ['staff'] },
  { verb: 'refund', from: 'PAID', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'refund', from: 'READY', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
  { verb: 'refund', from: 'COMPLETED', to: 'CLOSED_REFUND', who: ['staff', 'system'] },
]

/** Nothing leaves these. */
export const TERMINAL: readonly OrderState[] = ['CANCELLED', 'CLOSED_REFUND']
/** The goods are still in the store, set aside for the order. */
export const HOLDS_STOCK: readonly OrderState[] = ['PENDING_PAY', 'PAID', 'READY']
/** Paid, and the shopper has not been here yet. */
export const WAITING: readonly OrderState[] = ['PAID', 'READY']

/** Where `verb` leads from `from` for this person; undefined where the table has no such move. */
export const moveTo = (from: OrderState | null, verb: Verb, who: Who): OrderState | undefined =>
  MOVES.find((move) => move.verb === verb && move.from === from && move.who.includes(who))?.to
