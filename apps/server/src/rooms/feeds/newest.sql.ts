import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Tx } from '#kernel/db'

export type FactName = 'price' | 'online' | 'name' | 'unit' | 'category' | 'barcode'
export interface FactKey {
  fact: FactName
  /** Empty for what is the same in every store. */
  storeId: string
  skuId: string
}
export interface Newest extends FactKey {
  /** Of the last full list that said it. */
  listedAt: Date | null
  /** Of the newest event that said it. */
  seq: number | null
  at: Date | null
}
export async function findNewest(
  tx: Tx,
  sourceId: string,
  keys: readonly Omit<FactKey, 'fact'>[],
): Promise<Newest[]> {
  const { rows } = await sql<Newest>`
    select w.fact, w.store_id as "storeId", w.sku_id as "skuId", w.listed_at as "listedAt", w.seq, w.at from feed_word w
    join (select distinct * from unnest(${arrayOf(keys, ({ storeId }) => storeId || '""')}::text[], ${arrayOf(keys, ({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)) k
      on w.store_id = k.store_id and w.sku_id = k.sku_id
    where w.source_id = ${sourceId}`.execute(tx)
  return rows
}
export async function putNewest(tx: Tx, sourceId: string, rows: readonly Newest[]): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_word (source_id, fact, store_id, sku_id, listed_at, seq, at)
    select ${sourceId}::uuid, fact, "storeId", "skuId", "listedAt", seq, at
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (fact text, "storeId" text, "skuId" uuid, "listedAt" timestamptz, seq bigint, at timestamptz)
    on conflict (source_id, fact, store_id, sku_id) do update set listed_at = excluded.listed_at, seq = excluded.seq, at = excluded.at`.execute(
    tx,
  )
  return numAffectedRows
}
