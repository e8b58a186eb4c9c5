import { problem } from '#kernel/problem'

export const skuMissing = problem('catalog.sku_missing', 404, 'this store does not sell this SKU')
export const cartFull = problem('carts.full', 409, 'the cart holds as many different goods as it may')
