import { basePriceFen } from './base-price.ts'
import type { Facts, ListingRow, PriceRow, ProductRow } from './snapshot.sql.ts'

export interface Listing {
  storeId: string
  priceFen: number
  onlinePriceFen: number | null
  /** What it costs here and now in the shop. */
  unitFen: number
  /** What may stand struck through beside it. */
  baseFen: number | null
  onShelf: boolean
  shelf: string | null
  updatedAt: Date
}
export interface Product extends Omit<ProductRow, 'facts'> {
  facts: Facts
  /** By store. */
  listings: ReadonlyMap<string, Listing>
}

const NO_FACTS: Facts = {
  origin: null,
  storage: null,
  shelfLife: null,
  allergens: [],
  licence: null,
  ingredients: null,
}

const listingKey = (storeId: string, skuId: string) => `${storeId} ${skuId}`

const listingOf = (row: ListingRow, history: readonly PriceRow[]): Listing => ({
  storeId: row.storeId,
  priceFen: row.priceFen,
  onlinePriceFen: row.onlinePriceFen,
  unitFen: row.onlinePriceFen ?? row.priceFen,
  baseFen: basePriceFen(history),
  onShelf: row.onShelf,
  shelf: row.shelf,
  updatedAt: row.updatedAt,
})

/** Puts rows together: products with their listings, each with the price that may be struck through. */
export function assemble(
  products: readonly ProductRow[],
  listings: readonly ListingRow[],
  prices: readonly PriceRow[],
): Product[] {
  const history = Map.groupBy(prices, ({ storeId, skuId }) => listingKey(storeId, skuId))
  const byProduct = Map.groupBy(listings, ({ productId }) => productId)
  return products.map((product) => ({
    ...product,
    facts: { ...NO_FACTS, ...product.facts },
    listings: new Map(
      (byProduct.get(product.id) ?? [])
        .filter(({ skuId }) => skuId === product.skuId)
        .map((row) => [row.storeId, listingOf(row, history.get(listingKey(row.storeId, row.skuId)) ?? [])]),
    ),
  }))
}
