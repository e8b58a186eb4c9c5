import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import {
  type DeskSale,
  type NewConflict,
  type SaleDiscount,
  type SaleEvent,
  type SaleLine,
  tellerOf,
  type Txn,
} from './view.ts'

// Statements of the tills' desk: named, one for the whole batch, LATERAL over the wanted keys in the order of the array (docs/adr/0005).
const SALE = `id, partner_id as "partnerId", store_id as "storeId", pos_txn_id as "posTxnId", kind, member_id as "memberId", benefits,
    encode(reserve_hash, 'hex') as "reserveHash", priced, used_points as "usedPoints", expires_at as "expiresAt", began_at as "beganAt",
    redeemed_at as "redeemedAt", reversed_at as "reversedAt", reverse_reason as "reverseReason", encode(receipt_hash, 'hex') as "receiptHash",
    sold_at as "soldAt", recorded_at as "recordedAt", paid_fen as "paidFen", return_of as "returnOf", returned_id as "returnedId"`
const sales = (
  lock: string,
) => `select s.* from unnest($1::text[], $2::text[]) k(txn, partner) cross join lateral (
  select ${SALE} from till_sale p where p.pos_txn_id = k.txn and coalesce(p.partner_id::text, 'staff') = k.partner ${lock}) s`
const LOCK_SALES = sales('for no key update')
const READ_SALES = sales('offset 0')
// A sale that nobody has told us of yet cannot be locked, but its name can.
const LOCK_NAMES = `select pg_advisory_xact_lock(hashtextextended(k.partner || ' ' || k.txn, 24)) from unnest($1::text[], $2::text[]) k(txn, partner)`
// Returns of a sale, settled or waiting for it: few.
const LOCK_RETURNS = `select s.* from unnest($1::text[], $2::text[]) k(txn, partner) cross join lateral (
  select ${SALE} from till_sale p where p.return_of = k.txn and coalesce(p.partner_id::text, 'staff') = k.partner for no key update) s`
const READ_LINES = `select l.* from unnest($1::uuid[]) k(id) cross join lateral (
  select till_id as "tillId", line_no as "lineNo", barcode, name, sku_id as "skuId", quantity, unit_fen as "unitFen", pay_fen as "payFen",
    used_points as "usedPoints", earned_points as "earnedPoints", returned_quantity as "returnedQuantity"
  from till_line p where p.till_id = k.id order by line_no offset 0) l`

const COLUMNS = `id, partner_id, store_id, pos_txn_id, kind, member_id, benefits, reserve_hash, priced, used_points, expires_at, began_at, redeemed_at,
    reversed_at, reverse_reason, receipt_hash, sold_at, recorded_at, paid_fen, return_of, returned_id`
