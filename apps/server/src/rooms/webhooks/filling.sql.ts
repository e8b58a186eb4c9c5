import { sql } from 'kysely'
import type { Tx } from '#kernel/db'

export interface Cursor {
  passed: number
  mark: number
  markNext: number
}
export type Book = 'order_event' | 'stock_ledger'
/** A book that nobody has followed yet has a cursor from now on; false when it had one. */
export async function openCursor(tx: Tx, book: Book): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('webhook_cursor')
    .values({ book })
    .onConflict((conflict) => conflict.column('book').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** The cursor of a book, for whoever comes first; undefined while somebody else has it. */
export async function claimCursor(tx: Tx, book: Book): Promise<Cursor | undefined> {
  const { rows } = await sql<Cursor>`
    select passed, mark, mark_next as "markNext" from webhook_cursor where book = ${book} for update skip locked`.execute(
    tx,
  )
  return rows[0]
}
export interface Position {
  top: number
  oldest: number
  next: number
}
/** Where a book stands: its last visible entry, the oldest transaction under way, the next one to begin. */
export async function readPosition(tx: Tx, book: Book): Promise<Position> {
  const { rows } = await sql<Position>`
    select coalesce((select max(id) from ${sql.table(book)}), 0) as top, pg_snapshot_xmin(s)::text::bigint as oldest,
      pg_snapshot_xmax(s)::text::bigint as next from pg_current_snapshot() s`.execute(tx)
  const [position] = rows
  if (!position) throw new Error('no position')
  return position
}
export async function setCursor(tx: Tx, book: Book, { passed, mark, markNext }: Cursor): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_cursor')
    .set({ passed, mark, mark_next: markNext })
    .where('book', '=', book)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface OrderTold {
  ref: number
  verb: string
  from: string | null
  to: string
  at: Date
  orderId: string
  orderNo: string
  storeId: string
  totalFen: number
  lines: unknown
}
/** What happened to orders, in the order of the book; the lines of those that were handed over. Nobody's name. */
export async function readOrders(
  tx: Tx,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<OrderTold[]> {
  const { rows } = await sql<OrderTold>`
    select e.id as ref, e.verb, e.from_state as "from", e.to_state as "to", e.at, o.id as "orderId", o.no as "orderNo", o.store_id as "storeId",
      o.total_fen as "totalFen", case when e.to_state = 'COMPLETED' and e.verb = 'hand_over' then (
        select jsonb_agg(jsonb_build_object('skuId', l.sku_id, 'barcode', l.barcode, 'name', l.name,
          'quantity', l.quantity - l.withdrawn_quantity, 'paidFen', l.pay_fen - l.refunded_fen) order by l.line_no)
        from order_line l where l.order_id = o.id) end as lines
    from order_event e join orders o on o.id = e.order_id where e.id > ${after} and e.id <= ${upTo} order by e.id limit ${limit}`.execute(
    tx,
  )
  return rows
}
export interface StockTold {
  id: number
  storeId: string
  skuId: string
  barcode: string
  reason: string
  delta: number
  onHand: number
  orderNo: string | null
  at: Date
}
/** What went in and out, in the order of the book. */
export async function readStock(
  tx: Tx,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<StockTold[]> {
  const { rows } = await sql<StockTold>`
    select e.id, e.store_id as "storeId", e.sku_id as "skuId", s.barcode, e.reason, e.on_hand_delta as delta, e.on_hand_after as "onHand", o.no as "orderNo", e.at
    from stock_ledger e join sku s on s.id = e.sku_id left join orders o on o.id = e.order_id
    where e.id > ${after} and e.id <= ${upTo} and e.on_hand_delta <> 0 order by e.id limit ${limit}`.execute(
    tx,
  )
  return rows
}

export interface NewMessage {
  id: string
  endpointId: string
  topic: string
  ref: number
  kind: string
  body: unknown
}
export async function insertMessages(tx: Tx, rows: readonly NewMessage[], at: Date): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into webhook_message (id, endpoint_id, topic, ref, kind, body, at, next_at)
    select id, "endpointId", topic, ref, kind, body, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, "endpointId" uuid, topic text, ref bigint, kind text, body jsonb)
    on conflict (endpoint_id, topic, ref) do nothing`.execute(tx)
  return numAffectedRows
}
