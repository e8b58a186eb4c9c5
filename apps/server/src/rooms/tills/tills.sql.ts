import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import { type Benefits, type DeskSale, type PricedSale, tellerOf, type Txn } from './view.ts'

export interface Overdue extends Txn {
  storeId: string
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
export const findSale = (db: Reader, txn: Txn): Promise<DeskSale | undefined> =>
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
    .where('pos_txn_id', '=', txn.posTxnId)
    .where(sql<boolean>`coalesce(partner_id::text, 'staff') = ${tellerOf(txn)}`)
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
