import { problem } from '#kernel/problem'

export const lineRepeated = problem('pricing.line_repeated', 400, 'a SKU stands in more than one line')
export const amountTooLarge = problem(
  'pricing.amount_too_large',
  409,
  'the basket costs more than one order may',
)
export const skuMissing = problem('catalog.sku_missing', 404, 'this store does not sell this SKU now')
export const deliveryUnavailable = problem(
  'fulfilment.delivery_unavailable',
  409,
  'this store does not deliver',
)
export const ruleMissing = problem('pricing.rule_missing', 404, 'there is no such price rule')
export const ruleOver = problem('pricing.rule_over', 409, 'this price rule has ended already')
export const ruleUnsound = problem(
  'pricing.rule_unsound',
  422,
  'the terms of this price rule contradict themselves',
)
export const rulesFull = problem(
  'pricing.rules_full',
  409,
  'as many price rules are live or planned as there may be',
)
export const categoryMissing = problem('catalog.category_missing', 422, 'there is no such category')
