import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'
import type { PriceAt } from './base-price.ts'
import type { ListingRow } from './listings.sql.ts'

export interface ListingKey {
  storeId: string
  skuId: string
}
/** The listings there are of these, locked in the order of store and SKU. */
export async function lockListings(tx: Tx, keys: readonly ListingKey[]): Promise<ListingRow[]> {
  const { rows } = await sql<ListingRow>`
    select l.store_id as "storeId", l.sku_id as "skuId", l.price_fen as "priceFen", l.online_price_fen as "onlinePriceFen", l.on_shelf as "onShelf", l.shelf
    from listing l
    join unnest(${arrayOf(keys, ({ storeId }) => storeId)}::text[], ${arrayOf(keys, ({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)
      on l.store_id = k.store_id and l.sku_id = k.sku_id
    order by l.store_id, l.sku_id for no key update of l`.execute(tx)
  return rows
}

/** What these listings cost since they are listed, oldest first. */
export async function pricesOf(db: Reader, keys: readonly ListingKey[]): Promise<(ListingKey & PriceAt)[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<ListingKey & PriceAt>`
    select c.store_id as "storeId", c.sku_id as "skuId", c.price_fen as "priceFen", c.online_price_fen as "onlinePriceFen", c.at
    from unnest(${arrayOf(keys, ({ storeId }) => storeId)}::text[], ${arrayOf(keys, ({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)
    join price_change c on c.store_id = k.store_id and c.sku_id = k.sku_id order by c.at, c.id`.execute(db)
  return rows
}

export interface ProductFacts {
  skuId: string
  productId: string
  barcode: string
  name: string
  unit: string
  categoryId: string
}
/** Products of these SKUs, locked. */
export async function lockFacts(tx: Tx, skuIds: readonly string[]): Promise<ProductFacts[]> {
  const { rows } = await sql<ProductFacts>`
    select s.id as "skuId", p.id as "productId", s.barcode, p.name, p.unit, p.category_id as "categoryId"
    from sku s join product p on p.id = s.product_id
    where s.id = any(${arrayOf(skuIds, (id) => id)}::uuid[]) order by p.id for update of p`.execute(tx)
  return rows
}
export const findBarcodes = (
  db: Reader,
  barcodes: readonly string[],
): Promise<{ barcode: string; skuId: string }[]> =>
  db
    .selectFrom('sku')
    .select(['barcode', 'id as skuId'])
    .where(sql<boolean>`barcode = any(${barcodes}::text[])`)
    .execute()

export async function setFacts(tx: Tx, rows: readonly ProductFacts[], at: Date): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    update product p set name = r.name, unit = r.unit, category_id = r."categoryId", version = p.version + 1, updated_at = ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("productId" uuid, name text, unit text, "categoryId" text)
    where p.id = r."productId"`.execute(tx)
  return numAffectedRows
}
/** Violates `sku_barcode_key` when another SKU has it. */
export const setBarcode = async (tx: Tx, skuId: string, barcode: string): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('sku')
    .set({ barcode })
    .where('id', '=', skuId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
