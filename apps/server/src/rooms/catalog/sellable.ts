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
  weight: SoldByWeight | null
  onShelf: boolean
}

export const sellableOf = (product: Product, { shelf, unitFen, onShelf }: Listing): Sellable => ({
  skuId: product.skuId,
  productId: product.id,
  categoryId: product.categoryId,
  name: product.name,
  unit: product.unit,
  barcode: product.barcode,
  shelf,
  pictureId: product.pictureIds[0] ?? null,
  unitFen,
  weight: product.weight,
  onShelf,
})
