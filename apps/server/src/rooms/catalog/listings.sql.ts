import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface ListingValues {
  priceFen: number
  onlinePriceFen: number | null
  onShelf: boolean
  shelf: string | null
}

/** The SKU of a product and, locked, its listing in a store. */
export const lockListing = async (
  tx: Tx,
  storeId: string,
  skuId: string,
): Promise<ListingValues | undefined> =>
  tx
    .selectFrom('listing')
    .select(['price_fen as priceFen', 'online_price_fen as onlinePriceFen', 'on_shelf as onShelf', 'shelf'])
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .forUpdate()
    .executeTakeFirst()

export interface ListingRow extends ListingValues {
  storeId: string
  skuId: string
}

/** Writes listings, whether or not the stores had them. The table itself keeps the price history. */
export const putListings = async (
  tx: Tx,
  rows: readonly ListingRow[],
  { at, by }: { at: Date; by: string },
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into listing (store_id, sku_id, price_fen, online_price_fen, on_shelf, shelf, updated_at, updated_by)
    select "storeId", "skuId", "priceFen", "onlinePriceFen", "onShelf", shelf, ${at}::timestamptz, ${by}::text
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      "storeId" text, "skuId" uuid, "priceFen" bigint, "onlinePriceFen" bigint, "onShelf" boolean, shelf text)
    order by "storeId", "skuId"
    on conflict (store_id, sku_id) do update set
      price_fen = excluded.price_fen, online_price_fen = excluded.online_price_fen, on_shelf = excluded.on_shelf,
      shelf = excluded.shelf, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(tx)
  return numAffectedRows
}

export interface Shelving {
  productIds: readonly string[]
  storeIds: readonly string[]
  onShelf: boolean
}

/** How many listings a shelving would change, and how many are that way already. */
export const countShelving = async (
  db: Reader,
  { productIds, storeIds, onShelf }: Shelving,
): Promise<{ changed: number; unchanged: number }> =>
  db
    .selectFrom('listing')
    .innerJoin('sku', 'sku.id', 'listing.sku_id')
    .select([
      sql<number>`count(*) filter (where on_shelf <> ${onShelf})`.as('changed'),
      sql<number>`count(*) filter (where on_shelf = ${onShelf})`.as('unchanged'),
    ])
    .where(sql<boolean>`sku.product_id = any(${productIds}::uuid[])`)
    .where(sql<boolean>`listing.store_id = any(${storeIds}::text[])`)
    .executeTakeFirstOrThrow()

/** Puts listings on or off the shelf; answers how many were the other way. */
export const shelve = async (
  tx: Tx,
  { productIds, storeIds, onShelf }: Shelving,
  { at, by }: { at: Date; by: string },
): Promise<number> => {
  const { numUpdatedRows } = await tx
    .updateTable('listing')
    .set({ on_shelf: onShelf, updated_at: at, updated_by: by })
    .where('sku_id', 'in', (eb) =>
      eb
        .selectFrom('sku')
        .select('id')
        .where(sql<boolean>`product_id = any(${productIds}::uuid[])`),
    )
    .where(sql<boolean>`store_id = any(${storeIds}::text[])`)
    .where('on_shelf', '<>', onShelf)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface PriceChange {
  storeId: string
  priceFen: number
  onlinePriceFen: number | null
  at: Date
  by: string
}
export interface PriceFilter {
  skuId: string
  /** Null: every store. */
  storeIds: readonly string[] | null
}

const history = (db: Reader, { skuId, storeIds }: PriceFilter) => {
  const query = db.selectFrom('price_change').where('sku_id', '=', skuId)
  return storeIds ? query.where(sql<boolean>`store_id = any(${storeIds}::text[])`) : query
}

export const listPriceChanges = (
  db: Reader,
  filter: PriceFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<PriceChange[]> =>
  history(db, filter)
    .select([
      'store_id as storeId',
      'price_fen as priceFen',
      'online_price_fen as onlinePriceFen',
      'at',
      'by',
    ])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export const countPriceChanges = async (db: Reader, filter: PriceFilter): Promise<number> => {
  const { count } = await history(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
