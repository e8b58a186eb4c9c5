import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { LastSign } from './cycle.ts'

/** One thing at a time for one member: what is asked of the rooms below is decided on what stands here. */
export const lockMember = async (tx: Tx, memberId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('rewards ' || ${memberId}, 0))`.execute(tx)

export const findLast = (
  db: Reader,
  memberId: string,
): Promise<(LastSign & { points: number }) | undefined> =>
  db
    .selectFrom('sign_in')
    .select([sql<string>`day::text`.as('day'), 'streak', 'points'])
    .where('member_id', '=', memberId)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()

/** False: this day is signed already. */
export const insertSignIn = async (
  tx: Tx,
  row: { memberId: string; day: string; streak: number; points: number; at: Date },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sign_in')
    .values({
      member_id: row.memberId,
      day: row.day,
      streak: row.streak,
      points: row.points,
      at: row.at,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** How many signed in on the last day, and in all days from the first on. */
export async function sumSignIns(
  db: Reader,
  { from, today }: { from: string; today: string },
): Promise<{ today: number; times: number; points: number }> {
  const { rows } = await sql<{ today: number; times: number; points: number }>`
    select count(*) filter (where day = ${today}::date) as today, count(*) as times, coalesce(sum(points), 0)::bigint as points
    from sign_in where day between ${from}::date and ${today}::date`.execute(db)
  return rows[0] ?? { today: 0, times: 0, points: 0 }
}
