import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import { businessDay } from '#kernel/clock'
import type { Reader, Tx } from '#kernel/db'
import type { Span } from '#kernel/following'
import {
  type MemberDay,
  type Noted,
  type Purchase,
  type PurchaseLine,
  type SalesDay,
  type SkuDay,
  totalsOf,
} from './purchases.ts'

/** One writer of purchases and their sums at a time, whoever follows what; the lock ends with the transaction. Any constant will do. */
export const takeTurn = (tx: Tx): Promise<unknown> => sql`select pg_advisory_xact_lock(7164240)`.execute(tx)

type Found = Omit<Purchase, 'day'>
const dated = (found: Found): Purchase => ({ ...found, day: businessDay(found.boughtAt) })
const LINES = sql`jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'skuId', l.sku_id, 'quantity', l.quantity, 'refundedQuantity', l.refunded_quantity,
  'payFen', l.pay_fen, 'refundedFen', l.refunded_fen) order by l.line_no)`

/** Which orders events of this span speak of. */
export async function ordersTold(db: Reader, { after, upTo }: Span): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct order_id as id from order_event where id > ${after} and id <= ${upTo}
      and (to_state in ('PAID', 'WAIT_GOODS') or verb in ('hand_over', 'refunded'))`.execute(db)
  return rows.map(({ id }) => id)
}
/**
 * Those of these orders that are purchases: paid in full, and nothing else has to happen for the goods to be the member's (a group that is full, not one
 * that waits). Money that went back is what arrived. Of a piece by weight, and of a ladder, what went back of its price counts too.
 */
export async function readOrders(db: Reader, ids: readonly string[]): Promise<Purchase[]> {
  const { rows } = await sql<Found>`
    select o.id, 'order' as source, o.store_id as "storeId", o.member_id as "memberId", o.fulfilment as channel, e.at as "boughtAt",
      o.goods_fen as "goodsFen", o.completed_at as "collectedAt", o.campaign_id as "campaignId", l.lines
    from orders o
    cross join lateral (select at from order_event e where e.order_id = o.id and to_state in ('PAID', 'WAIT_GOODS') order by id limit 1) e
    cross join lateral (select ${LINES} as lines from order_line l where l.order_id = o.id) l
    where o.id = any(${arrayOf(ids, (each) => each)}::uuid[])`.execute(db)
  return rows.map(dated)
}

/** Which sales events of this span speak of: of a return, the sale that it takes back. */
export async function tillSalesTold(db: Reader, { after, upTo }: Span): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(s.returned_id, s.id) as id from till_event e join till_sale s on s.id = e.till_id
    where e.id > ${after} and e.id <= ${upTo} and e.verb in ('record', 'take_back')`.execute(db)
  return rows.map(({ id }) => id)
}
/** Receipts of tills among these. What staff redeem over a counter is no sale of theirs. Of a piece that came back its share, rounded down, went back. */
export async function readTillSales(db: Reader, ids: readonly string[]): Promise<Purchase[]> {
  const { rows } = await sql<Found>`
    select s.id, 'till' as source, s.store_id as "storeId", s.member_id as "memberId", 'till' as channel, s.sold_at as "boughtAt",
      g.goods_fen as "goodsFen", s.sold_at as "collectedAt", null as "campaignId", g.lines
    from till_sale s
    cross join lateral (
      select sum(greatest(l.unit_fen * l.quantity, l.pay_fen))::bigint as goods_fen, ${LINES} as lines
      from (select line_no, sku_id, quantity, unit_fen, pay_fen, returned_quantity as refunded_quantity, pay_fen * returned_quantity / quantity as refunded_fen
            from till_line where till_id = s.id) l) g
    where s.id = any(${arrayOf(ids, (each) => each)}::uuid[]) and s.kind = 'sale' and s.partner_id is not null and s.sold_at is not null
      and g.lines is not null`.execute(db)
  return rows.map(dated)
}

/** What had gone back of those of these purchases that were noted before. */
export async function readNoted(tx: Tx, ids: readonly string[]): Promise<Noted> {
  const { rows } = await sql<{ id: string; lineNo: number; quantity: number; fen: number }>`
    select purchase_id as id, line_no as "lineNo", refunded_quantity as quantity, refunded_fen as fen
    from purchase_line where purchase_id = any(${arrayOf(ids, (each) => each)}::uuid[])`.execute(tx)
  const noted = new Map<string, Map<number, { quantity: number; fen: number }>>()
  for (const { id, lineNo, quantity, fen } of rows) {
    const lines = noted.get(id) ?? new Map<number, { quantity: number; fen: number }>()
    noted.set(id, lines.set(lineNo, { quantity, fen }))
  }
  return noted
}

