import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import type { DeskLine, DeskOrder, OrderEvent, PlacedRow, RefundedLine } from './view.ts'

// Statements of the order desk: pipelined client, named (prepared once per connection), one for the whole batch.
// LATERAL over the wanted ids, in the order of the array: that is the lock order, and no plan made on an empty table can scan instead. Where nothing
// is locked, `offset 0` keeps the planner from making a join of it.
// No key update: what refers to an order (an attempt, an event) may be inserted beside it; whoever asks whether it is payable waits.
const LOCK_ORDERS = `select o.* from unnest($1::uuid[]) k(id) cross join lateral (
  select id, no, store_id as "storeId", member_id as "memberId", state, pay_state as "payState", refund_state as "refundState",
    slot_start as "slotStart", campaign_id as "campaignId", goods_by as "goodsBy", deposit_fen as "depositFen", total_fen as "totalFen", stored_value_fen as "storedValueFen", paid_fen as "paidFen", refunded_fen as "refundedFen", expires_at as "expiresAt",
    paid_at as "paidAt", packable_at as "packableAt", completed_at as "completedAt", cancelled_at as "cancelledAt", cancel_reason as "cancelReason"
  from orders p where p.id = k.id for no key update) o`
const READ_LINES = `select l.* from unnest($1::uuid[]) k(id) cross join lateral (
  select order_id as "orderId", line_no as "lineNo", sku_id as "skuId", quantity, pay_fen as "payFen",
    withdrawn_quantity as "withdrawnQuantity", promised_quantity as "promisedQuantity", piece_grams as "pieceGrams", tolerance_bp as "toleranceBp", final_grams as "finalGrams",
    weight_back_fen as "weightBackFen", group_back_fen as "groupBackFen", earned_points as "earnedPoints", (select coalesce(sum(points), 0)::bigint from line_discount d
      where d.order_id = p.order_id and d.line_no = p.line_no) as "usedPoints",
    (select json_agg(json_build_object('skuId', c.sku_id, 'quantity', c.quantity) order by c.sku_id)
      from order_line_component c where c.order_id = p.order_id and c.line_no = p.line_no) as components
  from order_line p where p.order_id = k.id order by line_no) l`
const READ_KEYS = `select o.* from unnest($1::text[], $2::text[]) k(member_id, key) cross join lateral (
  select member_id as "memberId", idem_key as key, encode(body_hash, 'hex') as "bodyHash", id, no, total_fen as "totalFen", expires_at as "expiresAt"
  from orders p where p.idem_key = k.key and p.member_id::text = k.member_id offset 0) o`

const INSERT_PLACED = `with placed as (
    insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, fulfilment, slot_start, slot_end, goods_fen, discount_fen,
      freight_fen, total_fen, stored_value_fen, remark, if_short, placed_at, expires_at, timeout_at, campaign_id,
      goods_by, deposit_fen)
    select id, no, store, member, key, decode(hash, 'hex'), 'PENDING_PAY', 'pickup', slot_start, slot_end, goods, discount, freight, total, stored,
      remark, if_short, at, expires, expires, campaign, goods_by, deposit
    from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::bigint[],
      $10::bigint[], $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[], $50::bigint[], $51::uuid[],
      $52::timestamptz[], $53::bigint[])
      x(id, no, store, member, key, hash, slot_start, slot_end, goods, discount, freight, total, remark, if_short, at, expires, stored, campaign, goods_by, deposit)),
  discounts as (
    insert into line_discount (order_id, line_no, rule, label, off_fen, points, funding)
    select * from unnest($29::uuid[], $30::smallint[], $31::text[], $32::text[], $33::bigint[], $37::bigint[], $38::text[])),
  components as (
    insert into order_line_component (order_id, line_no, sku_id, name, unit, barcode, shelf, picture_id, quantity, pay_fen)
    select * from unnest($40::uuid[], $41::smallint[], $42::uuid[], $43::text[], $44::text[], $45::text[], $46::text[], $47::uuid[],
      $48::int[], $49::bigint[]))
  insert into order_line (order_id, line_no, store_id, sku_id, product_id, name, unit, barcode, shelf, picture_id, quantity, unit_fen, amount_fen, pay_fen,
    piece_grams, tolerance_bp, earned_points)
  select id, line_no, store, sku, product, name, unit, barcode, shelf, picture, quantity, unit_fen, unit_fen * quantity, pay_fen, piece_grams, tolerance,
    earned
  from unnest($17::uuid[], $18::smallint[], $19::text[], $20::uuid[], $21::uuid[], $22::text[], $23::text[], $24::text[], $25::text[],
    $26::uuid[], $27::int[], $28::bigint[], $34::bigint[], $35::int[], $36::smallint[], $39::bigint[])
    x(id, line_no, store, sku, product, name, unit, barcode, shelf, picture, quantity, unit_fen, pay_fen, piece_grams, tolerance, earned)`

