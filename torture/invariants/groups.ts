import { type Invariant, noRows } from './evidence.ts'

/** Seats that nobody else can have. */
const TAKEN = `state in ('SEATED', 'PAID', 'SUCCESS')`
const IN = `state in ('PAID', 'SUCCESS')`

export const GROUPS: readonly Invariant[] = [
  noRows(
    'no group has more people than seats, nobody sits twice, and it counts them right',
    `select g.id, g.most, g.seated, g.paid, s.seated as sit, s.paid as are_in, s.people from buy_group g cross join lateral (
       select count(*) filter (where ${TAKEN})::int as seated, count(*) filter (where ${IN})::int as paid,
         count(distinct member_id) filter (where ${TAKEN})::int as people, count(distinct seat_no) filter (where ${TAKEN})::int as seats
       from group_seat where group_id = g.id) s
     where s.seated > g.most or s.people <> s.seated or s.seats <> s.seated or (g.seated, g.paid) <> (s.seated, s.paid)`,
  ),
  noRows(
    'a group that is made had as many who paid as it needs, and its price is that of its rung',
    `select g.id, g.size, e.paid, g.price_fen from buy_group g left join group_event e on e.group_id = g.id and e.verb = 'gather'
     where (g.state = 'SUCCESS') <> (e.id is not null) or e.paid < g.size or (g.state = 'SUCCESS' and g.price_fen is distinct from (
       select (r ->> 'priceFen')::bigint from jsonb_array_elements(g.rungs) r where (r ->> 'size')::int <= e.paid order by (r ->> 'size')::int desc limit 1))
     union all select g.id, g.size, s.paid, g.price_fen from buy_group g join lateral (
       select count(*)::int as paid from group_seat s join orders o on o.id = s.order_id where s.group_id = g.id and s.state = 'SUCCESS' and o.pay_state <> 'PAID') s
       on s.paid > 0`,
  ),
  noRows(
    'of a group that failed everybody has all of their money back',
    `select g.id, s.order_id, s.state, o.paid_fen, o.refunded_fen from buy_group g join group_seat s on s.group_id = g.id join orders o on o.id = s.order_id
     where g.state = 'FAILED' and (s.state not in ('REFUNDED', 'RELEASED') or o.paid_fen <> o.refunded_fen)`,
  ),
  noRows(
    'of a group that is made everybody keeps goods at its price: what was paid above it is back, once, and so is all that was refunded later',
    `select o.no, i.pay_fen, i.group_back_fen, b.price_fen from group_seat s join buy_group b on b.id = s.group_id join orders o on o.id = s.order_id
       join order_line i on i.order_id = o.id
     where s.state = 'SUCCESS' and i.pay_fen - i.group_back_fen <> b.price_fen * i.quantity
     union all select o.no, i.group_back_fen, g.back, null from orders o join order_line i on i.order_id = o.id cross join lateral (
       select coalesce(sum(l.amount_fen), 0) as back from refund_line l join refund r on r.id = l.refund_id
       where l.order_id = i.order_id and l.line_no = i.line_no and r.cause = 'group_price') g where g.back <> i.group_back_fen`,
  ),
  noRows(
    'a seat stands as its order does',
    `select o.no, o.state, s.state as seat from group_seat s join orders o on o.id = s.order_id
     where s.state is distinct from case o.state when 'PENDING_PAY' then 'SEATED' when 'CANCELLED' then 'RELEASED' when 'WAIT_GROUP' then 'PAID'
       when 'CLOSED_REFUND' then case o.refund_state when 'FULL' then 'REFUNDED' else 'REFUNDING' end else 'SUCCESS' end
     union all select o.no, o.state, null from orders o join campaign c on c.id = o.campaign_id and c.kind = 'group'
     where not exists (select from group_seat s where s.order_id = o.id)`,
  ),
  noRows(
    'nothing is packed before its group is made',
    `select s.order_id, e.verb from group_seat s join order_event e on e.order_id = s.order_id and e.verb in ('ready', 'hand_over', 'weigh')
     where not exists (select from order_event g where g.order_id = s.order_id and g.verb = 'gather' and g.id < e.id)
     union all select order_id, 'code' from group_seat s join pickup p using (order_id)
     where not exists (select from order_event g where g.order_id = s.order_id and g.verb = 'gather')`,
  ),
]
