import { type Invariant, noRows } from './evidence.ts'

/** Ended before its goods were there. */
const ENDED = `join order_event e on e.order_id = o.id and e.from_state in ('WAIT_BALANCE', 'WAIT_GOODS') and e.to_state in ('CANCELLED', 'CLOSED_REFUND')`

export const PRESALES: readonly Invariant[] = [
  noRows(
    'a deposit and its balance are the price, and each was paid once',
    `select o.no, o.pay_state, o.total_fen, o.deposit_fen, a.fen, a.times from orders o cross join lateral (
       select coalesce(sum(a.amount_fen), 0)::bigint as fen, count(*) as times from payment_attempt a where a.order_id = o.id and a.state = 'PAID'
         and not exists (select from refund r where r.attempt_id = a.id and r.cause = 'double_payment')) a
     where exists (select from order_event e where e.order_id = o.id and e.verb = 'pay_deposit') and (a.fen, a.times) is distinct from case
       when o.pay_state = 'PAID' then (o.total_fen, 2::bigint) when o.pay_state = 'DEPOSIT' then (o.deposit_fen, 1::bigint) else (a.fen, a.times) end`,
  ),
  noRows(
    'no arrival served more than came, and who was served waited for these goods',
    `select a.id, a.pieces, p.pieces as served from presale_arrival a join lateral (
       select sum(l.quantity - l.withdrawn_quantity)::int as pieces, bool_and(p.campaign_id = a.campaign_id and p.store_id = a.store_id and p.sku_id = a.sku_id) as fits
       from order_presale p join order_line l on l.order_id = p.order_id where p.arrival_id = a.id) p on p.pieces > a.pieces or not p.fits`,
  ),
  noRows(
    'goods that are yet to come are packed once they came',
    `select o.no, o.state from orders o left join order_presale p on p.order_id = o.id
     where (o.goods_by is not null) <> (p.order_id is not null) or (p.order_id is not null
       and (p.arrived_at is not null) <> exists (select from order_event e where e.order_id = o.id and e.verb = 'arrive'))
       or (p.order_id is not null and p.arrived_at is null and o.state in ('PAID', 'READY', 'COMPLETED'))`,
  ),
  noRows(
    'a deal that ended without its goods left the money where its terms say',
    `select o.no, o.state, p.called, o.paid_fen, o.refunded_fen, p.owed_fen from orders o join order_presale p on p.order_id = o.id ${ENDED}
     where case when e.to_state = 'CANCELLED' then p.called is distinct from 'earnest' or o.refunded_fen <> 0 or p.owed_fen <> 0 or e.by <> 'system'
       else o.refunded_fen <> o.paid_fen or p.owed_fen not in (0, coalesce(o.deposit_fen, 0)) end
       or (p.owed_fen > 0) <> (p.called is not distinct from 'earnest' and e.to_state = 'CLOSED_REFUND' and (
         (e.verb = 'cancel' and e.at >= p.promised_by and e.at >= p.cutoff)
         or (e.verb = 'refund' and exists (select from refund r where r.order_id = o.id and r.our_fault))))
     union all select o.no, o.state, p.called, o.paid_fen, o.refunded_fen, p.owed_fen from orders o join order_presale p on p.order_id = o.id
     where p.owed_fen > 0 and not exists (select from order_event e where e.order_id = o.id and e.from_state in ('WAIT_BALANCE', 'WAIT_GOODS') and e.to_state = 'CLOSED_REFUND')`,
  ),
]
