import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface Count {
  storeId: string
  day: string
  word: string
  hits: number
}

/** Adds counts to those of the day. */
export const addCounts = async (tx: Tx, counts: readonly Count[]): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into search_count (store_id, day, word, hits)
    select store_id, day::date, word, hits from json_to_recordset(${JSON.stringify(
      counts.map(({ storeId, day, word, hits }) => ({ store_id: storeId, day, word, hits })),
    )}::json) as counted (store_id text, day text, word text, hits integer)
    order by store_id, day, word
    on conflict (store_id, day, word) do update set hits = search_count.hits + excluded.hits`.execute(tx)
  return numAffectedRows
}

/** Words of a store since a day, most searched first, that were searched at least `fewest` times. */
export const listHotWords = (
  db: Reader,
  { storeId, since, fewest, limit }: { storeId: string; since: string; fewest: number; limit: number },
): Promise<{ word: string }[]> =>
  db
    .selectFrom('search_count')
    .select('word')
    .where('store_id', '=', storeId)
    .where('day', '>=', since)
    .groupBy('word')
    .having((eb) => eb.fn.sum('hits'), '>=', fewest)
    .orderBy((eb) => eb.fn.sum('hits'), 'desc')
    .orderBy('word')
    .limit(limit)
    .execute()

export const dropOldCounts = async (tx: Tx, before: string): Promise<bigint> => {
  const { numDeletedRows } = await tx.deleteFrom('search_count').where('day', '<', before).executeTakeFirst()
  return numDeletedRows
}
