import type { Product } from './product.ts'
import type { Snapshot } from './snapshot.ts'

/** Stores that count; null means all. */
type Scope = readonly string[] | null
export interface FoundProduct {
  id: string
  name: string
  barcode: string
  unit: string
  pictureId: string | null
}

const listingsIn = ({ listings }: Product, scope: Scope) =>
  [...listings.values()].filter(({ storeId }) => !scope || scope.includes(storeId))

const SHELF_FITS = 100

/** Goods by whatever a person of staff types: words and initials as shoppers search, barcode, or shelf; best first. Only what stores in scope list. */
export function findGoods(
  snapshot: Pick<Snapshot, 'products' | 'search'>,
  scope: Scope,
  { q, limit }: { q: string; limit: number },
): FoundProduct[] {
  const scores = new Map(snapshot.search.find(q).map(({ id, score }) => [id, score]))
  const shelf = q.toUpperCase()
  const found: { product: Product; score: number }[] = []
  for (const product of snapshot.products()) {
    const listings = listingsIn(product, scope)
    const score = listings.some((listing) => listing.shelf?.startsWith(shelf))
      ? SHELF_FITS
      : (scores.get(product.id) ?? 0)
    if (listings.length > 0 && score > 0) found.push({ product, score })
  }
  return found
    .sort(
      (a, b) =>
        b.score - a.score || b.product.rank - a.product.rank || (a.product.id < b.product.id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ product: { id, name, barcode, unit, pictureIds } }) => ({
      id,
      name,
      barcode,
      unit,
      pictureId: pictureIds[0] ?? null,
    }))
}

/** How many SKUs on the shelf of each store cannot be sold now, for lack of stock; stores without any are left out. */
export function countSoldOut(
  snapshot: Pick<Snapshot, 'products'>,
  available: (storeId: string, skuId: string) => number,
  scope: Scope,
): { storeId: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const product of snapshot.products())
    for (const { storeId, onShelf } of listingsIn(product, scope))
      if (onShelf && available(storeId, product.skuId) <= 0)
        counts.set(storeId, (counts.get(storeId) ?? 0) + 1)
  return [...counts].map(([storeId, count]) => ({ storeId, count }))
}
