import { sql } from 'kysely'
import type { Place } from '#kernel/cursor'
import type { Reader } from '#kernel/db'

export interface ReceiptRow {
  id: string
  kind: 'sale' | 'return'
  source: 'till' | 'staff'
  storeId: string
  posTxnId: string
  soldAt: Date
  paidFen: number
  earnedPoints: number
  lines: { name: string; quantity: number; unitFen: number; payFen: number; returnedQuantity: number }[]
}
const RECEIPT = sql`s.id, s.kind, case when s.partner_id is null then 'staff' else 'till' end as source, s.store_id as "storeId",
    s.pos_txn_id as "posTxnId", s.sold_at as "soldAt", s.paid_fen as "paidFen", l.earned as "earnedPoints", l.lines
  from till_sale s cross join lateral (
    select coalesce(sum(earned_points), 0)::bigint as earned, coalesce(json_agg(json_build_object('name', name, 'quantity', quantity,
      'unitFen', unit_fen, 'payFen', pay_fen, 'returnedQuantity', returned_quantity) order by line_no), '[]') as lines
    from till_line t where t.till_id = s.id) l`

/** A member's receipts, newest first. */
export async function listReceipts(
  db: Reader,
  memberId: string,
  { before, limit }: { before: Place | undefined; limit: number },
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select ${RECEIPT}
    where s.member_id = ${memberId} and s.recorded_at is not null
      and (${before === undefined} or (s.sold_at, s.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by s.sold_at desc, s.id desc limit ${limit}`.execute(db)
  return rows
}

/** One receipt of this member's. */
export async function findReceipt(db: Reader, memberId: string, id: string): Promise<ReceiptRow | undefined> {
  const { rows } = await sql<ReceiptRow>`
    select ${RECEIPT} where s.id = ${id} and s.member_id = ${memberId} and s.recorded_at is not null`.execute(
    db,
  )
  return rows[0]
}

export interface ReturnRow {
  id: string
  soldAt: Date
  paidFen: number
}
/** What came back of a sale, oldest first. */
export async function listReturns(db: Reader, saleId: string): Promise<ReturnRow[]> {
  const { rows } = await sql<ReturnRow>`
    select b.id, b.sold_at as "soldAt", b.paid_fen as "paidFen" from till_sale s
    join till_sale b on b.return_of = s.pos_txn_id and coalesce(b.partner_id::text, 'staff') = coalesce(s.partner_id::text, 'staff')
    where s.id = ${saleId} and b.return_of is not null and b.recorded_at is not null order by b.sold_at, b.id`.execute(
    db,
  )
  return rows
}
