import type { Product } from './product.ts'
import type { Snapshot } from './snapshot.ts'

type Goods = Pick<Snapshot, 'bySku'>
export type Available = (storeId: string, skuId: string) => number

/** What is in a bundle, as one store has it now. A component that the store has never listed makes the bundle undefined there. */
export interface Component {
  product: Product
  quantity: number
  unitFen: number
  shelf: string | null
  onShelf: boolean
}
export function componentsIn(
  goods: Goods,
  { components }: Pick<Product, 'components'>,
  storeId: string,
): Component[] | undefined {
  const found = (components ?? []).map(({ skuId, quantity }) => {
    const product = goods.bySku(skuId)
    const listing = product?.listings.get(storeId)
    return product && listing ? { product, quantity, ...listing } : undefined
  })
  const here = found.filter((each) => each !== undefined)
  return here.length < found.length ? undefined : here
}

/** How many can be sold now: of a bundle as many as its scarcest component makes, none while one of them is off the shelf. */
export const availableWith =
  (goods: Goods, available: Available): Available =>
  (storeId, skuId) => {
    const product = goods.bySku(skuId)
    if (!product?.components) return available(storeId, skuId)
    const components = componentsIn(goods, product, storeId)
    if (!components?.every(({ onShelf }) => onShelf)) return 0
    return Math.min(
      ...components.map((each) => Math.floor(available(storeId, each.product.skuId) / each.quantity)),
    )
  }
