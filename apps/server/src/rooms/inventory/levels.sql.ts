import { sql } from 'kysely'
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
  coverDays: number | null
  updatedAt: Date
}
export interface LevelFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  q: string | undefined
  categoryId: string | undefined
}
export type Only = 'sold_out' | 'low' | 'reserved' | 'short'
/** So few left (and more than none) that somebody should look. */
export const LOW_UP_TO = 10

const FREE = sql<number>`free_of(l)`
/** Ordered by shoppers, and not enough fit for sale to hand it over. */
const SHORT = sql<boolean>`l.reserved > l.on_hand - l.expired`

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
    case 'short':
      return query.where(SHORT)
  }
}

const COLUMNS = [
  'l.store_id as storeId',
  'l.sku_id as skuId',
  'l.on_hand as onHand',
  'l.reserved',
  'l.safety',
  'l.activity_locked as activityLocked',
  'l.expired',
  'l.buffer',
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
const COVER_DAYS = sql<
  number | null
>`(select cover_days from safety_rule r where r.store_id = l.store_id and r.sku_id = l.sku_id)`.as(
  'coverDays',
)

/** Least available first. */
export const listLevels = (
  db: Reader,
  filter: LevelFilter,
  { only, limit, offset }: { only: Only | undefined; limit: number; offset: number },
): Promise<LevelRow[]> =>
  narrowed(db, filter, only)
    .select(COLUMNS)
    .select([PICTURE, COVER_DAYS])
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
  short: number
}
export const countLevels = (db: Reader, filter: LevelFilter): Promise<LevelCounts> =>
  matching(db, filter)
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where ${FREE} <= 0)`.as('soldOut'),
      sql<number>`count(*) filter (where ${FREE} > 0 and ${FREE} <= ${LOW_UP_TO})`.as('low'),
      sql<number>`count(*) filter (where l.reserved > 0)`.as('reserved'),
      sql<number>`count(*) filter (where ${SHORT})`.as('short'),
    ])
    .executeTakeFirstOrThrow()

export const findLevel = (db: Reader, { storeId, skuId }: LevelKey): Promise<LevelRow | undefined> =>
  matching(db, { storeIds: [storeId], q: undefined, categoryId: undefined })
    .where('l.sku_id', '=', skuId)
    .select(COLUMNS)
    .select([PICTURE, COVER_DAYS])
    .executeTakeFirst()

export const lockLevel = (tx: Tx, { storeId, skuId }: LevelKey): Promise<Level | undefined> =>
  tx
    .selectFrom('stock_level')
    .select(['store_id as storeId', 'sku_id as skuId', 'on_hand as onHand', 'reserved', 'safety'])
    .select(['activity_locked as activityLocked', 'expired', 'buffer'])
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
    .where(sql<boolean>`(${delta} > 0 or on_hand + ${delta} >= reserved)`)
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
