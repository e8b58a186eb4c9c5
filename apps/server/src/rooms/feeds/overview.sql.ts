import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import { type Run, runColumns } from './runs.sql.ts'

export interface SourceCount {
  sourceId: string
  count: number
}
/** Rows of runs since `since` that wait for somebody, by source; in these stores where a scope is given. */
export async function countOpenFaults(
  db: Reader,
  { since, storeIds }: { since: Date; storeIds: readonly string[] | null },
): Promise<SourceCount[]> {
  const { rows } = await sql<SourceCount>`
    select r.source_id as "sourceId", count(*) as count from feed_run r join feed_fault f on f.run_id = r.id
    where r.opened_at > ${since} and f.mended_at is null and (${storeIds}::text[] is null or f.store_id = any(${storeIds}::text[]))
    group by 1`.execute(db)
  return rows
}
export const countGoodsBySource = (db: Reader): Promise<SourceCount[]> =>
  db
    .selectFrom('feed_goods')
    .select(['source_id as sourceId', sql<number>`count(*)`.as('count')])
    .groupBy('source_id')
    .execute()

export interface RunFilter {
  sourceId: string | undefined
  state: string | undefined
  refused: boolean
}
export interface RunShown extends Run {
  sourceCode: string
  sourceName: string
}
const matching = (db: Reader, { sourceId, state, refused }: RunFilter) => {
  let query = db.selectFrom('feed_run as r').innerJoin('feed_source as s', 's.id', 'r.source_id')
  if (sourceId) query = query.where('r.source_id', '=', sourceId)
  if (state) query = query.where('r.state', '=', state)
  if (refused)
    query = query.where(
      sql<boolean>`exists (select from feed_fault f where f.run_id = r.id and f.mended_at is null)`,
    )
  return query
}
export const listRuns = (
  db: Reader,
  filter: RunFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<RunShown[]> =>
  matching(db, filter)
    .select(runColumns())
    .select(['s.code as sourceCode', 's.name as sourceName'])
    .orderBy('r.opened_at', 'desc')
    .orderBy('r.no', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countRuns = async (db: Reader, filter: RunFilter): Promise<number> => {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
export const findShown = (db: Reader, id: string): Promise<RunShown | undefined> =>
  matching(db, { sourceId: undefined, state: undefined, refused: false })
    .select(runColumns())
    .select(['s.code as sourceCode', 's.name as sourceName'])
    .where('r.id', '=', id)
    .executeTakeFirst()
