import type { Component } from './bundles.ts'
import type { Listing, Product } from './product.ts'
import type { SoldByWeight } from './snapshot.sql.ts'

/** What an order needs to know of a SKU in a store. */
export interface Sellable {
  skuId: string
  productId: string
  categoryId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  unitFen: number
  /** What it costs in the store, whatever the shop asks for it now. */
  shelfFen: number
  weight: SoldByWeight | null
  /** Of a bundle: pieces in one bundle, and what a piece costs alone; null for other goods. */
  components: SellableComponent[] | null
  onShelf: boolean
}
export interface SellableComponent {
  skuId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  quantity: number
  unitFen: number
}

const componentOf = ({ product, quantity, unitFen, shelf }: Component): SellableComponent => ({
  skuId: product.skuId,
  name: product.name,
  unit: product.unit,
  barcode: product.barcode,
  shelf,
  pictureId: product.pictureIds[0] ?? null,
  quantity,
  unitFen,
})

/** A bundle is on the shelf while all that is in it is. */
export const sellableOf = (
  product: Product,
  { shelf, unitFen, priceFen, onShelf }: Listing,
  components: readonly Component[] | undefined,
): Sellable => ({
  skuId: product.skuId,
  productId: product.id,
  categoryId: product.categoryId,
  name: product.name,
  unit: product.unit,
  barcode: product.barcode,
  shelf,
  pictureId: product.pictureIds[0] ?? null,
  unitFen,
  shelfFen: priceFen,
  weight: product.weight,
  components: product.components && (components ?? []).map(componentOf),
  onShelf: onShelf && components !== undefined && components.every((each) => each.onShelf),
})
