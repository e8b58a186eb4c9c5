import type { Tx } from '#kernel/db'
import { lockLevels } from './booking.sql.ts'
import { lockPieces } from './carving.sql.ts'
import { freeOf, levelKey, type LevelKey } from './level.ts'

/** Pieces of one SKU of a store that one piece of what is sold is made of. */
export interface Carving {
  storeId: string
  parts: readonly { skuId: string; quantity: number }[]
  /** Pieces of what is sold: kept for a campaign; below zero: given back. */
  quantity: number
}
export interface CarvingStamp {
  note: string
  by: string
  at: Date
}

/**
 * Takes goods off the shelf for campaigns as far as they are there, or puts them back, in the caller's transaction and in the given order; answers how
 * many pieces of each were moved. Locks the levels in the common order and writes level and ledger.
 */
export async function carve(
  tx: Tx,
  wanted: readonly Carving[],
  stamp: CarvingStamp,
): Promise<readonly number[]> {
  const keys = wanted.flatMap(({ storeId, parts }) => parts.map(({ skuId }) => ({ storeId, skuId })))
  const distinct = [...new Map(keys.map((key) => [levelKey(key), key])).values()]
  const levels = new Map((await lockLevels(tx, distinct)).map((level) => [levelKey(level), level]))
  const moved = new Map<string, LevelKey & { delta: number }>()
  const answers = wanted.map(({ storeId, parts, quantity }) => {
    const most = parts.map((part) => {
      const level = levels.get(levelKey({ storeId, skuId: part.skuId }))
      if (!level) return 0
      const there = quantity < 0 ? level.activityLocked : freeOf(level)
      return Math.max(0, Math.floor(there / part.quantity))
    })
    const pieces = Math.sign(quantity) * Math.min(Math.abs(quantity), ...most)
    for (const part of parts) {
      const key = { storeId, skuId: part.skuId }
      const level = levels.get(levelKey(key))
      if (!level || pieces === 0) continue
      level.activityLocked += pieces * part.quantity
      const before = moved.get(levelKey(key))?.delta ?? 0
      moved.set(levelKey(key), { ...key, delta: before + pieces * part.quantity })
    }
    return pieces
  })
  const moves = [...moved.values()].filter(({ delta }) => delta !== 0)
  if ((await lockPieces(tx, moves, stamp)) !== moves.length)
    throw new Error('a level that was locked did not take what is kept for a campaign')
  return answers
}
