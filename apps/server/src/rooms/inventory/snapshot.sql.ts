import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { LevelKey } from './level.ts'

export interface FreeLevel extends LevelKey {
  free: number
}
const FREE = sql<number>`free_of(stock_level)`.as('free')

export const readAll = (db: Reader): Promise<FreeLevel[]> =>
  db.selectFrom('stock_level').select(['store_id as storeId', 'sku_id as skuId', FREE]).execute()

export const readOne = (db: Reader, { storeId, skuId }: LevelKey): Promise<FreeLevel[]> =>
  db
    .selectFrom('stock_level')
    .select(['store_id as storeId', 'sku_id as skuId', FREE])
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .execute()

export const readStore = (db: Reader, storeId: string): Promise<FreeLevel[]> =>
  db
    .selectFrom('stock_level')
    .select(['store_id as storeId', 'sku_id as skuId', FREE])
    .where('store_id', '=', storeId)
    .execute()

/** Levels that have an entry in the ledger above `floor`. */
export const readChanged = (db: Reader, floor: number): Promise<FreeLevel[]> =>
  db
    .with('changed', (cte) =>
      cte.selectFrom('stock_ledger').select(['store_id', 'sku_id']).distinct().where('id', '>', floor),
    )
    .selectFrom('changed')
    .innerJoin('stock_level', (join) =>
      join
        .onRef('stock_level.store_id', '=', 'changed.store_id')
        .onRef('stock_level.sku_id', '=', 'changed.sku_id'),
    )
    .select(['stock_level.store_id as storeId', 'stock_level.sku_id as skuId', FREE])
    .execute()

/** Where the ledger stands: its last visible entry, the oldest transaction still under way, the next one to begin. */
export interface Position {
  top: number
  oldest: number
  next: number
}
export async function readPosition(db: Reader): Promise<Position> {
  const { rows } = await sql<Position>`
    select coalesce((select max(id) from stock_ledger), 0) as top, pg_snapshot_xmin(s)::text::bigint as oldest, pg_snapshot_xmax(s)::text::bigint as next
    from pg_current_snapshot() s`.execute(db)
  const [position] = rows
  if (!position) throw new Error('no position')
  return position
}
