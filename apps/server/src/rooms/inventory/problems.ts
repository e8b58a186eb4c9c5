import { problem } from '#kernel/problem'

export const levelMissing = problem('inventory.level_missing', 404, 'this store does not stock this SKU')
export const belowReserved = problem(
  'inventory.below_reserved',
  409,
  'what is left on hand must cover what shoppers have ordered',
)
export const nothingToChange = problem('inventory.nothing_to_change', 409, 'the change is zero')
export const keyReused = problem(
  'inventory.key_reused',
  409,
  'this idempotency key was used with another body',
)