const TYPED = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::jsonb[], $10::bigint[],
    $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::text[], $16::text[], $17::timestamptz[], $18::timestamptz[],
    $19::bigint[], $20::text[], $21::uuid[]) x(${COLUMNS})`
const INSERT_SALES = `insert into till_sale (${COLUMNS})
  select id, partner_id, store_id, pos_txn_id, kind, member_id, benefits, decode(reserve_hash, 'hex'), priced, used_points, expires_at, began_at,
    redeemed_at, reversed_at, reverse_reason, decode(receipt_hash, 'hex'), sold_at, recorded_at, paid_fen, return_of, returned_id from ${TYPED}`
const UPDATE_SALES = `update till_sale s set member_id = x.member_id, benefits = x.benefits, redeemed_at = x.redeemed_at, reversed_at = x.reversed_at,
    reverse_reason = x.reverse_reason, receipt_hash = decode(x.receipt_hash, 'hex'), sold_at = x.sold_at, recorded_at = x.recorded_at,
    paid_fen = x.paid_fen, returned_id = x.returned_id
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[],
    $10::bigint[], $11::uuid[])
    x(id, member_id, benefits, redeemed_at, reversed_at, reverse_reason, receipt_hash, sold_at, recorded_at, paid_fen, returned_id)
  where s.id = x.id`
const INSERT_LINES = `insert into till_line (till_id, line_no, barcode, name, sku_id, quantity, unit_fen, pay_fen, used_points, earned_points, returned_quantity)
  select * from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::uuid[], $6::int[], $7::bigint[], $8::bigint[], $9::bigint[],
    $10::bigint[], $11::int[])`
const RETURN_LINES = `update till_line l set returned_quantity = x.returned
  from unnest($1::uuid[], $2::smallint[], $3::int[]) x(id, line_no, returned) where l.till_id = x.id and l.line_no = x.line_no`
// One rule may act on two lines that became one.
const INSERT_DISCOUNTS = `insert into till_discount (till_id, line_no, rule, label, off_fen, points, funding)
  select id, line_no, rule, min(label), sum(off_fen), sum(points), min(funding)
  from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[]) x(id, line_no, rule, label, off_fen, points, funding)
  group by id, line_no, rule`
const INSERT_EVENTS = `insert into till_event (till_id, verb, by, at, data)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[])`
const INSERT_CONFLICTS = `with made as (
    insert into till_conflict (id, till_id, store_id, kind, detail_key, detail, amount_fen, opened_at)
    select gen_random_uuid(), * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::timestamptz[])
    on conflict (till_id, kind, detail_key) do nothing returning id, opened_at)
  insert into till_conflict_event (conflict_id, verb, by, at) select id, 'open', 'system', opened_at from made`

// A return has a conflict of this kind, or none. What a person decided meanwhile stays.
const END_WAITING = `with ended as (
    update till_conflict c set resolved_at = w.at, resolution = 'sale_came'
    from (select k.id, x.at from unnest($1::uuid[], $2::timestamptz[]) x(till, at) cross join lateral (
      select id from till_conflict p where p.till_id = x.till and p.kind = 'sale_missing' offset 0) k) w
    where c.id = w.id and c.resolution is null returning c.id, w.at)
  insert into till_conflict_event (conflict_id, verb, by, at) select id, 'resolve', 'system', at from ended`

const ask = async <T extends pg.QueryResultRow>(
  client: pg.ClientBase,
  name: string,
  text: string,
  values: unknown[],
): Promise<T[]> => (await client.query<T>({ name, text, values })).rows
const keysOf = (txns: readonly Txn[]) => [txns.map(({ posTxnId }) => posTxnId), arrayOf(txns, tellerOf)]

/** Makes whoever tells of the same sales wait, also of sales that do not exist yet: sort them. */
export const lockNames = (client: pg.ClientBase, sales: readonly Txn[]): Promise<unknown> =>
  ask(client, 'tills-lock-names', LOCK_NAMES, keysOf(sales))
/** Transactions that exist, locked in the order given: sort them. */
export const lockSales = (client: pg.ClientBase, txns: readonly Txn[]): Promise<DeskSale[]> =>
  ask(client, 'tills-lock', LOCK_SALES, keysOf(txns))
/** The same as they are committed now, locking nothing. */
export const readSales = (client: pg.ClientBase, txns: readonly Txn[]): Promise<DeskSale[]> =>
  ask(client, 'tills-read', READ_SALES, keysOf(txns))
/** Returns of these sales, locked after them. */
export const lockReturns = (client: pg.ClientBase, sales: readonly Txn[]): Promise<DeskSale[]> =>
  ask(client, 'tills-lock-returns', LOCK_RETURNS, keysOf(sales))
export const readLines = (client: pg.ClientBase, ids: readonly string[]): Promise<SaleLine[]> =>
  ask(client, 'tills-lines', READ_LINES, [arrayOf(ids, (id) => id)])

export const insertSales = (client: pg.ClientBase, sales: readonly DeskSale[]): Promise<unknown> =>
  ask(client, 'tills-insert', INSERT_SALES, [
    arrayOf(sales, (sale) => sale.id),
    arrayOf(sales, (sale) => sale.partnerId),
    arrayOf(sales, (sale) => sale.storeId),
    sales.map((sale) => sale.posTxnId),
    arrayOf(sales, (sale) => sale.kind),
    arrayOf(sales, (sale) => sale.memberId),
    arrayOf(sales, (sale) => sale.benefits),
    arrayOf(sales, (sale) => sale.reserveHash),
    sales.map((sale) => sale.priced && JSON.stringify(sale.priced)),
    arrayOf(sales, (sale) => sale.usedPoints),
    arrayOf(sales, (sale) => sale.expiresAt),
    arrayOf(sales, (sale) => sale.beganAt),
    arrayOf(sales, (sale) => sale.redeemedAt),
    arrayOf(sales, (sale) => sale.reversedAt),
    sales.map((sale) => sale.reverseReason),
    arrayOf(sales, (sale) => sale.receiptHash),
    arrayOf(sales, (sale) => sale.soldAt),
    arrayOf(sales, (sale) => sale.recordedAt),
    arrayOf(sales, (sale) => sale.paidFen),
    sales.map((sale) => sale.returnOf),
    arrayOf(sales, (sale) => sale.returnedId),
  ])
export const updateSales = (client: pg.ClientBase, sales: readonly DeskSale[]): Promise<unknown> =>
  ask(client, 'tills-update', UPDATE_SALES, [
    arrayOf(sales, (sale) => sale.id),
    arrayOf(sales, (sale) => sale.memberId),
    arrayOf(sales, (sale) => sale.benefits),
    arrayOf(sales, (sale) => sale.redeemedAt),
    arrayOf(sales, (sale) => sale.reversedAt),
    sales.map((sale) => sale.reverseReason),
    arrayOf(sales, (sale) => sale.receiptHash),
    arrayOf(sales, (sale) => sale.soldAt),
    arrayOf(sales, (sale) => sale.recordedAt),
    arrayOf(sales, (sale) => sale.paidFen),
    arrayOf(sales, (sale) => sale.returnedId),
  ])
export const insertLines = (client: pg.ClientBase, lines: readonly SaleLine[]): Promise<unknown> =>
  ask(client, 'tills-insert-lines', INSERT_LINES, [
    arrayOf(lines, (line) => line.tillId),
    arrayOf(lines, (line) => line.lineNo),
    lines.map((line) => line.barcode),
    lines.map((line) => line.name),
    arrayOf(lines, (line) => line.skuId),
    arrayOf(lines, (line) => line.quantity),
    arrayOf(lines, (line) => line.unitFen),
    arrayOf(lines, (line) => line.payFen),
    arrayOf(lines, (line) => line.usedPoints),
    arrayOf(lines, (line) => line.earnedPoints),
    arrayOf(lines, (line) => line.returnedQuantity),
  ])
export const returnLines = (client: pg.ClientBase, lines: readonly SaleLine[]): Promise<unknown> =>
  ask(client, 'tills-return-lines', RETURN_LINES, [
    arrayOf(lines, (line) => line.tillId),
    arrayOf(lines, (line) => line.lineNo),
    arrayOf(lines, (line) => line.returnedQuantity),
  ])
export const insertDiscounts = (
  client: pg.ClientBase,
  discounts: readonly SaleDiscount[],
): Promise<unknown> =>
  ask(client, 'tills-discounts', INSERT_DISCOUNTS, [
    arrayOf(discounts, (each) => each.tillId),
    arrayOf(discounts, (each) => each.lineNo),
    discounts.map((each) => each.rule),
    discounts.map((each) => each.label),
    arrayOf(discounts, (each) => each.offFen),
    arrayOf(discounts, (each) => each.points),
    arrayOf(discounts, (each) => each.funding),
  ])
export const insertEvents = (client: pg.ClientBase, events: readonly SaleEvent[]): Promise<unknown> =>
  ask(client, 'tills-events', INSERT_EVENTS, [
    arrayOf(events, (each) => each.tillId),
    arrayOf(events, (each) => each.verb),
    events.map((each) => each.by),
    arrayOf(events, (each) => each.at),
    events.map((each) => each.data && JSON.stringify(each.data)),
  ])
export const insertConflicts = (client: pg.ClientBase, conflicts: readonly NewConflict[]): Promise<unknown> =>
  ask(client, 'tills-conflicts', INSERT_CONFLICTS, [
    arrayOf(conflicts, (each) => each.tillId),
    arrayOf(conflicts, (each) => each.storeId),
    arrayOf(conflicts, (each) => each.kind),
    conflicts.map((each) => each.key),
    conflicts.map((each) => JSON.stringify(each.detail)),
    arrayOf(conflicts, (each) => each.amountFen),
    arrayOf(conflicts, (each) => each.at),
  ])
export const endWaiting = (
  client: pg.ClientBase,
  came: readonly { tillId: string; at: Date }[],
): Promise<unknown> =>
  ask(client, 'tills-came', END_WAITING, [
    arrayOf(came, (each) => each.tillId),
    arrayOf(came, (each) => each.at),
  ])
