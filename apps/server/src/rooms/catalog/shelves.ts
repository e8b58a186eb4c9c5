import { compare, keyOf, type Placed, type Sort } from './order.ts'
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
  list(storeId: string, categoryId: string | undefined, sort: Sort): readonly Placed<Good>[]
  search(storeId: string, query: string, sort: Sort): readonly Placed<Good>[]
  /** Words near a query that found nothing in this store. */
  near(storeId: string, query: string): string[]
  /** Products on the shelf by category. */
  counts(storeId: string): ReadonlyMap<string, number>
}

interface Stock {
  available(storeId: string, skuId: string): number
  levelVersion(storeId: string): number
}

export function createShelves(snapshot: Snapshot, stock: Stock): Shelves {
  // Sorting is done once per change of the catalogue; a change of stock only parts what is there from what is not.
  const sorted = remembered<readonly Placed<Good>[]>()
  const parted = remembered<readonly Placed<Good>[]>()
  const counted = remembered<ReadonlyMap<string, number>>()

  const placed = (sort: Sort, { product, listing, available }: Good, score = 0): Placed<Good> => ({
    item: { product, listing, available },
    id: product.id,
    key: keyOf(sort, { ...product, unitFen: listing.unitFen, available, score }),
  })
  const listingOf = (product: Product, storeId: string): Listing | undefined => {
    const listing = product.listings.get(storeId)
    return listing?.onShelf ? listing : undefined
  }

  function onShelf(storeId: string, categoryId: string | undefined, sort: Sort): Placed<Good>[] {
    const goods: Placed<Good>[] = []
    for (const product of snapshot.products()) {
      const listing = listingOf(product, storeId)
      if (listing && (categoryId === undefined || product.categoryId === categoryId))
        goods.push(placed(sort, { product, listing, available: 1 }))
    }
    return goods.sort(compare)
  }
  function part(storeId: string, sort: Sort, goods: readonly Placed<Good>[]): Placed<Good>[] {
    const [there, gone]: [Placed<Good>[], Placed<Good>[]] = [[], []]
    for (const { item } of goods) {
      const available = stock.available(storeId, item.product.skuId)
      const entry = placed(sort, { ...item, available })
      if (available > 0) there.push(entry)
      else gone.push(entry)
    }
    return there.concat(gone)
  }

  return {
    list(storeId, categoryId, sort) {
      const version = snapshot.version()
      const key = `${storeId} ${sort} ${categoryId ?? ''}`
      return parted(key, `${version} ${stock.levelVersion(storeId)}`, () =>
        part(
          storeId,
          sort,
          sorted(key, String(version), () => onShelf(storeId, categoryId, sort)),
        ),
      )
    },
    search(storeId, query, sort) {
      const found: Placed<Good>[] = []
      for (const { id, score } of snapshot.search.find(query)) {
        const product = snapshot.product(id)
        const listing = product && listingOf(product, storeId)
        if (product && listing)
          found.push(
            placed(sort, { product, listing, available: stock.available(storeId, product.skuId) }, score),
          )
      }
      return found.sort(compare)
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
