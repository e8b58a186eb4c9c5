import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Mark } from '#kernel/nightly-check'

export type Ledger = 'points' | 'value'

/** A figure that is not the sum of its postings. */
export interface Fault {
  /** Null: of a book that no posting speaks of. */
  memberId: string | null
  book: 'account' | 'lot' | 'spend' | 'grant'
  figure: 'available' | 'frozen' | 'held' | 'debt' | 'points' | 'kept'
  /** Null of a sale at a till too. */
  orderId: string | null
  lastDay: string | null
  stands: number
  posted: number
}
export interface Comparison {
  accounts: number
  wrong: number
  faults: Fault[]
}

const MOST_NAMED = 100

/*
 * Whole tables are read and grouped: each comparison is one statement, so one moment, and PostgreSQL groups on disk what does not fit its memory.
 * A book without postings and postings without a book are found alike.
 */

/** Accounts, lots, spends and grants of points beside the sum of their postings. */
export async function comparePoints(db: Reader): Promise<Comparison> {
  const { rows } = await sql<Comparison>`
    with faults as (
      select member_id as "memberId", 'account' as book, f.figure, null::uuid as "orderId", null::date as "lastDay", f.stands, f.posted
      from points_account a full join (
        select member_id, sum(available) as available, sum(frozen) as frozen, sum(held) as held, sum(debt) as debt from point_posting group by 1) p
        using (member_id)
      cross join lateral (values ('available', a.available, p.available), ('frozen', a.frozen, p.frozen), ('held', a.held, p.held),
        ('debt', a.debt, p.debt)) f (figure, stands, posted)
      where coalesce(f.stands, 0) <> coalesce(f.posted, 0)
      union all
      select member_id, 'lot', 'available', null, last_day, l.available, p.available
      from point_lot l full join (select member_id, last_day, sum(available) as available from point_posting where available <> 0 group by 1, 2) p
        using (member_id, last_day)
      where coalesce(l.available, 0) <> coalesce(p.available, 0)
      union all
      select (select member_id from point_posting o where o.purchase_id = x.purchase_id limit 1), 'spend', x.figure, x.order_id, x.last_day, x.stands,
        x.posted
      from (
        select purchase_id, coalesce(s.order_id, p.order_id) as order_id, last_day, f.* from point_spend s full join (
          select purchase_id, order_id, spent_day as last_day, sum(spent) filter (where spent > 0) as points, sum(spent) as kept from point_posting
          where spent <> 0 group by 1, 2, 3) p using (purchase_id, last_day)
        cross join lateral (values ('points', s.points, p.points), ('kept', s.kept, p.kept)) f (figure, stands, posted)
        where coalesce(f.stands, 0) <> coalesce(f.posted, 0)) x
      union all
      select member_id, 'grant', f.figure, coalesce(g.order_id, p.order_id), null, f.stands, f.posted
      from point_grant g full join (
        select purchase_id, order_id, member_id, sum(frozen) filter (where reason = 'earn') as points, sum(frozen) as frozen from point_posting
        where frozen <> 0 group by 1, 2, 3) p using (purchase_id, member_id)
      cross join lateral (values ('points', g.points, p.points), ('frozen', g.frozen, p.frozen)) f (figure, stands, posted)
      where coalesce(f.stands, 0) <> coalesce(f.posted, 0)),
    named as (
      select "memberId", book, figure, "orderId", "lastDay", coalesce(stands, 0) as stands, coalesce(posted, 0) as posted
      from faults order by book, "memberId", "lastDay", "orderId", figure limit ${MOST_NAMED})
    select (select count(*) from points_account) as accounts, (select count(*) from faults) as wrong,
      (select coalesce(jsonb_agg(named), '[]') from named) as faults`.execute(db)
  return comparisonIn(rows)
}

/** Accounts of stored value beside the sum of their postings. */
export async function compareValue(db: Reader): Promise<Comparison> {
  const { rows } = await sql<Comparison>`
    with faults as (
      select member_id as "memberId", f.figure, coalesce(f.stands, 0) as stands, coalesce(f.posted, 0) as posted
      from value_account a full join (
        select member_id, sum(available_fen) as available, sum(held_fen) as held from value_posting group by 1) p using (member_id)
      cross join lateral (values ('available', a.available_fen, p.available), ('held', a.held_fen, p.held)) f (figure, stands, posted)
      where coalesce(f.stands, 0) <> coalesce(f.posted, 0)),
    named as (
      select *, 'account' as book, null as "orderId", null as "lastDay" from faults order by "memberId", figure limit ${MOST_NAMED})
    select (select count(*) from value_account) as accounts, (select count(*) from faults) as wrong,
      (select coalesce(jsonb_agg(named), '[]') from named) as faults`.execute(db)
  return comparisonIn(rows)
}

function comparisonIn([comparison]: readonly Comparison[]): Comparison {
  if (!comparison) throw new Error('no comparison')
  return comparison
}

export interface CheckRow extends Mark, Comparison {}
/** False: this night was checked already, by this process or another. */
export async function insertCheck(tx: Tx, ledger: Ledger, { faults, ...row }: CheckRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('ledger_check')
    .values({ ...row, ledger, faults: JSON.stringify(faults) })
    .onConflict((conflict) => conflict.columns(['ledger', 'night']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** One comparison of a ledger at a time in the whole installation; the lock ends with the transaction. */
export async function claimCheck(tx: Tx, ledger: Ledger): Promise<boolean> {
  const { rows } = await sql<{
    mine: boolean
  }>`select pg_try_advisory_xact_lock(7164232, hashtext(${ledger})) as mine`.execute(tx)
  return rows[0]?.mine === true
}

export const nightChecked = (
  db: Reader,
  ledger: Ledger,
  night: string,
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('ledger_check')
    .select('id')
    .where('ledger', '=', ledger)
    .where('night', '=', night)
    .executeTakeFirst()

/** The last ones, newest first. */
export const listChecks = (db: Reader, ledger: Ledger, limit: number): Promise<CheckRow[]> =>
  db
    .selectFrom('ledger_check')
    .select(['id', 'at', 'night', 'by', 'accounts', 'wrong', sql<Fault[]>`faults`.as('faults')])
    .where('ledger', '=', ledger)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
