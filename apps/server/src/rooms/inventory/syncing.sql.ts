import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

/** Goods went in or out, or somebody counted them. The words of the index `stock_ledger_moved`. */
const LOOKED_AT = sql.raw(`'SHIP', 'POS_SALE', 'RECEIVE', 'WASTE', 'TRANSFER', 'RETURN', 'ADJUST'`)

export interface Since extends LevelKey {
  at: Date
  knownThrough: number | null
}
export interface Moved extends LevelKey {
  /** Into the store, less out of it. */
  pieces: number
  /** When our own people last corrected the level, if they did. */
  correctedAt: Date | null
}
/**
 * What went into and out of these levels here since they were counted elsewhere, and whether our people counted them after that. What a desk
 * corrects while goods go over a counter (it carries the order's id, or the till's) only says that our book was wrong: the count takes its place.
 */
export async function movedSince(tx: Tx, keys: readonly Since[]): Promise<Moved[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<Moved>`
    select k.store_id as "storeId", k.sku_id as "skuId", coalesce(m.pieces, 0) as pieces, m.corrected_at as "correctedAt"
    from unnest(${arrayOf(keys, ({ storeId }) => storeId)}::text[], ${arrayOf(keys, ({ skuId }) => skuId)}::uuid[],
      ${arrayOf(keys, ({ at }) => at)}::timestamptz[], ${arrayOf(keys, ({ knownThrough }) => knownThrough)}::bigint[]) k(store_id, sku_id, at, known)
    cross join lateral (
      select sum(e.on_hand_delta) filter (where e.reason <> 'ADJUST') as pieces,
        max(e.at) filter (where e.reason = 'ADJUST' and e.order_id is null and e.till_id is null) as corrected_at
      from (
        select * from stock_ledger e
        where e.store_id = k.store_id and e.sku_id = k.sku_id and k.known is null and e.at > k.at and e.reason in (${LOOKED_AT})
        union all
        select * from stock_ledger e
        where e.store_id = k.store_id and e.sku_id = k.sku_id and e.id > k.known and e.reason in (${LOOKED_AT})) e) m
    where m.pieces is not null or m.corrected_at is not null`.execute(tx)
  return rows
}

/** Changes levels and appends to the ledger in one statement; answers how many levels it changed. */
export async function applyWords(
  tx: Tx,
  changes: readonly (LevelKey & { delta: number })[],
  { by, note, at }: { by: string; note: string; at: Date },
): Promise<number> {
  if (changes.length === 0) return 0
  const { numAffectedRows } = await sql`
    with moved as (
      update stock_level l set on_hand = l.on_hand + x.delta, updated_at = ${at},
        shortfall = greatest(l.shortfall, l.reserved - l.on_hand - x.delta)
      from unnest(${arrayOf(changes, ({ storeId }) => storeId)}::text[], ${arrayOf(changes, ({ skuId }) => skuId)}::uuid[],
        ${arrayOf(changes, ({ delta }) => delta)}::int[]) x(store_id, sku_id, delta)
      where l.store_id = x.store_id and l.sku_id = x.sku_id and l.on_hand + x.delta >= 0
      returning l.store_id, l.sku_id, x.delta, l.on_hand, l.reserved)
    insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, note, by, at)
    select store_id, sku_id, 'SYNC', delta, 0, on_hand, reserved, ${note}, ${by}, ${at} from moved`.execute(
    tx,
  )
  return Number(numAffectedRows)
}
