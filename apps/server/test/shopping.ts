import type { AllRoutes, Input, Output } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import { APPLE } from './fixtures.ts'
import type { Shopper, World } from './world.ts'

export type PlaceBody = Input<AllRoutes['POST /v1/orders']>['body']
export type PlacedOrder = Output<AllRoutes['POST /v1/orders']>

/** One apple to collect in S01 at any time, unless something else is asked for. */
export const basket = (over: Partial<PlaceBody> = {}): PlaceBody => ({
  idempotencyKey: randomUUID(),
  storeId: 'S01',
  fulfilment: { kind: 'pickup' },
  lines: [{ skuId: APPLE, quantity: 1 }],
  ...over,
})
export const order = ({ api }: Pick<Shopper, 'api'>, over: Partial<PlaceBody> = {}): Promise<PlacedOrder> =>
  api('POST /v1/orders', { body: basket(over) })

export interface Level {
  onHand: number
  reserved: number
}
/** The level behind the interface. */
export type Books = { ctx: { database: Pick<World['ctx']['database'], 'pool'> } }
export async function levelOf({ ctx }: Books, skuId = APPLE, storeId = 'S01'): Promise<Level> {
  const { rows } = await ctx.database.pool.query<Level>(
    `select on_hand as "onHand", reserved from stock_level where store_id = $1 and sku_id = $2`,
    [storeId, skuId],
  )
  if (!rows[0]) throw new Error(`no level of ${skuId}`)
  return rows[0]
}

