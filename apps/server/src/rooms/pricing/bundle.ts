import { apportion } from './apportion.ts'

/** What one bundle holds, with what a piece of each component costs on its own. */
export interface BundlePart {
  skuId: string
  quantity: number
  unitFen: number
}

/**
 * What each component of a line of bundles cost, by its own price and largest remainder: the parts add up to what was paid for the line, and are kept
 * with the order. A SKU stands in a bundle once.
 */
export function openBundle(payFen: number, components: readonly BundlePart[]): ReadonlyMap<string, number> {
  const worth = components.map(({ skuId, quantity, unitFen }) => ({
    id: skuId,
    weight: unitFen * quantity,
    cap: payFen,
  }))
  return apportion(payFen, worth)
}
