import type { Input } from '@linli/contract'
import type { catalogRoutes } from '@linli/contract/catalog'
import type { Ready } from '#kernel/http'
import { refuse } from '#kernel/problem'
import { type Inventory, LOW_UP_TO } from '#room/inventory'
import type { Store, Stores } from '#room/stores'
import { componentsIn } from './bundles.ts'
import {
  bannerPath,
  type Card,
  cardOf,
  categoryOf,
  type Detail,
  pictureOf,
  picturePaths,
  zoneOf,
} from './cards.ts'
import { cursorOf, type Placed, placeOf } from './order.ts'
import { createPages, type Stamp } from './pages.ts'
import { cursorInvalid, productMissing } from './problems.ts'
import type { Product } from './product.ts'
import { remembered } from './remembered.ts'
import { fold } from './search-terms.ts'
import { createShelves, type Good } from './shelves.ts'
import type { Snapshot } from './snapshot.ts'

export type ProductsQuery = NonNullable<
  Input<(typeof catalogRoutes)['GET /v1/stores/:storeId/products']>['query']
>

/** What shoppers see of the catalogue: answers made once per change, not per request. */
export interface Shop {
  home(storeId: string): Ready
  categories(storeId: string): Ready
  products(storeId: string, query: ProductsQuery): Ready
  product(storeId: string, productId: string, favourite: boolean): Ready
  /** A product as a card of one store, by its own id or its SKU's; undefined when the store never listed it. */
  card(storeId: string, id: string): Card | undefined
}

const PAGE = 20
const HOME_GOODS = 20
const HOME_SPECIALITIES = 10
const ELSEWHERE = 5
/** A list says when its stock was read. It need not be made anew each second only to say so. */
const LIST_AGE_MS = 30_000
/** Of words in stores it is known whether they find something: a yes or no each, and a search saved. */
const MOST_WORDS = 20_000

export interface ShopDeps {
  snapshot: Snapshot
  stores: Stores
  inventory: Pick<Inventory, 'available' | 'levelVersion' | 'asOf' | 'doubts'>
  /** How much lighter a weighed piece may be than its estimate, in basis points. */
  toleranceBp: number
  /** Told of every search; `found` says whether it found anything. */
  searched: (storeId: string, words: string, found: () => boolean) => void
}

