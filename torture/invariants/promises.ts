import type { Promise_ } from '../town.ts'
import { examples, type Evidence, type Invariant } from './evidence.ts'

type Told<W extends Promise_['what']> = Extract<Promise_, { what: W }>
const told = <W extends Promise_['what']>({ promises }: Evidence, what: W): Told<W>[] =>
  promises.filter((each): each is Told<W> => each.what === what)

/** Everything of these that the statement does not find. It gets the promises as JSON. */
async function missing({ query }: Evidence, promises: readonly Promise_[], text: string): Promise<unknown[]> {
  return query(
    `select p.* from jsonb_to_recordset($1::jsonb) as p("orderId" uuid, "documentId" uuid, "aftersaleId" uuid, "memberId" uuid,
       "refundId" uuid, "couponId" uuid, "partnerId" uuid, key text, verb text, fen bigint)
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
    'every refund that was accepted exists, once under its key for each thing that was paid with',
    // Of an order that cost nothing there is no refund: it is closed.
    `select from refund r where r.order_id = p."orderId" and r.idem_key = p.key
       having (count(*) > 0 and count(*) = count(distinct r.attempt_id))
         or exists (select from orders o where o.id = p."orderId" and o.paid_fen = 0 and o.state = 'CLOSED_REFUND')`,
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
  stands(
    'taken',
    'all money that was taken at a counter is booked, once under its key',
    `select from payment_attempt a where a.order_id = p."orderId" and a.idem_key = p.key
       having count(*) = 1 and sum(a.amount_fen) filter (where a.state = 'PAID') = p.fen`,
  ),
  stands(
    'handed_back',
    'every refund that was handed back over a counter is over, with a name on it',
    `select from refund r where r.id = p."refundId" and r.state = 'SUCCESS' and r.handed_by is not null`,
  ),
  stands(
    'posted',
    'every top-up and every pay-out that was acknowledged is posted, once under its key',
    `select from value_posting v where v.member_id = p."memberId" and v.idem_key = p.key
       having count(*) = 1 and sum(v.available_fen) = p.fen`,
  ),
  stands(
    'withdrawn',
    'every coupon that was withdrawn stays so',
    `select from member_coupon c where c.id = p."couponId" and c.state = 'VOID'`,
  ),
  stands(
    'claimed',
    'every coupon that was given to a member is theirs',
    `select from member_coupon c where c.id = p."couponId" and c.member_id = p."memberId"`,
  ),
  stands(
    'redeemed',
    'what a till was told is used was used',
    // Whoever reverses it afterwards says so; it was used all the same.
    `select from till_sale s join till_event e on e.till_id = s.id and e.verb in ('redeem', 'record')
       where s.partner_id = p."partnerId" and s.pos_txn_id = p.key and s.redeemed_at is not null and (s.benefits = 'REDEEMED' or s.reversed_at is not null)`,
  ),
  stands(
    'reversed',
    'what a till was told is reversed stays so',
    `select from till_sale s where s.partner_id = p."partnerId" and s.pos_txn_id = p.key and s.benefits = 'REVERSED'`,
  ),
]
