import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { BundlePart, Facts, SoldByWeight } from './snapshot.sql.ts'

export interface ProductValues {
  name: string
  subtitle: string
  description: string
  categoryId: string
  unit: string
  /** Kept with the SKU. */
  weight: SoldByWeight | null
  speciality: boolean
  facts: Facts
}

const weightColumns = (weight: SoldByWeight | null) => ({
  piece_grams: weight?.pieceGrams ?? null,
  per_grams: weight?.perGrams ?? null,
})

const columnsOf = (values: ProductValues) => ({
  name: values.name,
  subtitle: values.subtitle,
  description: values.description,
  category_id: values.categoryId,
  unit: values.unit,
  speciality: values.speciality,
  facts: JSON.stringify(values.facts),
})

/** Violates `product_category_id_fkey` when there is no such category. */
export const insertProduct = async (
  tx: Tx,
  id: string,
  values: ProductValues,
  at: Date,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('product')
    .values({ id, ...columnsOf(values), created_at: at, updated_at: at })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Violates `sku_barcode_key` when another product has the barcode. */
export const insertSku = async (
  tx: Tx,
  {
    id,
    productId,
    barcode,
    weight,
    isBundle,
  }: { id: string; productId: string; barcode: string; weight: SoldByWeight | null; isBundle: boolean },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sku')
    .values({ id, product_id: productId, barcode, is_bundle: isBundle, ...weightColumns(weight) })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const updateSku = async (tx: Tx, id: string, { weight }: ProductValues): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('sku')
    .set(weightColumns(weight))
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const deleteComponents = async (tx: Tx, bundleId: string): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('bundle_component')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst()
  return numDeletedRows
}

/** Violates `bundle_component_sku` when one is a bundle, sold by weight or not there, `bundle_component_pkey` when one is named twice. */
export const insertComponents = async (
  tx: Tx,
  bundleId: string,
  components: readonly BundlePart[],
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into bundle_component (bundle_id, sku_id, quantity, position)
    select ${bundleId}::uuid, sku, quantity, place
    from unnest(${components.map(({ skuId }) => skuId)}::uuid[], ${components.map(({ quantity }) => quantity)}::int[])
      with ordinality as chosen (sku, quantity, place)`.execute(tx)
  return numAffectedRows
}

/** False when the version is another by now. */
export const updateProduct = async (
  tx: Tx,
  { id, version, values, at }: { id: string; version: number; values: ProductValues; at: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('product')
    .set({ ...columnsOf(values), updated_at: at, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const deletePictures = async (tx: Tx, productId: string): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('product_picture')
    .where('product_id', '=', productId)
    .executeTakeFirst()
  return numDeletedRows
}

/** Violates `product_picture_picture_id_fkey` when there is no such picture. */
export const insertPictures = async (
  tx: Tx,
  productId: string,
  pictureIds: readonly string[],
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into product_picture (product_id, position, picture_id)
    select ${productId}::uuid, place, picture
    from unnest(${pictureIds}::uuid[]) with ordinality as chosen (picture, place)`.execute(tx)
  return numAffectedRows
}

/** Those of the ids that are products. */
export const knownProducts = (db: Reader, ids: readonly string[]): Promise<{ id: string }[]> =>
  db
    .selectFrom('product')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
