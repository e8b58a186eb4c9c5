import { type Invariant, noRows } from './evidence.ts'

const HANDED = `select o.store_id, i.sku_id, sum(i.quantity - i.withdrawn_quantity)::int as pieces from orders o
  join order_line i on i.order_id = o.id where o.completed_at is not null group by 1, 2`
const LIVE = `select o.store_id, i.sku_id, sum(i.quantity - i.withdrawn_quantity)::int as pieces from orders o
  join order_line i on i.order_id = o.id where o.state in ('PENDING_PAY', 'PAID', 'READY') group by 1, 2`

export const STOCK: readonly Invariant[] = [
  noRows(
    'every level is the sum of its ledger',
    `select l.store_id, l.sku_id, l.on_hand, l.reserved, s.a, s.b from stock_level l left join (
       select store_id, sku_id, sum(on_hand_delta)::int as a, sum(reserved_delta)::int as b from stock_ledger group by 1, 2) s
       using (store_id, sku_id) where (l.on_hand, l.reserved) <> (coalesce(s.a, 0), coalesce(s.b, 0))`,
  ),
  noRows(
    'what is reserved belongs to a live order',
    `select l.store_id, l.sku_id, l.reserved, v.pieces from stock_level l left join (${LIVE}) v using (store_id, sku_id)
     where l.reserved <> coalesce(v.pieces, 0)`,
  ),
  noRows(
    'the ledger says of every piece handed over that it left',
    `select store_id, sku_id, h.pieces as handed, s.pieces as shipped from (${HANDED}) h full join (
       select store_id, sku_id, -sum(on_hand_delta)::int as pieces from stock_ledger where reason = 'SHIP' group by 1, 2) s
       using (store_id, sku_id) where coalesce(h.pieces, 0) <> coalesce(s.pieces, 0)`,
  ),
  noRows(
    'nothing was sold twice: handed over and promised is no more than came in',
    `select l.store_id, l.sku_id, h.pieces as handed, v.pieces as live, c.pieces as came, l.shortfall from stock_level l
     left join (${HANDED}) h using (store_id, sku_id) left join (${LIVE}) v using (store_id, sku_id)
     left join (select store_id, sku_id, sum(on_hand_delta)::int as pieces from stock_ledger where reason <> 'SHIP' group by 1, 2) c
       using (store_id, sku_id)
     where coalesce(h.pieces, 0) + coalesce(v.pieces, 0) > coalesce(c.pieces, 0) + l.shortfall`,
  ),
  noRows(
    'no level was ever below zero',
    `select id, store_id, sku_id from stock_ledger where on_hand_after < 0 or reserved_after < 0
     union all select null, store_id, sku_id from stock_level where on_hand < 0 or reserved < 0`,
  ),
]
