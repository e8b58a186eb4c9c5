import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Mark } from '#kernel/nightly-check'

export interface CommissionFault {
  /** An account, or the line of an order. */
  subject: string
  kept: number
  postings: number
}
export interface Comparison {
  accounts: number
  faults: CommissionFault[]
}
/**
 * Compares every account with its postings, every line with what was posted of it, and what is being withdrawn with the withdrawals under way; names
 * 100 faults at most. One statement, so one moment.
 */
export async function compareSums(db: Reader): Promise<Comparison> {
  const { rows } = await sql<Comparison>`
    with sums as (
      select account_id, sum(pending_fen) as pending, sum(frozen_fen) as frozen, sum(available_fen) as available,
        sum(withdrawing_fen) as withdrawing, sum(paid_fen) as paid from commission_posting group by 1),
    lines as (
      select order_id, line_no, depth, sum(pending_fen + frozen_fen + available_fen) as fen from commission_posting
      where order_id is not null group by 1, 2, 3),
    waiting as (
      select account_id, sum(amount_fen) as fen from commission_withdrawal where state not in ('PAID', 'CANCELLED') group by 1),
    faults as (
      select 'account:' || a.id as subject, k.kept, k.postings
      from commission_account a left join sums s on s.account_id = a.id left join waiting w on w.account_id = a.id
      cross join lateral (values (a.pending_fen, coalesce(s.pending, 0)), (a.frozen_fen, coalesce(s.frozen, 0)),
        (a.available_fen, coalesce(s.available, 0)), (a.withdrawing_fen, coalesce(s.withdrawing, 0)), (a.paid_fen, coalesce(s.paid, 0)),
        (a.withdrawing_fen, coalesce(w.fen, 0))) as k(kept, postings)
      where k.kept <> k.postings
      union all
      select 'line:' || l.order_id || ':' || l.line_no || ':' || l.depth, l.left_fen, coalesce(p.fen, 0)
      from commission_line l left join lines p using (order_id, line_no, depth) where l.left_fen <> coalesce(p.fen, 0)
      order by 1 limit 100)
    select (select count(*) from commission_account) as accounts, (select coalesce(jsonb_agg(faults), '[]') from faults) as faults`.execute(
    db,
  )
  const [comparison] = rows
  if (!comparison) throw new Error('no comparison')
  return comparison
}

export interface CheckRow extends Mark, Comparison {}
export async function insertCheck(
  tx: Tx,
  { id, at, night, by, accounts, faults }: CheckRow,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('commission_check')
    .values({ id, at, night, by, accounts, faults: JSON.stringify(faults) })
    .onConflict((conflict) => conflict.column('night').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** One comparison at a time in the whole installation; the lock ends with the transaction. */
export async function claimCheck(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7164230) as mine`.execute(tx)
  return rows[0]?.mine === true
}
export const nightChecked = (db: Reader, night: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('commission_check').select('id').where('night', '=', night).executeTakeFirst()

/** The last thirty, newest first. */
export const listChecks = (db: Reader): Promise<CheckRow[]> =>
  db
    .selectFrom('commission_check')
    .select(['id', 'at', 'night', 'by', 'accounts', sql<CommissionFault[]>`faults`.as('faults')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(30)
    .execute()
