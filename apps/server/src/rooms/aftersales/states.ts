import type { AFTERSALE_KINDS, AFTERSALE_STATES } from '@linli/contract/aftersales'
import type { AFTERSALE_TABS } from '@linli/contract/console-aftersales'

export type Kind = (typeof AFTERSALE_KINDS)[number]
export type State = (typeof AFTERSALE_STATES)[number]
export type Tab = (typeof AFTERSALE_TABS)[number]

/** What people (and the clock) do to a request. */
export type Verb =
  | 'apply'
  | 'apply_agreed'
  | 'approve'
  | 'approve_refund'
  | 'agree_late'
  | 'reject'
  | 'cancel'
  | 'expire'
  | 'overtake'
  | 'receive'
  | 'accept_goods'
  | 'refuse_goods'
  | 'appeal'
  | 'grant'
  | 'grant_refund'
  | 'waive_goods'
  | 'waive_refund'
  | 'uphold'
  | 'stall'
  | 'resend'
  | 'settle'
  | 'finish'
  | 'give'
  | 'fall_back'
export type Who = 'member' | 'staff' | 'system'

export interface Move {
  verb: Verb
  from: State | null
  to: State
  who: Who
  /** Absent: of every kind. */
  kinds?: readonly Kind[]
  /** What the request becomes by it; absent: what it is. */
  becomes?: Kind
}

const WITHOUT_RETURN = ['uncollected', 'claim'] as const
const IN_STORE = ['uncollected'] as const
const BROUGHT_BACK = ['return', 'exchange'] as const
const FOR_MONEY = ['return'] as const
const FOR_GOODS = ['exchange'] as const
/** There is nothing to exchange it for, or nobody wants it any more: the shopper gets the money. */
const AS_RETURN = { kinds: FOR_GOODS, becomes: 'return' } as const

