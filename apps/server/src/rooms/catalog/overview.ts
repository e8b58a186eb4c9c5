import type { Product } from './product.ts'
import { remembered } from './remembered.ts'
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
/** The beginning of `G01-2-3`: only then is it worth looking at every shelf there is. */
const SHELF = /^[A-Z]([0-9]{1,2}(-[0-9-]*)?)?$/

/** Goods by whatever a person of staff types: words and initials as shoppers search, barcode, or shelf; best first. Only what stores in scope list. */
export function findGoods(
  snapshot: Pick<Snapshot, 'products' | 'product' | 'search'>,
  scope: Scope,
  { q, limit }: { q: string; limit: number },
): FoundProduct[] {
  const scores = new Map(snapshot.search.find(q).map(({ id, score }) => [id, score]))
  const shelf = q.toUpperCase()
  const found: { product: Product; score: number }[] = []
  const looked = SHELF.test(shelf)
    ? snapshot.products()
    : [...scores.keys()].flatMap((id) => snapshot.product(id) ?? [])
  for (const product of looked) {
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

interface Stock {
  available(storeId: string, skuId: string): number
  levelVersion(storeId: string): number
}

/**
 * How many SKUs on the shelf of these stores cannot be sold now, for lack of stock; stores without any are left out. Counted once per change, not per
 * reader: of 50,000 SKUs that is milliseconds for each store.
 */
export function createSoldOutCount(
  snapshot: Pick<Snapshot, 'products' | 'version'>,
  stock: Stock,
): (storeIds: readonly string[]) => { storeId: string; count: number }[] {
  const counted = remembered<number>()
  const countIn = (storeId: string): number => {
    let count = 0
    for (const { skuId, listings } of snapshot.products())
      if (listings.get(storeId)?.onShelf && stock.available(storeId, skuId) <= 0) count++
    return count
  }
  return (storeIds) =>
    storeIds
      .map((storeId) => ({
        storeId,
        count: counted(storeId, `${snapshot.version()} ${stock.levelVersion(storeId)}`, () =>
          countIn(storeId),
        ),
      }))
      .filter(({ count }) => count > 0)
}