const UPDATE_ORDERS = `update orders o set state = x.state, pay_state = x.pay_state, refund_state = x.refund_state, paid_fen = x.paid,
    refunded_fen = x.refunded, paid_at = x.paid_at, completed_at = x.completed_at, cancelled_at = x.cancelled_at, cancel_reason = x.reason,
    packable_at = x.packable, expires_at = x.expires,
    timeout_at = case when o.expires_at is distinct from x.expires then x.expires else o.timeout_at end
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[],
    $9::timestamptz[], $10::text[], $11::timestamptz[], $12::timestamptz[])
      x(id, state, pay_state, refund_state, paid, refunded, paid_at, completed_at, cancelled_at, reason, packable, expires)
  where o.id = x.id`
const UPDATE_LINES = `update order_line l set withdrawn_quantity = x.withdrawn, final_grams = x.grams, weight_back_fen = x.back, promised_quantity = x.promised,
    group_back_fen = x.group_back
  from unnest($1::uuid[], $2::smallint[], $3::int[], $4::int[], $5::bigint[], $6::int[], $7::bigint[]) x(id, line_no, withdrawn, grams, back, promised, group_back)
  where l.order_id = x.id and l.line_no = x.line_no`
const REFUND_LINES = `update order_line l set refunded_quantity = l.refunded_quantity + x.quantity, refunded_fen = l.refunded_fen + x.fen
  from unnest($1::uuid[], $2::smallint[], $3::int[], $4::bigint[]) x(id, line_no, quantity, fen)
  where l.order_id = x.id and l.line_no = x.line_no`

// The news travels with the commit; ids packed to 22 characters each, so that a whole batch stays below the 8,000 bytes of a notification.
const INSERT_EVENTS = `with events as (
    insert into order_event (order_id, verb, from_state, to_state, by, at, data)
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[]))
  select pg_notify('orders', $8)`

