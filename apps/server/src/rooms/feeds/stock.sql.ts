import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Tx } from '#kernel/db'

export interface LevelOf {
  storeId: string
  skuId: string
}
/** What a source has said of a level so far, added up. */
export interface Standing extends LevelOf {
  /** Its newest count: of a full list, or of an event after that list. */
  counted: number | null
  countedAt: Date | null
  knownThrough: number | null
  /** The number of the event that counted; null: a full list did. */
  countedSeq: number | null
  /** When it last counted the level in a full list. */
  listedAt: Date | null
  /** What it moved after that count; everything it ever moved where it never counted. */
  moved: number
  owed: number
}
/**
 * Adds up what the source has said of these levels: the newest full list, the newest count by number after the moment of that list, and the changes
 * by number after that count. It depends on what was said alone, not on the order in which it was heard.
 */
export async function addUp(tx: Tx, sourceId: string, levels: readonly LevelOf[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select k.store_id as "storeId", k.sku_id as "skuId", coalesce(c.counted, l.counted) as counted, coalesce(c.at, l.counted_at) as "countedAt",
      case when c.seq is null then l.known_through else c.known_through end as "knownThrough", c.seq as "countedSeq",
      l.counted_at as "listedAt", coalesce(m.moved, 0) as moved, coalesce(l.owed, 0) as owed
    from unnest(${arrayOf(levels, ({ storeId }) => storeId)}::text[], ${arrayOf(levels, ({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)
    left join feed_level l on l.source_id = ${sourceId} and l.store_id = k.store_id and l.sku_id = k.sku_id
    left join lateral (
      select e.seq, least(e.at, e.heard_at) as at, e.counted, e.known_through from feed_event e
      where e.source_id = ${sourceId} and e.topic = 'stock' and e.store_id = k.store_id and e.sku_id = k.sku_id and e.counted is not null
        and e.state <> 'REFUSED' and (l.counted_at is null or e.at > l.counted_at)
      order by e.seq desc limit 1) c on true
    left join lateral (
      select sum(e.delta) as moved from feed_event e
      where e.source_id = ${sourceId} and e.topic = 'stock' and e.store_id = k.store_id and e.sku_id = k.sku_id and e.delta is not null
        and e.state <> 'REFUSED' and e.seq > coalesce(c.seq, 0) and (c.seq is not null or l.counted_at is null or e.at > l.counted_at)) m on true`.execute(
    tx,
  )
  return rows
}

export interface Count extends LevelOf {
  counted: number
}
/**
 * Keeps what a full list counted where it is newer than the list before, and answers those levels. `heardAt` is the latest moment an event speaks of:
 * without events after the list there is nothing to add up.
 */
export async function keepCounts(
  tx: Tx,
  { sourceId, at, knownThrough }: { sourceId: string; at: Date; knownThrough: number | null },
  counts: readonly Count[],
): Promise<(LevelOf & { owed: number })[]> {
  const { rows } = await sql<LevelOf & { owed: number }>`
    insert into feed_level as l (source_id, store_id, sku_id, counted_at, counted, known_through)
    select ${sourceId}::uuid, store_id, sku_id, ${at}::timestamptz, counted, ${knownThrough}::bigint
    from unnest(${arrayOf(counts, ({ storeId }) => storeId)}::text[], ${arrayOf(counts, ({ skuId }) => skuId)}::uuid[],
      ${arrayOf(counts, ({ counted }) => counted)}::int[]) c(store_id, sku_id, counted)
    on conflict (source_id, store_id, sku_id) do update set counted_at = excluded.counted_at, counted = excluded.counted,
      known_through = excluded.known_through
      where l.counted_at is null or l.counted_at < excluded.counted_at
    returning store_id as "storeId", sku_id as "skuId", owed`.execute(tx)
  return rows
}

export async function setOwed(
  tx: Tx,
  sourceId: string,
  rows: readonly (LevelOf & { owed: number })[],
): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_level (source_id, store_id, sku_id, owed)
    select ${sourceId}::uuid, store_id, sku_id, owed
    from unnest(${arrayOf(rows, ({ storeId }) => storeId)}::text[], ${arrayOf(rows, ({ skuId }) => skuId)}::uuid[],
      ${arrayOf(rows, ({ owed }) => owed)}::int[]) r(store_id, sku_id, owed)
    on conflict (source_id, store_id, sku_id) do update set owed = excluded.owed`.execute(tx)
  return numAffectedRows
}

/** Up to when the stock of these stores is known; never back in time. */
export async function setToldAt(
  tx: Tx,
  sourceId: string,
  stores: readonly { storeId: string; at: Date }[],
): Promise<bigint> {
  if (stores.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    update feed_store s set told_at = greatest(s.told_at, x.at)
    from unnest(${arrayOf(stores, ({ storeId }) => storeId)}::text[], ${arrayOf(stores, ({ at }) => at)}::timestamptz[]) x(store_id, at)
    where s.source_id = ${sourceId} and s.store_id = x.store_id and s.stock`.execute(tx)
  return numAffectedRows
}
