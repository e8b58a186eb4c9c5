import type { Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { lockLevels } from './booking.sql.ts'
import { insertCounterEntry, moveLevel } from './counter.sql.ts'
import { byLevelKey, freeOf, type Level, levelKey, type LevelKey } from './level.ts'
import { levelMissing, stockShort } from './problems.ts'

/** What after-sales does to one level: goods come back, a replacement is put aside, let go or handed over. */
export interface CounterMove extends LevelKey {
  reason: 'RETURN' | 'RESERVE' | 'RELEASE' | 'SHIP'
  quantity: number
  /** Unique per level: the same goods move once. */
  key: string
}
export interface CounterStamp {
  orderId: string
  note: string
  by: string
  at: Date
}

const SIGNS = {
  RETURN: { onHand: 1, reserved: 0 },
  RESERVE: { onHand: 0, reserved: 1 },
  RELEASE: { onHand: 0, reserved: -1 },
  SHIP: { onHand: -1, reserved: -1 },
} as const

interface Change {
  reason: CounterMove['reason'] | 'ADJUST'
  onHand: number
  reserved: number
}
/** The entries of one move, in order. */
function changesOf({ reason, quantity }: CounterMove, level: Level): Change[] {
  const change: Change = {
    reason,
    onHand: SIGNS[reason].onHand * quantity,
    reserved: SIGNS[reason].reserved * quantity,
  }
  // The goods are in the shopper's hand: a count that had found fewer was wrong by as many, and the ledger says so.
  const found = reason === 'SHIP' ? Math.max(0, quantity - level.onHand) : 0
  return found > 0 ? [{ reason: 'ADJUST', onHand: found, reserved: 0 }, change] : [change]
}

/**
 * Moves goods over the counter, all or none, as part of the caller's transaction: locks their levels in the common order, writes level and ledger.
 * Refuses with `inventory.level_missing` where a store never sold one, and with `inventory.stock_short` what is not there to be put aside.
 */
export async function moveOverCounter(
  tx: Tx,
  moves: readonly CounterMove[],
  stamp: CounterStamp,
): Promise<void> {
  if (moves.length === 0) return
  const keys = [...new Map(moves.map((move) => [levelKey(move), move])).values()]
  const levels = new Map((await lockLevels(tx, keys)).map((level) => [levelKey(level), level]))
  for (const move of [...moves].sort(byLevelKey)) {
    const { storeId, skuId, quantity, key } = move
    const level = levels.get(levelKey(move)) ?? refuse(levelMissing, { storeId, skuId })
    if (move.reason === 'RESERVE' && freeOf(level) < quantity)
      refuse(stockShort, { storeId, skuId, available: Math.max(0, freeOf(level)) })
    for (const { reason, onHand, reserved } of changesOf(move, level)) {
      level.onHand += onHand
      level.reserved += reserved
      if (!(await moveLevel(tx, move, { onHand, reserved, at: stamp.at })))
        throw new Error(`level of ${skuId} in ${storeId} would not take ${reason} ${quantity}`)
      await insertCounterEntry(tx, {
        ...stamp,
        storeId,
        skuId,
        reason,
        onHand,
        reserved,
        onHandAfter: level.onHand,
        reservedAfter: level.reserved,
        key: reason === 'ADJUST' ? `${key}:found` : key,
      })
    }
  }
}
