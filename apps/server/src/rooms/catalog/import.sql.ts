import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { ProductValues } from './goods.sql.ts'

/** Locks the products that have these barcodes; answers their ids. */
export const lockProducts = (tx: Tx, barcodes: readonly string[]): Promise<{ id: string }[]> =>
  tx
    .selectFrom('product')
    .select('id')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('sku')
        .select('product_id')
        .where(sql<boolean>`barcode = any(${barcodes}::text[])`),
    )
    .orderBy('id')
    .forUpdate()
    .execute()

export const lockListings = (tx: Tx, productIds: readonly string[]): Promise<{ storeId: string }[]> =>
  tx
    .selectFrom('listing')
    .select('store_id as storeId')
    .where('sku_id', 'in', (eb) =>
      eb
        .selectFrom('sku')
        .select('id')
        .where(sql<boolean>`product_id = any(${productIds}::uuid[])`),
    )
    .orderBy('store_id')
    .orderBy('sku_id')
    .forUpdate()
    .execute()

export interface NewProductRow extends ProductValues {
  id: string
  skuId: string
  barcode: string
}

export const insertProducts = async (tx: Tx, rows: readonly NewProductRow[], at: Date): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into product (id, name, subtitle, description, category_id, unit, speciality, facts, created_at, updated_at)
    select id, name, subtitle, description, "categoryId", unit, speciality, facts, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      id uuid, name text, subtitle text, description text, "categoryId" text, unit text, speciality boolean, facts jsonb)`.execute(
    tx,
  )
  return numAffectedRows
}

/** Violates `sku_barcode_key` when a barcode was taken since the products were locked. */
export const insertSkus = async (tx: Tx, rows: readonly NewProductRow[]): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into sku (id, product_id, barcode, piece_grams, per_grams)
    select "skuId", id, barcode, (weight ->> 'pieceGrams')::int, (weight ->> 'perGrams')::int
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (id uuid, "skuId" uuid, barcode text, weight jsonb)`.execute(
    tx,
  )
  return numAffectedRows
}

export const updateSkus = async (
  tx: Tx,
  rows: readonly (ProductValues & { skuId: string })[],
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    update sku set piece_grams = (weight ->> 'pieceGrams')::int, per_grams = (weight ->> 'perGrams')::int
    from json_to_recordset(${JSON.stringify(rows)}::json) as given ("skuId" uuid, weight jsonb)
    where sku.id = given."skuId"`.execute(tx)
  return numAffectedRows
}

export const updateProducts = async (
  tx: Tx,
  rows: readonly (ProductValues & { id: string })[],
  at: Date,
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    update product set name = given.name, subtitle = given.subtitle, category_id = given."categoryId", unit = given.unit,
      speciality = given.speciality, version = version + 1, updated_at = ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      id uuid, name text, subtitle text, "categoryId" text, unit text, speciality boolean)
    where product.id = given.id`.execute(tx)
  return numAffectedRows
}
