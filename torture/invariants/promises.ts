import type { Promise_ } from '../town.ts'
import { examples, type Evidence, type Invariant } from './evidence.ts'

type Told<W extends Promise_['what']> = Extract<Promise_, { what: W }>
const told = <W extends Promise_['what']>({ promises }: Evidence, what: W): Told<W>[] =>
  promises.filter((each): each is Told<W> => each.what === what)

/** Everything of these that the statement does not find. It gets the promises as JSON. */
async function missing({ query }: Evidence, promises: readonly Promise_[], text: string): Promise<unknown[]> {
  return query(
    `select p.* from jsonb_to_recordset($1::jsonb) as p("orderId" uuid, "documentId" uuid, "aftersaleId" uuid, key text, verb text)
     where not exists (${text})`,
    [JSON.stringify(promises)],
  )
}

const stands = (what: Promise_['what'], name: string, text: string): Invariant => ({
  name,
  broken: async (evidence) => examples(name, await missing(evidence, told(evidence, what), text)),
})

/** What somebody was told stands for ever. */
export const PROMISES: readonly Invariant[] = [
  stands(
    'placed',
    'every order that was acknowledged exists, once under its key',
    `select from orders o where o.id = p."orderId" and o.idem_key = p.key
       and 1 = (select count(*) from orders s where s.idem_key = p.key and s.member_id = o.member_id)`,
  ),
  stands(
    'cancelled',
    'every cancellation that was acknowledged stands',
    `select from orders o where o.id = p."orderId" and o.state = 'CANCELLED'`,
  ),
  stands(
    'ready',
    'every bag that was packed was paid for',
    `select from orders o where o.id = p."orderId" and o.pay_state = 'PAID'
       and exists (select from order_event e where e.order_id = o.id and e.verb = 'ready')`,
  ),
  stands(
    'handed_over',
    'every bag that was handed over is booked so, once',
    `select from orders o where o.id = p."orderId" and o.completed_at is not null
       and 1 = (select count(*) from order_event e where e.order_id = o.id and e.verb = 'hand_over')`,
  ),
  stands(
    'refund',
    'every refund that was accepted exists, once under its key',
    `select from refund r where r.order_id = p."orderId" and r.idem_key = p.key
       and 1 = (select count(*) from refund s where s.order_id = r.order_id and s.idem_key = p.key)`,
  ),
  stands(
    'document',
    'every step of a stock document that was acknowledged is written down',
    `select from stock_document_event e where e.document_id = p."documentId" and e.verb = p.verb`,
  ),
  stands(
    'aftersale',
    'every request that was acknowledged exists, once under its key',
    `select from aftersale a where a.id = p."aftersaleId" and a.idem_key = p.key`,
  ),
]
