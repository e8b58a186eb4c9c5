import { MOVES as AFTERSALE_MOVES } from '../../apps/server/src/rooms/aftersales/states.ts'
import { STEPS } from '../../apps/server/src/rooms/inventory/document-states.ts'
import { MOVES as ORDER_MOVES } from '../../apps/server/src/rooms/orders/states.ts'
import { examples, type Invariant } from './evidence.ts'

interface Event {
  subject: string
  kind: string
  verb: string
  from: string | null
  to: string
  state: string
}
type Table = (event: Event) => boolean

/** Events in their order: each begins where the one before ended, the last one says the state, and each is in the table. */
function faultsOf(events: readonly Event[], allowed: Table): unknown[] {
  const wrong: unknown[] = []
  const at = new Map<string, Event>()
  for (const event of events) {
    const before = at.get(event.subject)?.to ?? null
    if (event.from !== before) wrong.push({ ...event, before })
    else if (!allowed(event)) wrong.push(event)
    at.set(event.subject, event)
  }
  for (const last of at.values()) if (last.to !== last.state) wrong.push({ ...last, last: true })
  return wrong
}

/** Events that leave an order where it was tell what its money did, or what the scales said. */
const NEWS = new Set([
  'weigh',
  'refund',
  'refunded',
  'refund_failed',
  'refund_redirected',
  'late_payment',
  'double_payment',
])

/** Who pays for goods that are yet to come has paid: only the table tells the two apart. */
const told = (verb: string): string => (verb === 'pay_ahead' ? 'pay' : verb)

const keepsTo = (name: string, text: string, allowed: Table): Invariant => ({
  name,
  broken: async ({ query }) => examples(name, faultsOf(await query<Event>(text), allowed)),
})

/** An exchange that came to nothing ends as a return for money; its first steps were those of an exchange. */
const isOnceExchange = (then: string, now: string): boolean => then === 'exchange' && now === 'return'

export const STATES: readonly Invariant[] = [
  keepsTo(
    'orders move by their table alone',
    `select e.order_id as subject, '' as kind, e.verb, e.from_state as from, e.to_state as to, o.state
     from order_event e join orders o on o.id = e.order_id order by e.id`,
    ({ verb, from, to }) =>
      from === to
        ? NEWS.has(verb)
        : ORDER_MOVES.some((move) => told(move.verb) === verb && move.from === from && move.to === to),
  ),
  keepsTo(
    'after-sales move by their table alone',
    `select e.aftersale_id as subject, a.kind, e.verb, e.from_state as from, e.to_state as to, a.state
     from aftersale_event e join aftersale a on a.id = e.aftersale_id order by e.id`,
    ({ kind, verb, from, to }) =>
      AFTERSALE_MOVES.some(
        (move) =>
          move.verb === verb &&
          move.from === from &&
          move.to === to &&
          (move.kinds === undefined ||
            move.kinds.some((each) => each === kind || isOnceExchange(each, kind))),
      ),
  ),
  keepsTo(
    'stock documents move by their table alone',
    `select e.document_id as subject, d.kind, e.verb, e.from_state as from, e.to_state as to, d.state
     from stock_document_event e join stock_document d on d.id = e.document_id order by e.seq`,
    ({ kind, verb, from, to }) =>
      verb === 'reverse' ||
      STEPS.some(
        ([ofKind, state, deed, end]) => ofKind === kind && state === from && deed === verb && end === to,
      ),
  ),
]
