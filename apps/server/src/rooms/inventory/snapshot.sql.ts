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
