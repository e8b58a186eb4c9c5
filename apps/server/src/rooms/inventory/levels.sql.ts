import { type Selectable, sql } from 'kysely'
import type { StockLedger } from '#db/schema'
import type { Reader, Tx } from '#kernel/db'
import type { Level, LevelKey } from './level.ts'

/** A level as the console shows it, with what it is a level of. */
export interface LevelRow extends Level {
  productId: string
  name: string
  barcode: string
  unit: string
  pictureId: string | null
  shelf: string | null
  updatedAt: Date
}
export interface LevelFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  q: string | undefined
  categoryId: string | undefined
}
export type Only = 'sold_out' | 'low' | 'reserved'
/** So few left (and more than none) that somebody should look. */
export const LOW_UP_TO = 10

const FREE = sql<number>`(l.on_hand - l.reserved - l.safety - l.activity_locked)`

const matching = (db: Reader, { storeIds, q, categoryId }: LevelFilter) => {
  let query = db
    .selectFrom('stock_level as l')
    .innerJoin('sku', 'sku.id', 'l.sku_id')
    .innerJoin('product', 'product.id', 'sku.product_id')
    .leftJoin('listing', (join) =>
      join.onRef('listing.store_id', '=', 'l.store_id').onRef('listing.sku_id', '=', 'l.sku_id'),
    )
  if (storeIds) query = query.where(sql<boolean>`l.store_id = any(${storeIds}::text[])`)
  if (categoryId) query = query.where('product.category_id', '=', categoryId)
  if (q)
    query = query.where(
      sql<boolean>`(strpos(lower(product.name), lower(${q})) > 0 or starts_with(sku.barcode, ${q}) or starts_with(coalesce(listing.shelf, ''), upper(${q})))`,
    )
  return query
}
const narrowed = (db: Reader, filter: LevelFilter, only: Only | undefined) => {
  const query = matching(db, filter)
  switch (only) {
    case undefined:
      return query
    case 'sold_out':
      return query.where(FREE, '<=', 0)
    case 'low':
      return query.where(FREE, '>', 0).where(FREE, '<=', LOW_UP_TO)
    case 'reserved':
      return query.where('l.reserved', '>', 0)
  }
}

const COLUMNS = [
  'l.store_id as storeId',
  'l.sku_id as skuId',
  'l.on_hand as onHand',
  'l.reserved',
  'l.safety',
  'l.activity_locked as activityLocked',
  'l.updated_at as updatedAt',
  'product.id as productId',
  'product.name',
  'product.unit',
  'sku.barcode',
  'listing.shelf',
] as const
const PICTURE = sql<
  string | null
>`(select picture_id from product_picture p where p.product_id = product.id order by position limit 1)`.as(
  'pictureId',
)

/** Least available first. */
export const listLevels = (
  db: Reader,
  filter: LevelFilter,
  { only, limit, offset }: { only: Only | undefined; limit: number; offset: number },
): Promise<LevelRow[]> =>
  narrowed(db, filter, only)
    .select(COLUMNS)
    .select(PICTURE)
    .orderBy(FREE)
    .orderBy('product.name')
    .orderBy('l.store_id')
    .orderBy('l.sku_id')
    .limit(limit)
    .offset(offset)
    .execute()

