import type { Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { byLevelKey, type LevelKey } from './level.ts'
import * as sql from './levels.sql.ts'
import { levelMissing } from './problems.ts'

export interface ReturnedGoods extends LevelKey {
  quantity: number
  /** Unique per level: the same goods come back once. */
  key: string
}

/** Puts goods that were brought back on the shelf of the store that took them; part of the caller's transaction. Refuses where a store never sold one. */
export async function takeBack(
  tx: Tx,
  goods: readonly ReturnedGoods[],
  stamp: { orderId: string; note: string; by: string; at: Date },
): Promise<void> {
  for (const { storeId, skuId, quantity, key } of [...goods].sort(byLevelKey)) {
    const level = { storeId, skuId }
    const { onHand, reserved } = (await sql.lockLevel(tx, level)) ?? refuse(levelMissing, level)
    if (!(await sql.changeOnHand(tx, level, quantity, stamp.at)))
      throw new Error(`level of ${skuId} in ${storeId} would not take ${quantity} back`)
    await sql.insertAdjustment(tx, {
      ...level,
      ...stamp,
      reason: 'RETURN',
      delta: quantity,
      onHandAfter: onHand + quantity,
      reservedAfter: reserved,
      key,
    })
  }
}
