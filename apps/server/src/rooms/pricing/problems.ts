import { problem } from '#kernel/problem'

export const lineRepeated = problem('pricing.line_repeated', 400, 'a SKU stands in more than one line')
export const amountTooLarge = problem(
  'pricing.amount_too_large',
  409,
  'the basket costs more than one order may',
)
export const skuMissing = problem('catalog.sku_missing', 404, 'this store does not sell this SKU now')
export const couponsUnusable = problem('coupons.unusable', 409, 'this coupon cannot be used here')
export const pointsUnusable = problem('points.unusable', 409, 'these points cannot be used here')
export const deliveryUnavailable = problem(
  'fulfilment.delivery_unavailable',
  409,
  'this store does not deliver',
)