export interface LevelCounts {
  total: number
  soldOut: number
  low: number
  reserved: number
}
export const countLevels = (db: Reader, filter: LevelFilter): Promise<LevelCounts> =>
  matching(db, filter)
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where ${FREE} <= 0)`.as('soldOut'),
      sql<number>`count(*) filter (where ${FREE} > 0 and ${FREE} <= ${LOW_UP_TO})`.as('low'),
      sql<number>`count(*) filter (where l.reserved > 0)`.as('reserved'),
    ])
    .executeTakeFirstOrThrow()

export const findLevel = (db: Reader, { storeId, skuId }: LevelKey): Promise<LevelRow | undefined> =>
  matching(db, { storeIds: [storeId], q: undefined, categoryId: undefined })
    .where('l.sku_id', '=', skuId)
    .select(COLUMNS)
    .select(PICTURE)
    .executeTakeFirst()

export const lockLevel = (tx: Tx, { storeId, skuId }: LevelKey): Promise<Level | undefined> =>
  tx
    .selectFrom('stock_level')
    .select(['store_id as storeId', 'sku_id as skuId', 'on_hand as onHand', 'reserved', 'safety'])
    .select('activity_locked as activityLocked')
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .forUpdate()
    .executeTakeFirst()

/** Guarded twice: here, and by the table's own constraint. False: what is left would not cover what was ordered. */
export const changeOnHand = async (
  tx: Tx,
  { storeId, skuId }: LevelKey,
  delta: number,
  at: Date,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set({ on_hand: sql`on_hand + ${delta}`, updated_at: at })
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .where(sql<boolean>`on_hand + ${delta} >= reserved`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const setSafety = async (
  tx: Tx,
  { storeId, skuId }: LevelKey,
  safety: number,
  at: Date,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set({ safety, updated_at: at })
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Adjustment extends LevelKey {
  reason: 'ADJUST' | 'RECEIVE' | 'RETURN'
  delta: number
  onHandAfter: number
  reservedAfter: number
  key: string
  note: string
  by: string
  at: Date
}
export const insertAdjustment = async (tx: Tx, row: Adjustment): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('stock_ledger')
    .values({
      store_id: row.storeId,
      sku_id: row.skuId,
      reason: row.reason,
      on_hand_delta: row.delta,
      reserved_delta: 0,
      on_hand_after: row.onHandAfter,
      reserved_after: row.reservedAfter,
      idem_key: row.key,
      note: row.note,
      by: row.by,
      at: row.at,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export const findAdjustment = (
  tx: Tx,
  { storeId, skuId }: LevelKey,
  key: string,
): Promise<{ reason: string; delta: number; note: string | null } | undefined> =>
  tx
    .selectFrom('stock_ledger')
    .select(['reason', 'on_hand_delta as delta', 'note'])
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .where('idem_key', '=', key)
    .executeTakeFirst()

export interface EntryRow extends Pick<Selectable<StockLedger>, 'id' | 'at' | 'reason' | 'note' | 'by'> {
  onHandDelta: number
  reservedDelta: number
  onHandAfter: number
  reservedAfter: number
  orderNo: string | null
}
export const listEntries = (
  db: Reader,
  { storeId, skuId }: LevelKey,
  { limit, offset }: { limit: number; offset: number },
): Promise<EntryRow[]> =>
  db
    .selectFrom('stock_ledger as e')
    .leftJoin('orders', 'orders.id', 'e.order_id')
    .select(['e.id', 'e.at', 'e.reason', 'e.note', 'e.by', 'orders.no as orderNo'])
    .select(['e.on_hand_delta as onHandDelta', 'e.reserved_delta as reservedDelta'])
    .select(['e.on_hand_after as onHandAfter', 'e.reserved_after as reservedAfter'])
    .where('e.store_id', '=', storeId)
    .where('e.sku_id', '=', skuId)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countEntries = (db: Reader, { storeId, skuId }: LevelKey): Promise<{ total: number }> =>
  db
    .selectFrom('stock_ledger')
    .select(sql<number>`count(*)`.as('total'))
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirstOrThrow()

export interface SumFault extends LevelKey {
  onHand: number
  reserved: number
  ledgerOnHand: number
  ledgerReserved: number
}
/** Levels that are not the sum of their ledger; 100 at most. One statement, so one moment. */
export const listSumFaults = (db: Reader): Promise<SumFault[]> =>
  db
    .with('sums', (cte) =>
      cte
        .selectFrom('stock_ledger')
        .select(['store_id', 'sku_id', sql<number>`sum(on_hand_delta)`.as('on_hand')])
        .select(sql<number>`sum(reserved_delta)`.as('reserved'))
        .groupBy(['store_id', 'sku_id']),
    )
    .selectFrom('stock_level as l')
    .leftJoin('sums as s', (join) =>
      join.onRef('s.store_id', '=', 'l.store_id').onRef('s.sku_id', '=', 'l.sku_id'),
    )
    .select(['l.store_id as storeId', 'l.sku_id as skuId', 'l.on_hand as onHand', 'l.reserved'])
    .select([
      sql<number>`coalesce(s.on_hand, 0)`.as('ledgerOnHand'),
      sql<number>`coalesce(s.reserved, 0)`.as('ledgerReserved'),
    ])
    .where(sql<boolean>`(l.on_hand, l.reserved) <> (coalesce(s.on_hand, 0), coalesce(s.reserved, 0))`)
    .orderBy('l.store_id')
    .orderBy('l.sku_id')
    .limit(100)
    .execute()
