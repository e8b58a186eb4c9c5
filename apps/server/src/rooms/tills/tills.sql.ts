import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Benefits, DeskSale, PricedSale } from './view.ts'

export interface Overdue {
  partnerId: string
  storeId: string
  posTxnId: string
}
/** Reservations whose time is over: candidates only, nothing is locked. */
export const listOverdue = (db: Reader, at: Date, limit: number): Promise<Overdue[]> =>
  db
    .selectFrom('till_sale')
    .select(['partner_id as partnerId', 'store_id as storeId', 'pos_txn_id as posTxnId'])
    .where('benefits', '=', 'RESERVED')
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .execute()

/** One transaction of a partner as it stands. */
export const findSale = (db: Reader, partnerId: string, posTxnId: string): Promise<DeskSale | undefined> =>
  db
    .selectFrom('till_sale')
    .select(['id', 'partner_id as partnerId', 'store_id as storeId', 'pos_txn_id as posTxnId'])
    .select([
      'member_id as memberId',
      'used_points as usedPoints',
      'expires_at as expiresAt',
      'began_at as beganAt',
    ])
    .select(['redeemed_at as redeemedAt', 'reversed_at as reversedAt', 'reverse_reason as reverseReason'])
    .select(['sold_at as soldAt', 'recorded_at as recordedAt', 'paid_fen as paidFen'])
    .select(['return_of as returnOf', 'returned_id as returnedId'])
    .select([
      sql<DeskSale['kind']>`kind`.as('kind'),
      sql<Benefits>`benefits`.as('benefits'),
      sql<PricedSale | null>`priced`.as('priced'),
      sql<string | null>`encode(reserve_hash, 'hex')`.as('reserveHash'),
      sql<string | null>`encode(receipt_hash, 'hex')`.as('receiptHash'),
    ])
    .where('pos_txn_id', '=', posTxnId)
    .where(sql<boolean>`partner_id::text = ${partnerId}`)
    .executeTakeFirst()

export const findById = (
  db: Reader,
  id: string,
): Promise<{ soldAt: Date | null; paidFen: number | null } | undefined> =>
  db
    .selectFrom('till_sale')
    .select(['sold_at as soldAt', 'paid_fen as paidFen'])
    .where('id', '=', id)
    .executeTakeFirst()

export interface ReceiptRow {
  id: string
  kind: 'sale' | 'return'
  storeId: string
  posTxnId: string
  soldAt: Date
  paidFen: number
  earnedPoints: number
  lines: { name: string; quantity: number; payFen: number; returnedQuantity: number }[]
}
/** A member's receipts, newest first. */
export async function listReceipts(
  db: Reader,
  memberId: string,
  { before, limit }: { before: { soldAt: Date; id: string } | null; limit: number },
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select s.id, s.kind, s.store_id as "storeId", s.pos_txn_id as "posTxnId", s.sold_at as "soldAt", s.paid_fen as "paidFen",
      l.earned as "earnedPoints", l.lines
    from till_sale s cross join lateral (
      select coalesce(sum(earned_points), 0)::bigint as earned, coalesce(json_agg(json_build_object('name', name, 'quantity', quantity,
        'payFen', pay_fen, 'returnedQuantity', returned_quantity) order by line_no), '[]') as lines
      from till_line t where t.till_id = s.id) l
    where s.member_id = ${memberId} and s.recorded_at is not null
      and (${before === null} or (s.sold_at, s.id) < (${before?.soldAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by s.sold_at desc, s.id desc limit ${limit}`.execute(db)
  return rows
}