/** The whole table (domain handbook §2.12). APPROVED, AUTO_APPROVED and INSPECTED_OK are verbs: nothing ever rests there. */
export const MOVES: readonly Move[] = [
  { verb: 'apply', from: null, to: 'APPLIED', who: 'member' },
  // All of an order that is paid and not packed: nobody needs to be asked.
  { verb: 'apply_agreed', from: null, to: 'REFUNDING', who: 'member', kinds: IN_STORE },
  { verb: 'approve', from: 'APPLIED', to: 'REFUNDING', who: 'staff', kinds: WITHOUT_RETURN },
  { verb: 'approve', from: 'APPLIED', to: 'WAIT_RETURN', who: 'staff', kinds: BROUGHT_BACK },
  { verb: 'approve_refund', from: 'APPLIED', to: 'WAIT_RETURN', who: 'staff', ...AS_RETURN },
  { verb: 'agree_late', from: 'APPLIED', to: 'REFUNDING', who: 'system', kinds: IN_STORE },
  { verb: 'reject', from: 'APPLIED', to: 'REJECTED', who: 'staff' },
  { verb: 'cancel', from: 'APPLIED', to: 'CANCELLED', who: 'member' },
  { verb: 'cancel', from: 'WAIT_RETURN', to: 'CANCELLED', who: 'member', kinds: BROUGHT_BACK },
  { verb: 'expire', from: 'WAIT_RETURN', to: 'CANCELLED', who: 'system', kinds: BROUGHT_BACK },
  // The bag was handed over while its refund was still talked about: who has the goods gets no money for goods left behind.
  { verb: 'overtake', from: 'APPLIED', to: 'CANCELLED', who: 'system', kinds: IN_STORE },
  { verb: 'overtake', from: 'APPEALED', to: 'CANCELLED', who: 'system', kinds: IN_STORE },
  { verb: 'overtake', from: 'REFUNDING', to: 'CANCELLED', who: 'system', kinds: IN_STORE },
  { verb: 'receive', from: 'WAIT_RETURN', to: 'RETURNED', who: 'staff', kinds: BROUGHT_BACK },
  { verb: 'accept_goods', from: 'RETURNED', to: 'REFUNDING', who: 'staff', kinds: FOR_MONEY },
  { verb: 'accept_goods', from: 'RETURNED', to: 'WAIT_COLLECT', who: 'staff', kinds: FOR_GOODS },
  { verb: 'refuse_goods', from: 'RETURNED', to: 'INSPECT_REJECTED', who: 'staff', kinds: BROUGHT_BACK },
  { verb: 'appeal', from: 'REJECTED', to: 'APPEALED', who: 'member' },
  { verb: 'appeal', from: 'INSPECT_REJECTED', to: 'APPEALED', who: 'member', kinds: BROUGHT_BACK },
  { verb: 'grant', from: 'APPEALED', to: 'REFUNDING', who: 'staff', kinds: WITHOUT_RETURN },
  { verb: 'grant', from: 'APPEALED', to: 'WAIT_RETURN', who: 'staff', kinds: BROUGHT_BACK },
  // Goods that were inspected and given back need not be brought a second time.
  { verb: 'waive_goods', from: 'APPEALED', to: 'REFUNDING', who: 'staff', kinds: FOR_MONEY },
  { verb: 'waive_goods', from: 'APPEALED', to: 'WAIT_COLLECT', who: 'staff', kinds: FOR_GOODS },
  { verb: 'grant_refund', from: 'APPEALED', to: 'WAIT_RETURN', who: 'staff', ...AS_RETURN },
  { verb: 'waive_refund', from: 'APPEALED', to: 'REFUNDING', who: 'staff', ...AS_RETURN },
  { verb: 'give', from: 'WAIT_COLLECT', to: 'DONE', who: 'staff', kinds: FOR_GOODS },
  // The goods are back: who does not want the replacement, or never comes for it, gets the money.
  { verb: 'fall_back', from: 'WAIT_COLLECT', to: 'REFUNDING', who: 'member', ...AS_RETURN },
  { verb: 'fall_back', from: 'WAIT_COLLECT', to: 'REFUNDING', who: 'system', ...AS_RETURN },
  { verb: 'uphold', from: 'APPEALED', to: 'REJECTED', who: 'staff' },
  { verb: 'stall', from: 'REFUNDING', to: 'REFUND_FAILED', who: 'system' },
  { verb: 'resend', from: 'REFUND_FAILED', to: 'REFUNDING', who: 'staff' },
  { verb: 'settle', from: 'REFUND_FAILED', to: 'DONE', who: 'staff' },
  { verb: 'finish', from: 'REFUNDING', to: 'DONE', who: 'system' },
  // A refund that needed help at WeChat came through after all.
  { verb: 'finish', from: 'REFUND_FAILED', to: 'DONE', who: 'system' },
]

/** Nothing leaves these. A rejection that was appealed is as final, by its own mark. */
export const TERMINAL: readonly State[] = ['DONE', 'CANCELLED']
/** The line waits for this request; no other may be made for it. */
export const OPEN: readonly State[] = [
  'APPLIED',
  'WAIT_RETURN',
  'RETURNED',
  'WAIT_COLLECT',
  'REFUNDING',
  'REFUND_FAILED',
  'APPEALED',
]
/** An exchange in one of these has its replacement put aside in a store, and in no other state. */
export const HOLDING: readonly State[] = ['WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT']
export const STATES_OF_TAB: Readonly<Record<Tab, readonly State[]>> = {
  applied: ['APPLIED'],
  appealed: ['APPEALED'],
  returning: ['WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT'],
  refunding: ['REFUNDING'],
  failed: ['REFUND_FAILED'],
  ended: ['DONE', 'REJECTED', 'INSPECT_REJECTED', 'CANCELLED'],
}

/** Where `verb` leads, and what the request is then; undefined where the table has no such move. */
export function turn(
  from: State | null,
  verb: Verb,
  who: Who,
  kind: Kind,
): { to: State; kind: Kind } | undefined {
  const move = MOVES.find(
    (each) =>
      each.verb === verb &&
      each.from === from &&
      each.who === who &&
      (each.kinds === undefined || each.kinds.includes(kind)),
  )
  return move && { to: move.to, kind: move.becomes ?? kind }
}