export const packIds = (ids: Iterable<string>): string =>
  Array.from(ids, (id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')).join('')
export const unpackIds = (packed: string): string[] =>
  (packed.match(/.{22}/g) ?? []).map((each) =>
    Buffer.from(each, 'base64url')
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )

export async function lockOrders(client: pg.ClientBase, ids: readonly string[]): Promise<DeskOrder[]> {
  const { rows } = await client.query<DeskOrder>({
    name: 'orders-lock',
    text: LOCK_ORDERS,
    values: [arrayOf(ids, (id) => id)],
  })
  return rows
}

export async function readLines(
  client: pg.ClientBase,
  ids: readonly string[],
): Promise<(DeskLine & { orderId: string })[]> {
  const { rows } = await client.query<DeskLine & { orderId: string }>({
    name: 'orders-lines',
    text: READ_LINES,
    values: [arrayOf(ids, (id) => id)],
  })
  return rows
}

export interface KeyRow {
  memberId: string
  key: string
  bodyHash: string
  id: string
  no: string
  totalFen: number
  expiresAt: Date | null
}
/**
 * Sent after the locks, as a statement of its own: under READ COMMITTED it then sees the order that another process committed while this one waited
 * for the rows.
 */
export async function readKeys(
  client: pg.ClientBase,
  keys: readonly { memberId: string; key: string }[],
): Promise<KeyRow[]> {
  if (keys.length === 0) return []
  const { rows } = await client.query<KeyRow>({
    name: 'orders-keys',
    text: READ_KEYS,
    values: [arrayOf(keys, (each) => each.memberId), arrayOf(keys, (each) => each.key)],
  })
  return rows
}

interface LineOf {
  order: PlacedRow
  line: PlacedRow['lines'][number]
  no: number
}
function componentValues(lines: readonly LineOf[]): unknown[] {
  const rows = lines.flatMap(({ order, line, no }) =>
    (line.components ?? []).map((each) => ({ orderId: order.orderId, no, each })),
  )
  return [
    arrayOf(rows, ({ orderId }) => orderId),
    arrayOf(rows, ({ no }) => no),
    arrayOf(rows, ({ each }) => each.skuId),
    rows.map(({ each }) => each.name),
    rows.map(({ each }) => each.unit),
    arrayOf(rows, ({ each }) => each.barcode),
    arrayOf(rows, ({ each }) => each.shelf),
    arrayOf(rows, ({ each }) => each.pictureId),
    arrayOf(rows, ({ each }) => each.quantity),
    arrayOf(rows, ({ each }) => each.payFen),
  ]
}

export function insertPlaced(client: pg.ClientBase, placed: readonly PlacedRow[]): Promise<unknown> {
  const lines = placed.flatMap((order) => order.lines.map((line, i) => ({ order, line, no: i + 1 })))
  const discounts = lines.flatMap(({ order, line, no }) =>
    line.discounts.map((each) => ({ order, no, each })),
  )
  return client.query({
    name: 'orders-insert',
    text: INSERT_PLACED,
    values: [
      arrayOf(placed, (order) => order.orderId),
      arrayOf(placed, (order) => order.no),
      arrayOf(placed, (order) => order.storeId),
      arrayOf(placed, (order) => order.memberId),
      arrayOf(placed, (order) => order.key),
      arrayOf(placed, (order) => order.bodyHash),
      arrayOf(placed, (order) => order.slot?.startsAt),
      arrayOf(placed, (order) => order.slot?.endsAt),
      arrayOf(placed, (order) => order.goodsFen),
      arrayOf(placed, (order) => order.discountFen),
      arrayOf(placed, (order) => order.freightFen),
      arrayOf(placed, (order) => order.totalFen),
      placed.map((order) => order.remark),
      arrayOf(placed, (order) => order.ifShort),
      arrayOf(placed, (order) => order.at),
      arrayOf(placed, (order) => order.expiresAt),
      arrayOf(lines, ({ order }) => order.orderId),
      arrayOf(lines, ({ no }) => no),
      arrayOf(lines, ({ order }) => order.storeId),
      arrayOf(lines, ({ line }) => line.skuId),
      arrayOf(lines, ({ line }) => line.productId),
      lines.map(({ line }) => line.name),
      lines.map(({ line }) => line.unit),
      arrayOf(lines, ({ line }) => line.barcode),
      arrayOf(lines, ({ line }) => line.shelf),
      arrayOf(lines, ({ line }) => line.pictureId),
      arrayOf(lines, ({ line }) => line.quantity),
      arrayOf(lines, ({ line }) => line.unitFen),
      arrayOf(discounts, ({ order }) => order.orderId),
      arrayOf(discounts, ({ no }) => no),
      discounts.map(({ each }) => each.rule),
      discounts.map(({ each }) => each.label),
      arrayOf(discounts, ({ each }) => each.offFen),
      arrayOf(lines, ({ line }) => line.payFen),
      arrayOf(lines, ({ line }) => line.pieceGrams),
      arrayOf(lines, ({ line }) => line.toleranceBp),
      arrayOf(discounts, ({ each }) => each.points),
      arrayOf(discounts, ({ each }) => each.funding),
      arrayOf(lines, ({ line }) => line.earnedPoints),
      ...componentValues(lines),
      arrayOf(placed, (order) => order.stored?.fen ?? 0),
      arrayOf(placed, (order) => order.campaign?.campaignId),
      arrayOf(placed, (order) => order.campaign?.presale?.promisedBy),
      arrayOf(placed, (order) => order.depositFen),
    ],
  })
}

export function updateOrders(client: pg.ClientBase, orders: readonly DeskOrder[]): Promise<unknown> {
  return client.query({
    name: 'orders-update',
    text: UPDATE_ORDERS,
    values: [
      arrayOf(orders, (order) => order.id),
      arrayOf(orders, (order) => order.state),
      arrayOf(orders, (order) => order.payState),
      arrayOf(orders, (order) => order.refundState),
      arrayOf(orders, (order) => order.paidFen),
      arrayOf(orders, (order) => order.refundedFen),
      arrayOf(orders, (order) => order.paidAt),
      arrayOf(orders, (order) => order.completedAt),
      arrayOf(orders, (order) => order.cancelledAt),
      orders.map((order) => order.cancelReason),
      arrayOf(orders, (order) => order.packableAt),
      arrayOf(orders, (order) => order.expiresAt),
    ],
  })
}

export function updateLines(
  client: pg.ClientBase,
  rows: readonly { orderId: string; line: DeskLine }[],
): Promise<unknown> {
  return client.query({
    name: 'orders-update-lines',
    text: UPDATE_LINES,
    values: [
      arrayOf(rows, (row) => row.orderId),
      arrayOf(rows, (row) => row.line.lineNo),
      arrayOf(rows, (row) => row.line.withdrawnQuantity),
      arrayOf(rows, (row) => row.line.finalGrams),
      arrayOf(rows, (row) => row.line.weightBackFen),
      arrayOf(rows, (row) => row.line.promisedQuantity),
      arrayOf(rows, (row) => row.line.groupBackFen),
    ],
  })
}

export function refundLines(client: pg.ClientBase, rows: readonly RefundedLine[]): Promise<unknown> {
  return client.query({
    name: 'orders-refund-lines',
    text: REFUND_LINES,
    values: [
      arrayOf(rows, (row) => row.orderId),
      arrayOf(rows, (row) => row.lineNo),
      arrayOf(rows, (row) => row.quantity),
      arrayOf(rows, (row) => row.amountFen),
    ],
  })
}

export function insertEvents(client: pg.ClientBase, events: readonly OrderEvent[]): Promise<unknown> {
  return client.query({
    name: 'orders-events',
    text: INSERT_EVENTS,
    values: [
      arrayOf(events, (event) => event.orderId),
      arrayOf(events, (event) => event.verb),
      arrayOf(events, (event) => event.from),
      arrayOf(events, (event) => event.to),
      arrayOf(events, (event) => event.by),
      arrayOf(events, (event) => event.at),
      events.map((event) => event.data && JSON.stringify(event.data)),
      packIds(new Set(events.map((event) => event.orderId))),
    ],
  })
}
