import { type Invariant, noRows } from './evidence.ts'

/** Pieces that shoppers took home, of orders and of exchanges. */
const HANDED = `select store_id, sku_id, sum(pieces)::int as pieces from (
    select o.store_id, i.sku_id, i.quantity - i.withdrawn_quantity as pieces from orders o
      join order_line i on i.order_id = o.id where o.completed_at is not null
    union all select e.store_id, i.sku_id, l.quantity from aftersale a join aftersale_line l on l.aftersale_id = a.id
      join order_line i on i.order_id = l.order_id and i.line_no = l.line_no
      join stock_ledger e on e.idem_key = 'aftersale:' || a.id || ':' || l.line_no || ':give:SHIP'
      where a.kind = 'exchange' and a.state = 'DONE') p group by 1, 2`
/** Pieces that are promised: in orders that stand, and put aside as replacements. */
const LIVE = `select store_id, sku_id, sum(pieces)::int as pieces from (
    select o.store_id, i.sku_id, i.quantity - i.withdrawn_quantity as pieces from orders o
      join order_line i on i.order_id = o.id
      where (o.state in ('WAIT_GROUP', 'PAID', 'READY') or (o.state = 'PENDING_PAY' and o.goods_by is null))
    union all select a.hold_store_id, i.sku_id, l.quantity from aftersale a join aftersale_line l on l.aftersale_id = a.id
      join order_line i on i.order_id = l.order_id and i.line_no = l.line_no where a.hold_store_id is not null) p group by 1, 2`

export const STOCK: readonly Invariant[] = [
  noRows(
    'every level is the sum of its ledger',
    `select l.store_id, l.sku_id, l.on_hand, l.reserved, s.a, s.b from stock_level l left join (
       select store_id, sku_id, sum(on_hand_delta)::int as a, sum(reserved_delta)::int as b from stock_ledger group by 1, 2) s
       using (store_id, sku_id) where (l.on_hand, l.reserved) <> (coalesce(s.a, 0), coalesce(s.b, 0))`,
  ),
  noRows(
    'what is reserved belongs to a live order or an exchange',
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
