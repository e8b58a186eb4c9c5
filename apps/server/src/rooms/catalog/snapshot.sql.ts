import type { FoodFacts } from '@linli/contract/catalog'
import type { WeightInput } from '@linli/contract/weighing'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Reader } from '#kernel/db'

export type Facts = Static<typeof FoodFacts>

/** A piece is paid as so many grams; its price is told per 500 g or per kilogram. */
export type SoldByWeight = Static<typeof WeightInput>

/** So many pieces of a SKU in one bundle. */
export interface BundlePart {
  skuId: string
  quantity: number
}

export interface ProductRow {
  id: string
  skuId: string
  name: string
  subtitle: string
  description: string
  categoryId: string
  barcode: string
  unit: string
  /** Null: sold by the piece. */
  weight: SoldByWeight | null
  /** Null: no bundle. */
  components: BundlePart[] | null
  speciality: boolean
  facts: Partial<Facts>
  rank: number
  version: number
  createdAt: Date
  updatedAt: Date
  pictureIds: string[]
}

/** Products with their first SKU; all of them when no ids are given. */
export const listProducts = (db: Reader, ids?: readonly string[]): Promise<ProductRow[]> => {
  let query = db
    .selectFrom('product')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('sku')
          .select(['sku.id as sku_id', 'sku.barcode', 'sku.piece_grams', 'sku.per_grams'])
          .whereRef('sku.product_id', '=', 'product.id')
          .orderBy('sku.barcode')
          .limit(1)
          .as('first_sku'),
      (join) => join.onTrue(),
    )
    .select([
      'product.id',
      'first_sku.sku_id as skuId',
      'first_sku.barcode',
      'name',
      'subtitle',
      'description',
    ])
    .select(['category_id as categoryId', 'unit', 'speciality', 'rank', 'version'])
    .select(['created_at as createdAt', 'updated_at as updatedAt'])
    .select([
      sql<SoldByWeight | null>`case when first_sku.piece_grams is not null
        then jsonb_build_object('pieceGrams', first_sku.piece_grams, 'perGrams', first_sku.per_grams) end`.as(
        'weight',
      ),
      sql<
        BundlePart[] | null
      >`(select jsonb_agg(jsonb_build_object('skuId', sku_id, 'quantity', quantity) order by position)
        from bundle_component where bundle_id = first_sku.sku_id)`.as('components'),
      sql<Partial<Facts>>`facts`.as('facts'),
      sql<
        string[]
      >`array(select picture_id from product_picture where product_id = product.id order by position)`.as(
        'pictureIds',
      ),
    ])
  if (ids) query = query.where(sql<boolean>`product.id = any(${ids}::uuid[])`)
  return query.execute()
}

export interface ListingRow {
  productId: string
  storeId: string
  skuId: string
  priceFen: number
  onlinePriceFen: number | null
  onShelf: boolean
  shelf: string | null
  updatedAt: Date
}

export const listListings = (db: Reader, ids?: readonly string[]): Promise<ListingRow[]> => {
  let query = db
    .selectFrom('listing')
    .innerJoin('sku', 'sku.id', 'listing.sku_id')
    .select(['sku.product_id as productId', 'store_id as storeId', 'sku_id as skuId', 'shelf'])
    .select(['price_fen as priceFen', 'online_price_fen as onlinePriceFen', 'on_shelf as onShelf'])
    .select('updated_at as updatedAt')
    .orderBy('store_id')
  if (ids) query = query.where(sql<boolean>`sku.product_id = any(${ids}::uuid[])`)
  return query.execute()
}

export interface PriceRow {
  storeId: string
  skuId: string
  priceFen: number
  onlinePriceFen: number | null
  at: Date
}

const MOST_PRICES = 200

/** The latest prices of listings that have an online price, oldest first: what a struck-through price is judged by. */
export const listPrices = (db: Reader, ids?: readonly string[]): Promise<PriceRow[]> => {
  let query = db
    .selectFrom('listing')
    .innerJoin('sku', 'sku.id', 'listing.sku_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('price_change')
          .select([
            'price_change.id',
            'price_change.price_fen',
            'price_change.online_price_fen',
            'price_change.at',
          ])
          .whereRef('price_change.store_id', '=', 'listing.store_id')
          .whereRef('price_change.sku_id', '=', 'listing.sku_id')
          .orderBy('price_change.at', 'desc')
          .orderBy('price_change.id', 'desc')
          .limit(MOST_PRICES)
          .as('price'),
      (join) => join.onTrue(),
    )
    .where('listing.online_price_fen', 'is not', null)
    .select(['listing.store_id as storeId', 'listing.sku_id as skuId', 'price.at'])
    .select(['price.price_fen as priceFen', 'price.online_price_fen as onlinePriceFen'])
    .orderBy('price.at')
    .orderBy('price.id')
  if (ids) query = query.where(sql<boolean>`sku.product_id = any(${ids}::uuid[])`)
  return query.execute()
}

export interface CategoryRow {
  id: string
  name: string
  zone: string
  pictureId: string | null
}

export const listCategories = (db: Reader): Promise<CategoryRow[]> =>
  db
    .selectFrom('category')
    .select(['id', 'name', 'zone', 'picture_id as pictureId'])
    .orderBy('sort')
    .orderBy('id')
    .execute()

export interface BannerRow {
  id: string
  title: string
  productId: string | null
  categoryId: string | null
  /** Changes with the picture. */
  stamp: string
}

export const listBanners = (db: Reader): Promise<BannerRow[]> =>
  db
    .selectFrom('banner')
    .select(['id', 'title', 'product_id as productId', 'category_id as categoryId'])
    .select(sql<string>`left(md5(webp), 8)`.as('stamp'))
    .where('active', '=', true)
    .orderBy('sort')
    .orderBy('id')
    .execute()
