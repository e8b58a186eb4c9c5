/**
 * Catalogue: what is sold where, for how much, and since when; how it is found, and what it looks like.
 *
 * Owns category, product, sku, listing, price_change, picture, picture_file, product_picture, banner, favourite and search_count. Promises that what
 * shoppers read comes from memory and is at most about a second old, that every change of price leaves a row in the history, and that no price is
 * struck through which the history does not bear out.
 * Tells others what a store sells now and at what price, and what has run out.
 */
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Inventory } from '#room/inventory'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { availableWith, componentsIn } from './bundles.ts'
import { type Card, pictureOf, type PicturePaths } from './cards.ts'
import { createFavourites } from './favourites.ts'
import { mountConsole } from './console-routes.ts'
import { createGoods } from './goods.ts'
import { createImport } from './import.ts'
import { createListings } from './listings.ts'
import { mountMedia } from './media.ts'
import { readPicture } from './media.sql.ts'
import { createSoldOutCount, findGoods, type FoundProduct } from './overview.ts'
import { createPictures } from './pictures.ts'
import { mountShop } from './routes.ts'
import { createSearchCounts } from './search-counts.ts'
import { type Sellable, sellableOf } from './sellable.ts'
import { createShop } from './shop.ts'
import { createSnapshot } from './snapshot.ts'
import {
  type PriceAnswer,
  type PriceWish,
  type ProductAnswer,
  type ProductWish,
  takePrices,
  takeProducts,
} from './taking.ts'

export type { Card, PicturePaths } from './cards.ts'
export type { Sellable } from './sellable.ts'
export type { PriceAnswer, PriceWish, ProductAnswer, ProductWish } from './taking.ts'

export interface Catalog {
  /** What the store sells under this SKU, on the shelf or not; undefined when it never listed it. */
  sellable(storeId: string, skuId: string): Sellable | undefined
  /** The SKU under this barcode, wherever it is sold. */
  skuOf(barcode: string): { skuId: string; categoryId: string } | undefined
  hasCategory(id: string): boolean
  /** What a category is called; undefined for one we do not know. */
  categoryName(id: string): string | undefined
  /** A product as a card of one store, by its own id or its SKU's; undefined when the store never listed it. */
  card(storeId: string, id: string): Card | undefined
  /** What a SKU is, as far as food law asks: its zone, how it is kept and for how long; undefined for one we do not know. */
  keeping(skuId: string): { zone: string; storage: string | null; shelfLife: string | null } | undefined
  /** A shopper's photo as it may be kept; refuses what is no picture. */
  cleanPhoto(bytes: Buffer): Promise<Buffer>
  /** Paths of a picture's three sizes. */
  picture(id: string | null): PicturePaths | null
  /** A picture in its largest size, WebP; undefined for one we do not know. */
  pictureFile(id: string): Promise<Buffer | undefined>
  /** Goods by words, initials, barcode or shelf, best first, for staff who see these stores (null: all). */
  find(scope: readonly string[] | null, asked: { q: string; limit: number }): FoundProduct[]
  /** SKUs on the shelf of which nothing is left, by store, as of about a second ago. */
  soldOut(scope: readonly string[] | null): { storeId: string; count: number }[]
  /** Takes over prices that another system says, each listing at most once, in the caller's transaction. */
  takePrices(tx: Tx, wishes: readonly PriceWish[], stamp: { at: Date; by: string }): Promise<PriceAnswer[]>
  /** Takes over what another system says goods are, in the caller's transaction. */
  takeProducts(tx: Tx, wishes: readonly ProductWish[], at: Date): Promise<ProductAnswer[]>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createCatalog(
  ctx: Ctx,
  { stores, staff, inventory }: { stores: Stores; staff: Staff; inventory: Inventory },
): Promise<Catalog> {
  const snapshot = await createSnapshot(ctx)
  const counts = createSearchCounts(ctx)
  const favourites = createFavourites(ctx, snapshot)
  const deps = { snapshot, stores, staff }
  const goods = createGoods(ctx, deps)
  const pictures = createPictures(ctx, staff)
  const available = availableWith(snapshot, inventory.available)
  const stock = {
    available,
    levelVersion: inventory.levelVersion,
    asOf: inventory.asOf,
    doubts: inventory.doubts,
  }
  const toleranceBp = ctx.config.weighingToleranceBp
  const shop = createShop({ snapshot, stores, inventory: stock, toleranceBp, searched: counts.note })
  const soldOut = createSoldOutCount(snapshot, stock)
  return {
    sellable(storeId, skuId) {
      const product = snapshot.bySku(skuId)
      const listing = product?.listings.get(storeId)
      return product && listing
        ? sellableOf(product, listing, componentsIn(snapshot, product, storeId))
        : undefined
    },
    skuOf: (barcode) => snapshot.byBarcode(barcode),
    hasCategory: (id) => snapshot.category(id) !== undefined,
    categoryName: (id) => snapshot.category(id)?.name,
    card: (storeId, id) => shop.card(storeId, id),
    picture: pictureOf,
    pictureFile: async (id) => (await readPicture(ctx.db, id, 'l'))?.webp,
    find: (scope, asked) => findGoods(snapshot, scope, asked),
    soldOut: (scope) => soldOut(scope ?? stores.list().map(({ id }) => id)),
    keeping(skuId) {
      const product = snapshot.bySku(skuId)
      if (!product) return undefined
      const { storage, shelfLife } = product.facts
      return { zone: snapshot.category(product.categoryId)?.zone ?? '', storage, shelfLife }
    },
    takePrices,
    takeProducts,
    cleanPhoto: (bytes) => pictures.clean(bytes),
    routes(http) {
      mountShop(http, { shop, favourites, counts, requireStore: (id) => stores.require(id) })
      mountConsole(http, {
        ...deps,
        inventory: { available },
        goods,
        listings: createListings(ctx, goods, deps),
        imports: createImport(ctx, deps),
        pictures,
      })
      mountMedia(http, ctx)
      http.app.addHook('onClose', () => counts.stop())
    },
    sweeps: [{ name: 'catalog.search-counts', seconds: 86_400, run: () => counts.sweep() }],
  }
}
