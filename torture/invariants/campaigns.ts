import { type Invariant, noRows } from './evidence.ts'

/** Pieces that are set aside for bargains that are reached and not ordered. */
const HELD = `select campaign_id, store_id, sku_id, count(*)::int as pieces from rally where kind = 'bargain' and state = 'REACHED' group by 1, 2, 3`
/** A seat that was left, and a deal that ended before its goods were there: paid or not, somebody else may have the place. */
const GIVEN_UP = `select from order_event e where e.order_id = o.id and e.to_state = 'CLOSED_REFUND' and (e.verb = 'cancel' or e.from_state = 'WAIT_GROUP')`

export const CAMPAIGNS: readonly Invariant[] = [
  noRows(
    'what is kept for campaigns is what they still have to sell, and the ledger says so',
    `select l.store_id, l.sku_id, l.activity_locked, k.pieces, e.pieces as ledger from stock_level l
     left join (select s.store_id, (p ->> 'skuId')::uuid as sku_id, sum((s.carved - s.taken + coalesce(h.pieces, 0)) * (p ->> 'quantity')::int)::int as pieces
       from campaign_stock s join campaign c on c.id = s.campaign_id and c.kind not in ('presale', 'box') left join (${HELD}) h using (campaign_id, store_id, sku_id),
         jsonb_array_elements(s.parts) p group by 1, 2) k using (store_id, sku_id)
     left join (select store_id, sku_id, sum(locked_delta)::int as pieces from stock_ledger group by 1, 2) e using (store_id, sku_id)
     where (l.activity_locked, l.activity_locked) is distinct from (coalesce(k.pieces, 0), coalesce(e.pieces, 0))`,
  ),
  noRows(
    'what is taken of a campaign is what its orders have, and what is set aside for bargains',
    `select s.campaign_id, s.store_id, s.sku_id, s.taken, c.pieces, h.pieces as held from campaign_stock s left join (
       select campaign_id, store_id, sku_id, sum(quantity)::int as pieces from campaign_claim where state <> 'RETURNED' group by 1, 2, 3) c
       using (campaign_id, store_id, sku_id) left join (${HELD}) h using (campaign_id, store_id, sku_id)
     where s.taken <> coalesce(c.pieces, 0) + coalesce(h.pieces, 0)`,
  ),
  noRows(
    'nobody has more of a campaign than one may, and every piece stands in a slot',
    `select c.campaign_id, c.member_id, c.pieces, t.slots, p.per_member from (
       select campaign_id, member_id, sum(quantity)::int as pieces from campaign_claim where state <> 'RETURNED' group by 1, 2) c
     full join (select campaign_id, member_id, count(*)::int as slots from campaign_take group by 1, 2) t using (campaign_id, member_id)
     join campaign p on p.id = campaign_id
     where coalesce(c.pieces, 0) <> coalesce(t.slots, 0) or coalesce(c.pieces, 0) > p.per_member`,
  ),
  noRows(
    'what an order has of a campaign stands as the order does, at the campaign’s price',
    `select o.no, o.state, c.state as claim, l.pay_fen, i.price_fen from orders o left join campaign_claim c on c.order_id = o.id
     left join order_line l on l.order_id = o.id left join campaign_item i on i.campaign_id = c.campaign_id and i.sku_id = c.sku_id
     where o.campaign_id is not null and (c.campaign_id is distinct from o.campaign_id or l.pay_fen is distinct from i.price_fen * c.quantity
       or c.state is distinct from case when o.state = 'PENDING_PAY' then 'TAKEN' when o.state = 'CANCELLED' or exists (${GIVEN_UP}) then 'RETURNED' else 'PAID' end)`,
  ),
  noRows(
    'a campaign that is over keeps nothing',
    `select c.name, s.* from campaign c join campaign_stock s on s.campaign_id = c.id
     where c.state = 'ENDED' and (s.open or s.carved <> s.taken or s.released <> s.taken)`,
  ),
]
