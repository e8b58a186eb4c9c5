import { ofTill } from '#kernel/purchase'
import { levelKey } from '#room/inventory'
import type { Fold, Stamp } from './view.ts'

/** What one piece of a line is on the shelves; of a bundle its components. */
export interface Pieces {
  skuId: string
  quantity: number
}

/**
 * Goods left over a till, or came back. It happened already: what the book did not have, it had counted too few, and what is reserved for orders stays
 * reserved. Answers how many pieces are now missing for orders that were not missing before.
 */
export function moveOverTill(
  { view, writes }: Fold,
  { tillId, storeId, skuId, quantity }: Pieces & { tillId: string; storeId: string },
  { by, at }: Stamp,
): number {
  const level = view.levels.get(levelKey({ storeId, skuId }))
  if (!level) throw new Error(`no level of ${skuId} in ${storeId} for a sale at a till`)
  const shortBefore = Math.max(0, level.reserved - level.onHand)
  const move = (reason: 'POS_SALE' | 'RETURN' | 'ADJUST', delta: number): void => {
    level.onHand += delta
    writes.moves.push({
      storeId,
      skuId,
      reason,
      purchase: ofTill(tillId),
      onHandDelta: delta,
      reservedDelta: 0,
      lockedDelta: 0,
      onHandAfter: level.onHand,
      reservedAfter: level.reserved,
      by,
      at,
    })
  }
  if (quantity < 0) {
    move('RETURN', -quantity)
    return 0
  }
  const found = Math.max(0, quantity - level.onHand)
  if (found > 0) move('ADJUST', found)
  move('POS_SALE', -quantity)
  return Math.max(0, level.reserved - level.onHand) - shortBefore
}
