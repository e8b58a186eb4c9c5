/** Until the catalogue's door lands; then these come from '#room/catalog'. */
export interface Sellable {
  skuId: string
  productId: string
  name: string
  unit: string
  barcode: string
  shelf: string | null
  pictureId: string | null
  unitFen: number
  weighed: boolean
  onShelf: boolean
}
export interface Catalog {
  sellable(storeId: string, skuId: string): Sellable | undefined
  picture(id: string | null): { id: string; s: string; m: string; l: string } | null
}
