import { CARD_POINTS } from '../actions/old-cards.ts'
import { type Invariant, noRows } from './evidence.ts'

/** What took a coupon off and did not give it back, wherever it was bought. */
const SERVED = `select d.rule as coupon, d.purchase from (
    select rule, order_id as purchase from line_discount union select rule, till_id from till_discount) d
  where not exists (select from coupon_event e where e.coupon_id::text = d.rule and e.verb = 'give_back'
    and coalesce(e.order_id, e.till_id) = d.purchase)`

export const COUPONS: readonly Invariant[] = [
  noRows(
    'a coupon serves one purchase, online or at a till, and is with it',
    `select coupon, count(*) as purchases, min(c.state) as state from (${SERVED}) s join member_coupon c on c.id::text = s.coupon
     group by 1 having count(*) > 1 or bool_or(c.purchase_id is distinct from s.purchase)`,
  ),
  noRows(
    'of no coupon there are more than its terms and its budget allow',
    `select t.label, x.* from coupon_template t cross join lateral (
       select count(*) as given, max(n) as each, max(today) as a_day from (
         select count(*) over (partition by c.member_id) as n, count(*) over (partition by (c.granted_at at time zone 'Asia/Shanghai')::date) as today
         from member_coupon c where c.template_id = t.id and c.state <> 'VOID') y) x
     where x.given > t.most or x.each > t.most_each or x.a_day > t.most_per_day
       or (t.budget_on = 'granted' and x.given * t.worth_fen > t.budget_fen)`,
  ),
  noRows(
    'a code on paper brought one coupon, to whoever said it',
    `select c.hash::text, c.coupon_id::text from coupon_code c join member_coupon m on m.id = c.coupon_id where m.member_id <> c.member_id
     union all select min(hash::text), coupon_id::text from coupon_code where coupon_id is not null group by coupon_id having count(*) > 1`,
  ),
  noRows(
    'an old card is worth to one member at a time what is printed on it',
    `select c.no, x.* from plastic_card c cross join lateral (
       select count(*) filter (where b.undone_at is null) as open, coalesce(sum(p.points), 0) as points from card_binding b left join lateral (
         select sum(available - debt) as points from point_posting t where t.binding_id = b.id) p on true where b.card_no = c.no) x
     where x.open > 1 or x.points <> x.open * ${CARD_POINTS}`,
  ),
  noRows(
    'what members collected and did not bring back has grown, and nothing else',
    // One for each fen, so that a fen is not lost in rounding.
    `with kept as (select o.id, o.member_id,
         coalesce((select sum(amount_fen) from payment_attempt a where a.order_id = o.id and a.state = 'PAID'), 0)
         - coalesce((select sum(amount_fen) from refund r where r.order_id = o.id and r.state = 'SUCCESS'), 0) as fen
       from orders o where o.completed_at is not null),
     grown as (select g.purchase_id, g.member_id, coalesce(sum(p.growth), 0) as growth from growth_purchase g
       left join growth_posting p on p.purchase_id = g.purchase_id where g.kind = 'order' group by 1, 2)
     select id, purchase_id, fen, growth from kept full join grown on grown.purchase_id = kept.id and grown.member_id = kept.member_id
     where coalesce(fen, 0) <> coalesce(growth, 0) or (purchase_id is not null and id is null)`,
  ),
]