export function createShop({ snapshot, stores, inventory, toleranceBp, searched }: ShopDeps): Shop {
  const shelves = createShelves(snapshot, inventory)
  const pages = createPages()
  const fruitful = remembered<boolean>(MOST_WORDS)

  const stampOf = (storeId: string, ageMs: number): Stamp => ({
    catalog: snapshot.version(),
    levels: inventory.levelVersion(storeId),
    asOf: Math.floor(inventory.asOf().getTime() / ageMs),
  })
  const asOf = () => inventory.asOf().toISOString()
  const cardIn = ({ product, listing, available }: Good): Card =>
    cardOf(product, listing, { available, lowUpTo: LOW_UP_TO, toleranceBp })
  const cardsOf = (placed: readonly Placed<Good>[]): Card[] => placed.map(({ item }) => cardIn(item))
  const categoriesOf = (storeId: string) => {
    const counts = shelves.counts(storeId)
    return snapshot.categories().map((category) => categoryOf(category, counts.get(category.id) ?? 0))
  }

  const homeOf = ({ id, name }: Store) => {
    const shelf = (limit: number, specialitiesOnly: boolean) =>
      cardsOf(shelves.browse(id, { sort: 'recommended', specialitiesOnly }).page(null, limit).page)
    return {
      store: { id, name },
      banners: snapshot.banners().map((banner) => ({
        id: banner.id,
        title: banner.title,
        picture: bannerPath(banner),
        productId: banner.productId,
        categoryId: banner.categoryId,
      })),
      categories: categoriesOf(id),
      specialities: shelf(HOME_SPECIALITIES, true),
      goods: shelf(HOME_GOODS, false),
      asOf: asOf(),
    }
  }

  function listOf(
    storeId: string,
    { categoryId, q = '', sort = 'recommended', cursor, limit = PAGE }: ProductsQuery,
  ) {
    const after = cursor === undefined ? null : (placeOf(sort, cursor) ?? refuse(cursorInvalid))
    const list =
      q === '' ? shelves.browse(storeId, { sort, categoryId }) : shelves.search(storeId, q, sort, categoryId)
    const { page, more } = list.page(after, limit)
    const last = page.at(-1)
    return {
      items: cardsOf(page),
      nextCursor: more && last ? cursorOf(sort, last) : null,
      total: list.total,
      suggestions: q !== '' && list.total === 0 ? shelves.near(storeId, q) : [],
      asOf: asOf(),
    }
  }
  const findsAny = (storeId: string, q: string): boolean =>
    fruitful(
      `${storeId} ${q}`,
      String(snapshot.version()),
      () => shelves.search(storeId, q, 'recommended').total > 0,
    )

  const elsewhereOf = (here: Store, { skuId, listings }: Product): Detail['elsewhere'] =>
    stores
      .list()
      .filter(({ id }) => id !== here.id && listings.get(id)?.onShelf)
      .map((store) => ({
        storeId: store.id,
        name: store.name,
        available: inventory.available(store.id, skuId),
        distanceM: stores.distance(here, store),
      }))
      .filter(({ available }) => available > 0)
      .sort((a, b) => a.distanceM - b.distanceM)
      .slice(0, ELSEWHERE)

  function detailOf(store: Store, product: Product, card: Card, favourite: boolean): Detail {
    return {
      ...card,
      storeId: store.id,
      categoryId: product.categoryId,
      barcode: product.barcode,
      description: product.description,
      facts: product.facts,
      pictures: product.pictureIds.map(picturePaths),
      stockAt: asOf(),
      stockDoubt: inventory.doubts.of(store.id) !== undefined,
      elsewhere: elsewhereOf(store, product),
      zone: zoneOf(store, snapshot.category(product.categoryId)),
      favourite,
      components: (componentsIn(snapshot, product, store.id) ?? []).map(
        ({ product: part, quantity, unitFen }) => ({
          productId: part.id,
          skuId: part.skuId,
          name: part.name,
          unit: part.unit,
          picture: pictureOf(part.pictureIds[0]),
          quantity,
          priceFen: unitFen,
        }),
      ),
    }
  }

  const cardById = (storeId: string, id: string): Card | undefined => {
    const product = snapshot.product(id) ?? snapshot.bySku(id)
    const listing = product?.listings.get(storeId)
    return product && listing ? cardIn(shelves.good(storeId, product, listing)) : undefined
  }

  return {
    home(storeId) {
      const store = stores.require(storeId)
      return pages.take(`home ${storeId} ${store.name}`, stampOf(storeId, LIST_AGE_MS), () => homeOf(store))
    },
    categories(storeId) {
      stores.require(storeId)
      return pages.take(`categories ${storeId}`, stampOf(storeId, LIST_AGE_MS), () => ({
        items: categoriesOf(storeId),
      }))
    },
    products(storeId, query) {
      stores.require(storeId)
      const { categoryId = '', sort = '', cursor = '', limit = '' } = query
      const q = query.q === undefined ? '' : fold(query.q)
      if (q !== '' && cursor === '') searched(storeId, q, () => findsAny(storeId, q))
      return pages.take(
        `products ${storeId} ${categoryId} ${sort} ${cursor} ${limit} ${q}`,
        stampOf(storeId, LIST_AGE_MS),
        () => listOf(storeId, { ...query, q }),
      )
    },
    product(storeId, productId, favourite) {
      const store = stores.require(storeId)
      const product = snapshot.product(productId)
      if (!product?.listings.get(storeId)?.onShelf) return refuse(productMissing, { productId })
      const card = cardById(storeId, productId) ?? refuse(productMissing, { productId })
      return pages.take(`product ${storeId} ${productId} ${favourite}`, stampOf(storeId, 1), () =>
        detailOf(store, product, card, favourite),
      )
    },
    card: cardById,
  }
}