/** What must hold in every book at every moment; called at the end of stories and races. Returns what is wrong, in words. */
export async function wrongInTheBooks({ ctx }: Books): Promise<string[]> {
  const rules: readonly [what: string, text: string][] = [
    [
      'of campaigns for a first order a member has one order',
      `select c.order_id, c.member_id, c.state from campaign_claim c join campaign p on p.id = c.campaign_id and p.first_order
       where (c.state <> 'RETURNED') is distinct from exists (
         select from campaign_first f where f.order_id = c.order_id and f.member_id = c.member_id)`,
    ],
    [
      'reserved is what open orders and exchanges hold',
      `select l.store_id, l.sku_id, l.reserved, coalesce(h.held, 0) as held from stock_level l left join (
         select store_id, sku_id, sum(pieces) as held from (
           select o.store_id, coalesce(c.sku_id, i.sku_id) as sku_id, (i.quantity - i.withdrawn_quantity) * coalesce(c.quantity, 1) as pieces
           from orders o join order_line i on i.order_id = o.id
             left join order_line_component c on c.order_id = i.order_id and c.line_no = i.line_no
           where o.state in ('WAIT_GROUP', 'PAID', 'READY') or (o.state = 'PENDING_PAY' and o.goods_by is null)
           union all select a.hold_store_id, coalesce(c.sku_id, i.sku_id), x.quantity * coalesce(c.quantity, 1) from aftersale a
             join aftersale_line x on x.aftersale_id = a.id join order_line i on i.order_id = x.order_id and i.line_no = x.line_no
             left join order_line_component c on c.order_id = i.order_id and c.line_no = i.line_no
           where a.hold_store_id is not null) p group by 1, 2) h on h.store_id = l.store_id and h.sku_id = l.sku_id
       where l.reserved <> coalesce(h.held, 0)`,
    ],
    [
      'levels are the sum of their ledger',
      `select l.store_id, l.sku_id from stock_level l left join (
         select store_id, sku_id, sum(on_hand_delta) as a, sum(reserved_delta) as b from stock_ledger group by 1, 2) s
         on s.store_id = l.store_id and s.sku_id = l.sku_id
       where (l.on_hand, l.reserved) <> (coalesce(s.a, 0), coalesce(s.b, 0))`,
    ],
    [
      'the ledger says the level after each entry',
      `select * from (select id, on_hand_after, reserved_after, sum(on_hand_delta) over w as a, sum(reserved_delta) over w as b
         from stock_ledger window w as (partition by store_id, sku_id order by id)) e where (on_hand_after, reserved_after) <> (a, b)`,
    ],
    [
      'a stock document booked exactly its lines, and nothing under way is in a store',
      `with booked as (select document_id, store_id, sku_id, sum(on_hand_delta) as pieces from stock_ledger where document_id is not null group by 1, 2, 3),
       meant as (
         select d.id as document_id, d.store_id, l.sku_id, sum(case d.kind when 'WASTE' then -l.quantity when 'COUNT' then l.counted - l.on_hand_then
           when 'TRANSFER' then case when d.state = 'RECALLED' then 0 else -l.shipped end else l.quantity end) as pieces
         from stock_document d join stock_document_line l on l.document_id = d.id where d.state in ('POSTED', 'SHIPPED', 'RECEIVED', 'RECALLED') group by 1, 2, 3
         union all select d.id, d.to_store_id, l.sku_id, l.received from stock_document d join stock_document_line l on l.document_id = d.id
         where d.state = 'RECEIVED')
       select * from booked b full join meant m using (document_id, store_id, sku_id) where coalesce(b.pieces, 0) <> coalesce(m.pieces, 0)`,
    ],
    [
      'no lots hold more than their store',
      `select l.store_id, l.sku_id from stock_level l join stock_lot o using (store_id, sku_id)
       join stock_lot_cursor c using (store_id, sku_id)
       where not exists (select from stock_ledger e where e.store_id = l.store_id and e.sku_id = l.sku_id and e.id > c.ledger_id and e.on_hand_delta < 0)
       group by l.store_id, l.sku_id, l.on_hand, l.expired having sum(o.remaining) > l.on_hand or l.expired > sum(o.remaining)`,
    ],
    [
      'the tally counts the orders',
      `with told as (select store_id, day, state, orders, paid_fen from order_tally union all select * from order_tally_news),
       days as (select store_id, day, state, sum(orders) as n, sum(paid_fen) as fen from told where day > '-infinity' group by 1, 2, 3),
       whole as (select store_id, state, sum(n) as n, sum(fen) as fen from days group by 1, 2),
       counted as (select store_id, (placed_at at time zone 'Asia/Shanghai')::date as day, state, count(*) as n,
         sum(paid_fen) filter (where state <> 'CANCELLED' or pay_state = 'DEPOSIT') as fen from orders group by 1, 2, 3),
       kept as (select store_id, state, sum(orders) as n, sum(paid_fen) as fen from (
         select store_id, state, orders, paid_fen from order_tally where day = '-infinity'
         union all select store_id, state, orders, paid_fen from order_tally_news) x group by 1, 2)
       select store_id, state from days full join counted using (store_id, day, state)
         where (coalesce(days.n, 0), coalesce(days.fen, 0)) <> (coalesce(counted.n, 0), coalesce(counted.fen, 0))
       union all select store_id, state from whole full join kept using (store_id, state)
         where (coalesce(whole.n, 0), coalesce(whole.fen, 0)) <> (coalesce(kept.n, 0), coalesce(kept.fen, 0))`,
    ],
    [
      'slots count their orders',
      `select p.store_id, p.starts_at from pickup_slot p where p.taken <> (select count(*) from orders o
         where o.store_id = p.store_id and o.slot_start = p.starts_at
           and (o.state in ('PENDING_PAY', 'WAIT_GROUP', 'PAID', 'READY') or o.completed_at is not null))`,
    ],
    [
      'lines add up to their order',
      `select o.id from orders o where o.total_fen <> o.freight_fen + (select sum(pay_fen) from order_line i where i.order_id = o.id)`,
    ],
    [
      'what a line has off is what its rules took off',
      `select i.order_id, i.line_no from order_line i where i.amount_fen - i.pay_fen <> (
         select coalesce(sum(d.off_fen), 0) from line_discount d where d.order_id = i.order_id and d.line_no = i.line_no)`,
    ],
    [
      'coupons are where their orders and sales say',
      `select c.id from member_coupon c left join orders o on o.id = c.order_id left join till_sale s on s.id = c.till_id
       where (c.state = 'LOCKED') <> coalesce(o.state = 'PENDING_PAY', s.benefits = 'RESERVED', false)
         or (c.state = 'USED' and coalesce(o.pay_state <> 'PAID', s.benefits <> 'REDEEMED'))
         or c.round <> (select count(*) from coupon_event e where e.coupon_id = c.id and e.verb = 'lock')
       union all select c.id from member_coupon c where c.order_id is not null and not exists (
         select from line_discount d where d.order_id = c.order_id and d.rule = c.id::text)
         and not exists (select from coupon_template t where t.id = c.template_id and t.kind = 'earn')
       union all select t.id from coupon_template t where t.granted <> (select count(*) from member_coupon c where c.template_id = t.id and c.state <> 'VOID')`,
    ],
    [
      'points are what their postings add up to, in lots and in accounts',
      `select member_id from points_account a full join (
         select member_id, sum(available) as available, sum(frozen) as frozen, sum(held) as held, sum(debt) as debt from point_posting group by 1) p
         using (member_id)
       where (a.available, a.frozen, a.held, a.debt) is distinct from (p.available, p.frozen, p.held, p.debt)
       union all select a.member_id from points_account a where a.available <> (
         select coalesce(sum(available), 0) from point_lot l where l.member_id = a.member_id)
       union all select a.member_id from points_account a where a.frozen <> (
         select coalesce(sum(frozen), 0) from point_grant g where g.member_id = a.member_id)`,
    ],
    [
      'growth is what its postings add up to, and purchases what was counted of them',
      `select member_id from growth_account a left join (select member_id, sum(growth) as growth from growth_posting group by 1) p using (member_id)
       where a.growth <> coalesce(p.growth, 0)
       union all select g.member_id from growth_purchase g left join (
         select purchase_id, sum(growth) as growth from growth_posting group by 1) p using (purchase_id) where g.counted <> coalesce(p.growth, 0)`,
    ],
    [
      'old cards brought their points once, and undone bindings took them back',
      `select b.id from card_binding b left join (
         select binding_id, sum(available - debt) filter (where reason = 'card') as came, sum(available - debt) as left_of_it from point_posting
         where binding_id is not null group by 1) p on p.binding_id = b.id
       where coalesce(p.came, 0) <> b.points or coalesce(p.left_of_it, 0) <> case when b.undone_at is null then b.points else 0 end`,
    ],
    [
      'orders hold and spent the points that their lines say',
      `select o.id from orders o where
         (select coalesce(sum(points), 0) from line_discount d where d.order_id = o.id)
           <> (select coalesce(sum(points), 0) from point_spend s where s.order_id = o.id)
         or (o.state <> 'CANCELLED' and (select coalesce(sum(kept), 0) from point_spend s where s.order_id = o.id)
           <> (select coalesce(sum(points), 0) from line_discount d where d.order_id = o.id) - (
             select coalesce(sum(g.points_back), 0) from refund_line g join refund r on r.id = g.refund_id
             where g.order_id = o.id and r.state = 'SUCCESS'))
         or (o.pay_state = 'PAID' and o.state <> 'CANCELLED' and (select coalesce(sum(earned_points), 0) from order_line l where l.order_id = o.id)
           <> (select coalesce(sum(points), 0) from point_grant g where g.order_id = o.id))
       union all select a.member_id from points_account a where a.held <> (
         select coalesce(sum(kept), 0) from point_spend s join orders o on o.id = s.order_id
         where o.member_id = a.member_id and o.state = 'PENDING_PAY') + (
         select coalesce(sum(kept), 0) from point_spend s join till_sale t on t.id = s.till_id
         where t.member_id = a.member_id and t.benefits = 'RESERVED')`,
    ],
    [
      'sales at tills reserved and earned the points that they say, and give back with their pieces',
      `select t.id from till_sale t where
         (select coalesce(sum(points), 0) from point_spend s where s.till_id = t.id) <> t.used_points
         or (t.benefits = 'REVERSED' and (select coalesce(sum(kept), 0) from point_spend s where s.till_id = t.id) <> 0)
         or (t.recorded_at is not null and t.kind = 'sale' and (
           (t.member_id is not null and (select coalesce(sum(points), 0) from point_grant g where g.till_id = t.id)
             <> (select sum(earned_points) from till_line l where l.till_id = t.id))
           or (t.benefits = 'REDEEMED' and (select coalesce(sum(kept), 0) from point_spend s where s.till_id = t.id)
             <> t.used_points - (select sum(l.used_points * l.returned_quantity / l.quantity) from till_line l where l.till_id = t.id))
           or t.paid_fen <> (select sum(pay_fen) from till_line l where l.till_id = t.id)))`,
    ],
    [
      'stored value is what its postings add up to, and what orders hold, keep and gave back of it',
      `select member_id from value_account a full join (
         select member_id, sum(available_fen) as available, sum(held_fen) as held from value_posting group by 1) p using (member_id)
       where (a.available_fen, a.held_fen) is distinct from (p.available, p.held)
       union all select o.id from orders o where o.stored_value_fen <> (
         select coalesce(sum(a.amount_fen), 0) from payment_attempt a where a.order_id = o.id and a.provider = 'stored_value')
       union all select o.id from orders o join payment_attempt a on a.order_id = o.id and a.provider = 'stored_value'
         where (a.state = 'HELD') <> (o.state = 'PENDING_PAY') or (a.state = 'CLOSED') <> (o.state = 'CANCELLED')
           or a.amount_fen <> (select sum(p.held_fen) from value_posting p where p.order_id = o.id and p.reason = 'hold')
           or case a.state when 'HELD' then a.amount_fen else 0 end <> (select sum(p.held_fen) from value_posting p where p.order_id = o.id)
           or case a.state when 'PAID' then a.amount_fen else 0 end - (
             select coalesce(sum(r.amount_fen), 0) from refund r where r.attempt_id = a.id and r.state = 'SUCCESS')
             <> -(select sum(p.available_fen + p.held_fen) from value_posting p where p.order_id = o.id)
       union all select a.member_id from value_account a where a.held_fen <> (
         select coalesce(sum(o.stored_value_fen), 0) from orders o where o.member_id = a.member_id and o.state = 'PENDING_PAY')`,
    ],
    [
      'an order was placed once and its last event says its state',
      `select o.id from orders o where (select count(*) from order_event e where e.order_id = o.id and e.verb = 'place') <> 1
         or (select to_state from order_event e where e.order_id = o.id order by id desc limit 1) <> o.state`,
    ],
    [
      'every paid order has its money, and no attempt gave back more than it took',
      `select o.id from orders o where o.paid_fen <> (
         select coalesce(sum(a.amount_fen), 0) from payment_attempt a where a.order_id = o.id and a.state = 'PAID'
           and not exists (select from refund r where r.attempt_id = a.id and r.cause = 'double_payment'))
       union all select a.id from payment_attempt a where a.amount_fen < (
         select coalesce(sum(r.amount_fen), 0) from refund r where r.attempt_id = a.id and r.state not in ('CLOSED', 'FAILED'))`,
    ],
    [
      'what the components of a line cost adds up to what was paid for it',
      `select c.order_id, c.line_no from order_line_component c join order_line i on i.order_id = c.order_id and i.line_no = c.line_no
       group by c.order_id, c.line_no, i.pay_fen having sum(c.pay_fen) <> i.pay_fen`,
    ],
    [
      'weighed lines are settled as the bag is handed over, once, and their difference was sent as it is kept',
      `select i.order_id, i.line_no from order_line i join orders o on o.id = i.order_id
       where (i.piece_grams is not null and o.completed_at is not null and i.quantity > i.withdrawn_quantity) <> (i.weight_back_fen is not null)
         or coalesce(i.weight_back_fen, 0) <> (select coalesce(sum(g.amount_fen), 0) from refund_line g join refund r on r.id = g.refund_id
           where r.cause = 'weighing' and g.order_id = i.order_id and g.line_no = i.line_no)`,
    ],
    [
      'as many places are taken as boxes run, and a week of a box is an order of its member, which became what the week says',
      `select p.campaign_id from box_place p where p.taken <> (
         select coalesce(sum(b.quantity), 0) from box b where b.campaign_id = p.campaign_id and b.store_id = p.store_id and b.state = 'RUNNING')
       union all select w.box_id from box_week w join box b on b.id = w.box_id join orders o on o.id = w.order_id
         where (o.member_id, o.campaign_id, o.store_id) <> (b.member_id, b.campaign_id, w.store_id)
           or (w.state in ('LAPSED', 'SKIPPED') and o.state <> 'CANCELLED') or (w.state = 'PAID' and o.state in ('PENDING_PAY', 'CANCELLED'))
       union all select o.id from orders o join campaign c on c.id = o.campaign_id
         where c.kind = 'box' and o.state <> 'CANCELLED' and not exists (select from box_week w where w.order_id = o.id)`,
    ],
    [
      'what was paid above the price of a group was sent back once, and as it is kept: of each line that its group gathered, and of no other',
      `select i.order_id, i.line_no from order_line i
       where i.group_back_fen <> (select coalesce(sum(g.amount_fen), 0) from refund_line g join refund r on r.id = g.refund_id
         where r.cause = 'group_price' and g.order_id = i.order_id and g.line_no = i.line_no)
       union all select i.order_id, i.line_no from group_seat s join buy_group b on b.id = s.group_id
         join order_line i on i.order_id = s.order_id and i.sku_id = b.sku_id
       where i.group_back_fen <> case when exists (select from order_event e where e.order_id = i.order_id and e.verb = 'gather')
         then least(i.pay_fen, ((b.rungs -> 0 ->> 'priceFen')::bigint - b.price_fen) * i.quantity) else 0 end`,
    ],
    [
      'what staff did to an order is in the trail, once',
      `select o.id from orders o where
         (select count(*) from order_event e where e.order_id = o.id and e.by like 'staff:%' and e.verb in ('cancel', 'refund', 'pay', 'pay_seat', 'pay_deposit', 'pay_ahead', 'refunded'))
         <> (select count(*) from audit_event a where a.subject = 'order:' || o.id and a.action <> 'orders.presale_debt_paid')`,
    ],
    [
      'a code is active exactly while its order waits to be collected',
      `select p.order_id from pickup p join orders o on o.id = p.order_id where p.active <> (o.state in ('PAID', 'READY'))`,
    ],
  ]
  const wrong: string[] = []
  for (const [what, text] of rules) {
    const { rows } = await ctx.database.pool.query<Record<string, unknown>>(text)
    if (rows.length > 0) wrong.push(`${what}: ${rows.length} times not, e.g. ${JSON.stringify(rows[0])}`)
  }
  return wrong
}