/** Notes purchases; of one that is known, what went back of it and when it was collected. */
export async function putPurchases(tx: Tx, purchases: readonly Purchase[]): Promise<void> {
  const rows = purchases.map((purchase) => ({ ...purchase, ...totalsOf(purchase.lines) }))
  await sql`
    insert into purchase (id, source, store_id, member_id, channel, bought_at, day, goods_fen, pay_fen, refunded_fen, pieces, refunded_pieces, collected_at, campaign_id)
    select * from unnest(${arrayOf(rows, (row) => row.id)}::uuid[], ${arrayOf(rows, (row) => row.source)}::text[], ${rows.map((row) => row.storeId)}::text[],
      ${arrayOf(rows, (row) => row.memberId)}::uuid[], ${arrayOf(rows, (row) => row.channel)}::text[], ${arrayOf(rows, (row) => row.boughtAt)}::timestamptz[],
      ${arrayOf(rows, (row) => row.day)}::date[], ${arrayOf(rows, (row) => row.goodsFen)}::bigint[], ${arrayOf(rows, (row) => row.payFen)}::bigint[],
      ${arrayOf(rows, (row) => row.refundedFen)}::bigint[], ${arrayOf(rows, (row) => row.pieces)}::int[], ${arrayOf(rows, (row) => row.refundedPieces)}::int[],
      ${arrayOf(rows, (row) => row.collectedAt)}::timestamptz[], ${arrayOf(rows, (row) => row.campaignId)}::uuid[])
    on conflict (id) do update set refunded_fen = excluded.refunded_fen, refunded_pieces = excluded.refunded_pieces,
      collected_at = excluded.collected_at`.execute(tx)
  const lines: (PurchaseLine & { purchase: Purchase })[] = purchases.flatMap((purchase) =>
    purchase.lines.map((line) => ({ ...line, purchase })),
  )
  await sql`
    insert into purchase_line (purchase_id, line_no, sku_id, store_id, member_id, day, quantity, refunded_quantity, pay_fen, refunded_fen)
    select * from unnest(${arrayOf(lines, (line) => line.purchase.id)}::uuid[], ${arrayOf(lines, (line) => line.lineNo)}::int[],
      ${arrayOf(lines, (line) => line.skuId)}::uuid[], ${lines.map((line) => line.purchase.storeId)}::text[], ${arrayOf(lines, (line) => line.purchase.memberId)}::uuid[],
      ${arrayOf(lines, (line) => line.purchase.day)}::date[], ${arrayOf(lines, (line) => line.quantity)}::int[],
      ${arrayOf(lines, (line) => line.refundedQuantity)}::int[], ${arrayOf(lines, (line) => line.payFen)}::bigint[],
      ${arrayOf(lines, (line) => line.refundedFen)}::bigint[])
    on conflict (purchase_id, line_no) do update set refunded_quantity = excluded.refunded_quantity, refunded_fen = excluded.refunded_fen`.execute(
    tx,
  )
}

export const addSales = (tx: Tx, rows: readonly SalesDay[]): Promise<unknown> =>
  sql`
    insert into sales_day as s (store_id, day, channel, purchases, goods_fen, pay_fen, refunded_fen, pieces, refunded_pieces)
    select * from unnest(${rows.map((row) => row.storeId)}::text[], ${arrayOf(rows, (row) => row.day)}::date[], ${arrayOf(rows, (row) => row.channel)}::text[],
      ${arrayOf(rows, (row) => row.purchases)}::int[], ${arrayOf(rows, (row) => row.goodsFen)}::bigint[], ${arrayOf(rows, (row) => row.payFen)}::bigint[],
      ${arrayOf(rows, (row) => row.refundedFen)}::bigint[], ${arrayOf(rows, (row) => row.pieces)}::bigint[], ${arrayOf(rows, (row) => row.refundedPieces)}::bigint[])
    on conflict (day, store_id, channel) do update set purchases = s.purchases + excluded.purchases, goods_fen = s.goods_fen + excluded.goods_fen,
      pay_fen = s.pay_fen + excluded.pay_fen, refunded_fen = s.refunded_fen + excluded.refunded_fen, pieces = s.pieces + excluded.pieces,
      refunded_pieces = s.refunded_pieces + excluded.refunded_pieces`.execute(tx)
export const addSkus = (tx: Tx, rows: readonly SkuDay[]): Promise<unknown> =>
  sql`
    insert into sales_sku_day as s (store_id, day, sku_id, purchases, quantity, refunded_quantity, pay_fen, refunded_fen)
    select * from unnest(${rows.map((row) => row.storeId)}::text[], ${arrayOf(rows, (row) => row.day)}::date[], ${arrayOf(rows, (row) => row.skuId)}::uuid[],
      ${arrayOf(rows, (row) => row.purchases)}::int[], ${arrayOf(rows, (row) => row.quantity)}::bigint[], ${arrayOf(rows, (row) => row.refundedQuantity)}::bigint[],
      ${arrayOf(rows, (row) => row.payFen)}::bigint[], ${arrayOf(rows, (row) => row.refundedFen)}::bigint[])
    on conflict (day, store_id, sku_id) do update set purchases = s.purchases + excluded.purchases, quantity = s.quantity + excluded.quantity,
      refunded_quantity = s.refunded_quantity + excluded.refunded_quantity, pay_fen = s.pay_fen + excluded.pay_fen,
      refunded_fen = s.refunded_fen + excluded.refunded_fen`.execute(tx)
export const addMembers = (tx: Tx, rows: readonly MemberDay[]): Promise<unknown> =>
  sql`
    insert into member_day as m (member_id, day, store_id, purchases, pay_fen, refunded_fen, pieces, most_pieces)
    select * from unnest(${arrayOf(rows, (row) => row.memberId)}::uuid[], ${arrayOf(rows, (row) => row.day)}::date[], ${rows.map((row) => row.storeId)}::text[],
      ${arrayOf(rows, (row) => row.purchases)}::int[], ${arrayOf(rows, (row) => row.payFen)}::bigint[], ${arrayOf(rows, (row) => row.refundedFen)}::bigint[],
      ${arrayOf(rows, (row) => row.pieces)}::bigint[], ${arrayOf(rows, (row) => row.mostPieces)}::int[])
    on conflict (member_id, day, store_id) do update set purchases = m.purchases + excluded.purchases, pay_fen = m.pay_fen + excluded.pay_fen,
      refunded_fen = m.refunded_fen + excluded.refunded_fen, pieces = m.pieces + excluded.pieces,
      most_pieces = greatest(m.most_pieces, excluded.most_pieces)`.execute(tx)
