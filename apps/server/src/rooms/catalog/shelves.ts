import { compare, keyOf, type Listed, listed, listedInLanes, type Placed, type Sort } from './order.ts'
import type { Listing, Product } from './product.ts'
import { remembered } from './remembered.ts'
import type { Snapshot } from './snapshot.ts'

export interface Good {
  product: Product
  listing: Listing
  available: number
}

/** What one store has on the shelf, in any order a shopper may ask for. */
export interface Shelves {
  browse(storeId: string, choice: Choice): Listed<Good>
  search(storeId: string, query: string, sort: Sort, categoryId?: string): Listed<Good>
  /** Words near a query that found nothing in this store. */
  near(storeId: string, query: string): string[]
  /** Products on the shelf by category. */
  counts(storeId: string): ReadonlyMap<string, number>
  /** A product with its listing and what there is of it now. */
  good(storeId: string, product: Product, listing: Listing): Good
}
export interface Choice {
  sort: Sort
  categoryId?: string | undefined
  specialitiesOnly?: boolean
}

interface Stock {
  available(storeId: string, skuId: string): number
}

/** What is known without looking at the stock. */
type Shelved = Omit<Good, 'available'>

export function createShelves(snapshot: Snapshot, stock: Stock): Shelves {
  // Sorted once per change of the catalogue. Stock changes every second and is only looked at for the items of a page.
  const sorted = remembered<readonly Placed<Shelved>[]>()
  const counted = remembered<ReadonlyMap<string, number>>()

  const placed = <T extends Shelved>(sort: Sort, item: T, available: number, score = 0): Placed<T> => {
    const { id, rank, createdAt } = item.product
    return {
      item,
      id,
      key: keyOf(sort, { id, rank, createdAt, unitFen: item.listing.unitFen, available, score }),
    }
  }
  const listingOf = (product: Product, storeId: string): Listing | undefined => {
    const listing = product.listings.get(storeId)
    return listing?.onShelf ? listing : undefined
  }
  const availableOf = ({ product, listing }: Shelved) => stock.available(listing.storeId, product.skuId)

  function onShelf(storeId: string, { sort, categoryId, specialitiesOnly }: Choice): Placed<Shelved>[] {
    const goods: Placed<Shelved>[] = []
    for (const product of snapshot.products()) {
      const listing = listingOf(product, storeId)
      const chosen =
        (categoryId === undefined || product.categoryId === categoryId) &&
        (!specialitiesOnly || product.speciality)
      if (listing && chosen) goods.push(placed(sort, { product, listing }, 1))
    }
    return goods.sort(compare)
  }
  const withStock = (list: Listed<Shelved>): Listed<Good> => ({
    total: list.total,
    page(after, limit) {
      const { page, more } = list.page(after, limit)
      return {
        more,
        page: page.map((entry) => ({
          ...entry,
          item: { ...entry.item, available: availableOf(entry.item) },
        })),
      }
    },
  })

  return {
    good: (storeId, product, listing) => ({
      product,
      listing,
      available: stock.available(storeId, product.skuId),
    }),
    browse(storeId, choice) {
      const { sort, categoryId = '', specialitiesOnly = false } = choice
      const list = sorted(
        `${storeId} ${sort} ${specialitiesOnly} ${categoryId}`,
        String(snapshot.version()),
        () => onShelf(storeId, choice),
      )
      return withStock(listedInLanes(list, sort, (item) => availableOf(item) > 0))
    },
    search(storeId, query, sort, categoryId) {
      const found: Placed<Good>[] = []
      for (const { id, score } of snapshot.search.find(query)) {
        const product = snapshot.product(id)
        const listing = product && listingOf(product, storeId)
        if (!product || !listing || (categoryId !== undefined && product.categoryId !== categoryId)) continue
        const available = stock.available(storeId, product.skuId)
        found.push(placed(sort, { product, listing, available }, available, score))
      }
      return listed(found)
    },
    near: (storeId, query) =>
      snapshot.search.near(query, (id) => {
        const product = snapshot.product(id)
        return product !== undefined && listingOf(product, storeId) !== undefined
      }),
    counts: (storeId) =>
      counted(storeId, String(snapshot.version()), () => {
        const counts = new Map<string, number>()
        for (const product of snapshot.products())
          if (listingOf(product, storeId))
            counts.set(product.categoryId, (counts.get(product.categoryId) ?? 0) + 1)
        return counts
      }),
  }
}
