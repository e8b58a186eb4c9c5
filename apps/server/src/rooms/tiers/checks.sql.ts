import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Mark } from '#kernel/nightly-check'

export interface GrowthFault {
  memberId: string
  growth: number
  postings: number
}
export interface Comparison {
  accounts: number
  faults: GrowthFault[]
}
/** Compares every account with its postings, and every purchase with what was counted of it; names 100 faults at most. One statement, so one moment. */
export async function compareSums(db: Reader): Promise<Comparison> {
  const { rows } = await sql<Comparison>`
    with sums as (select member_id, sum(growth) as growth from growth_posting group by 1),
    counted as (select purchase_id, sum(growth) as growth from growth_posting where purchase_id is not null group by 1),
    faults as (
      select a.member_id as "memberId", a.growth, coalesce(s.growth, 0) as postings
      from growth_account a left join sums s using (member_id) where a.growth <> coalesce(s.growth, 0)
      union all
      select g.member_id, g.counted, coalesce(c.growth, 0) from growth_purchase g left join counted c using (purchase_id)
      where g.counted <> coalesce(c.growth, 0)
      order by 1 limit 100)
    select (select count(*) from growth_account) as accounts, (select coalesce(jsonb_agg(faults), '[]') from faults) as faults`.execute(
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
    .insertInto('growth_check')
    .values({ id, at, night, by, accounts, faults: JSON.stringify(faults) })
    .onConflict((conflict) => conflict.column('night').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** One comparison at a time in the whole installation; the lock ends with the transaction. */
export async function claimCheck(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7164233) as mine`.execute(tx)
  return rows[0]?.mine === true
}
export const nightChecked = (db: Reader, night: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('growth_check').select('id').where('night', '=', night).executeTakeFirst()

/** The last thirty, newest first. */
export const listChecks = (db: Reader): Promise<CheckRow[]> =>
  db
    .selectFrom('growth_check')
    .select(['id', 'at', 'night', 'by', 'accounts', sql<GrowthFault[]>`faults`.as('faults')])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(30)
    .execute()
