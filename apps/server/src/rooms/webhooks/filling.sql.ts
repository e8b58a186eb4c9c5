import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { Span } from '#kernel/following'

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
export async function readOrders(tx: Tx, { after, upTo }: Span): Promise<OrderTold[]> {
  const { rows } = await sql<OrderTold>`
    select e.id as ref, e.verb, e.from_state as "from", e.to_state as "to", e.at, o.id as "orderId", o.no as "orderNo", o.store_id as "storeId",
      o.total_fen as "totalFen", case when e.to_state = 'COMPLETED' and e.verb = 'hand_over' then (
        select jsonb_agg(jsonb_build_object('skuId', l.sku_id, 'barcode', l.barcode, 'name', l.name,
          'quantity', l.quantity - l.withdrawn_quantity, 'paidFen', l.pay_fen - l.refunded_fen) order by l.line_no)
        from order_line l where l.order_id = o.id) end as lines
    from order_event e join orders o on o.id = e.order_id where e.id > ${after} and e.id <= ${upTo} order by e.id`.execute(
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
export async function readStock(tx: Tx, { after, upTo }: Span): Promise<StockTold[]> {
  const { rows } = await sql<StockTold>`
    select e.id, e.store_id as "storeId", e.sku_id as "skuId", s.barcode, e.reason, e.on_hand_delta as delta, e.on_hand_after as "onHand", o.no as "orderNo", e.at
    from stock_ledger e join sku s on s.id = e.sku_id left join orders o on o.id = e.order_id
    where e.id > ${after} and e.id <= ${upTo} and e.on_hand_delta <> 0 order by e.id`.execute(tx)
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
