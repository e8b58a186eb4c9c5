import { type Invariant, noRows } from './evidence.ts'

/** Friends that the terms ask for, and the price that they lead to. */
const TABLE = `select r.id, r.need, case c.kind when 'bargain' then jsonb_array_length(c.terms -> 'cuts') else (c.terms ->> 'helpers')::int end as friends,
    r.floor_fen, (c.terms ->> 'startFen')::bigint - (select sum(cut::bigint) from jsonb_array_elements_text(c.terms -> 'cuts') cut) as price
  from rally r join campaign c on c.id = r.campaign_id`

export const RALLIES: readonly Invariant[] = [
  noRows(
    'each friend helps once, told by account, telephone and number, never themselves, and no more than are asked for',
    `select r.id, r.helps, r.need, h.helps as counted from rally r cross join lateral (
       select count(*)::int as helps, count(distinct member_id)::int as members, count(device_hash) - count(distinct device_hash) as telephones,
         count(phone_hash) - count(distinct phone_hash) as numbers, count(*) filter (where member_id = r.member_id or device_hash = r.device_hash) as own
       from rally_help h where h.rally_id = r.id) h
     where h.helps <> r.helps or h.helps > r.need or h.members <> h.helps or h.telephones > 0 or h.numbers > 0 or h.own > 0
       or (h.helps = r.need) <> (r.reached_at is not null)`,
  ),
  noRows(
    'nobody helps more often than the terms say',
    `select h.campaign_id, h.member_id, count(*) from rally_help h join campaign c on c.id = h.campaign_id
     group by 1, 2, c.terms having count(*) > (c.terms ->> 'helpsEach')::int
     union all select h.campaign_id, h.member_id, count(*) from rally_help h join campaign c on c.id = h.campaign_id
     group by 1, 2, (h.at at time zone 'Asia/Shanghai')::date, c.terms having count(*) > (c.terms ->> 'helpsPerDay')::int`,
  ),
  noRows(
    'what friends take off is the published table, to the fen',
    `select t.* from (${TABLE}) t where t.need <> t.friends or t.floor_fen is distinct from t.price
     union all select r.id, 0, 0, r.floor_fen, l.pay_fen from rally r join order_line l on l.order_id = r.order_id where l.pay_fen <> r.floor_fen`,
  ),
  noRows(
    'a bargain that is ordered has its order, and the order its bargain',
    `select r.id, r.state, o.no, o.state as order_state from rally r left join campaign_claim c on c.rally_id = r.id and c.order_id = r.order_id
       left join orders o on o.id = c.order_id
     where r.state = 'ORDERED' and (o.id is null or o.state = 'CANCELLED' or o.member_id <> r.member_id)
     union all select c.rally_id, r.state, o.no, o.state from campaign_claim c join orders o on o.id = c.order_id join campaign g on g.id = c.campaign_id
       left join rally r on r.id = c.rally_id
     where g.kind = 'bargain' and (r.id is null or (o.state <> 'CANCELLED' and r.order_id is distinct from o.id))`,
  ),
  noRows(
    'who is owed a coupon for friends has it, once, and nobody else has one',
    `with given (coupon_id, member_id, template_id) as (
       select r.coupon_id, r.member_id, (c.terms ->> 'templateId')::uuid from rally r join campaign c on c.id = r.campaign_id where r.coupon_id is not null
       union all select coupon_id, member_id, template_id from rally_help where coupon_id is not null
       union all select d.coupon_id, i.member_id, (c.terms ->> 'templateId')::uuid from invited d join invite i on i.id = d.invite_id
         join campaign c on c.id = d.campaign_id where d.coupon_id is not null
       union all select d.friend_coupon_id, d.member_id, (c.terms ->> 'friendTemplateId')::uuid from invited d join campaign c on c.id = d.campaign_id
         where d.friend_coupon_id is not null)
     select m.id, m.member_id, count(g.coupon_id) as times from member_coupon m join coupon_template t on t.id = m.template_id and t.way = 'reward'
       left join given g on g.coupon_id = m.id and g.member_id = m.member_id and g.template_id = m.template_id
     group by m.id having count(g.coupon_id) <> 1
     union all select g.coupon_id, g.member_id, 0 from given g where not exists (select from member_coupon m where m.id = g.coupon_id)`,
  ),
  noRows(
    'a friend counts for one sharer, who is somebody else, for what they did, and no more friends than the terms say',
    `select d.invite_id, d.member_id, d.state from invited d join invite i on i.id = d.invite_id join campaign c on c.id = d.campaign_id
       left join orders o on o.id = d.order_id
     where d.member_id = i.member_id or i.campaign_id <> d.campaign_id or d.device_hash = i.device_hash
       or (d.done_at is not null and c.terms ->> 'act' = 'buy' and (o.completed_at is null or o.member_id <> d.member_id or o.placed_at < d.opened_at))
       or (d.state = 'REVERSED' and not exists (select from member_coupon m where m.id = d.coupon_id and m.state = 'VOID'))
     union all select d.invite_id, null, count(*)::text from invited d join campaign c on c.id = d.campaign_id where d.done_at is not null
     group by d.invite_id, c.terms having count(*) > (c.terms ->> 'mostEach')::int`,
  ),
]
