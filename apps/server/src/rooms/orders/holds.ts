import { ofOrder } from '#kernel/purchase'
import { type SlotKey, slotKey } from '#room/fulfilment'
import { freeOf, levelKey, type LevelKey, type StockMove } from '#room/inventory'
import { type Pieces, piecesOf } from './stock-lines.ts'
import { type DeskLine, type DeskOrder, type Fold, linesOf, type Stamp } from './view.ts'

// What orders hold in their store: pieces of stock, and a place in a slot. Only these functions move it.

export const freeAt = ({ view }: Fold, key: LevelKey): number => {
  const level = view.levels.get(levelKey(key))
  return level ? freeOf(level) : 0
}

const MOVE_BY = {
  RESERVE: { onHand: 0, reserved: 1 },
  RELEASE: { onHand: 0, reserved: -1 },
  SHIP: { onHand: -1, reserved: -1 },
} as const

/**
 * Moves the stock of an order's lines. The level rows of these lines are in the view: the loader saw to it. `kept`: what is reserved comes out of what
 * is kept for a campaign, what is released goes back to it.
 */
export function moveStock(
  { view, writes }: Fold,
  reason: keyof typeof MOVE_BY,
  {
    orderId,
    storeId,
    lines,
    kept = false,
  }: { orderId: string; storeId: string; lines: readonly Pieces[]; kept?: boolean },
  { by, at }: Stamp,
): void {
  const sign = MOVE_BY[reason]
  for (const { skuId, quantity } of lines) {
    const level = view.levels.get(levelKey({ storeId, skuId }))
    if (!level) throw new Error(`no level of ${skuId} in ${storeId} for order ${orderId}`)
    const move = (why: StockMove['reason'], onHandDelta: number, reservedDelta: number): void => {
      const lockedDelta = kept ? -reservedDelta : 0
      level.onHand += onHandDelta
      level.reserved += reservedDelta
      level.activityLocked += lockedDelta
      writes.moves.push({
        storeId,
        skuId,
        reason: why,
        purchase: ofOrder(orderId),
        onHandDelta,
        reservedDelta,
        lockedDelta,
        onHandAfter: level.onHand,
        reservedAfter: level.reserved,
        by,
        at,
      })
    }
    // The goods are in the shopper's hand: a count that had found fewer was wrong by as many, and the ledger says so.
    const found = reason === 'SHIP' ? Math.max(0, quantity - level.onHand) : 0
    if (found > 0) move('ADJUST', found, 0)
    move(reason, sign.onHand * quantity, sign.reserved * quantity)
  }
}

export function countSlot({ view, writes }: Fold, key: SlotKey, delta: 1 | -1): void {
  const name = slotKey(key)
  const slot = view.slots.get(name)
  if (!slot) throw new Error(`no slot ${name}`)
  slot.taken += delta
  const change = writes.slots.get(name) ?? { storeId: key.storeId, startsAt: key.startsAt, delta: 0 }
  change.delta += delta
  writes.slots.set(name, change)
}

/** What of an order is still to be handed over, as stock sees it. */
export const piecesLeft = (lines: readonly DeskLine[]): Pieces[] =>
  lines.flatMap((line) => {
    const left = line.quantity - line.withdrawnQuantity
    return left > 0 ? piecesOf(line, left) : []
  })

/** Gives back what an order still holds: its stock (`kept`: to its campaign) and its place in the slot. */
export function releaseHold(fold: Fold, order: DeskOrder, stamp: Stamp, kept: boolean): void {
  const lines = piecesLeft(linesOf(fold, order.id))
  moveStock(fold, 'RELEASE', { orderId: order.id, storeId: order.storeId, lines, kept }, stamp)
  if (order.slotStart) countSlot(fold, { storeId: order.storeId, startsAt: order.slotStart }, -1)
}
