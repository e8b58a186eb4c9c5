import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

/** The table's own constraints hold what is left. */
export const moveLevel = async (
  tx: Tx,
  { storeId, skuId }: LevelKey,
  { onHand, reserved, at }: { onHand: number; reserved: number; at: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set({ on_hand: sql`on_hand + ${onHand}`, reserved: sql`reserved + ${reserved}`, updated_at: at })
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface CounterEntry extends LevelKey {
  reason: 'RETURN' | 'RESERVE' | 'RELEASE' | 'SHIP' | 'ADJUST'
  onHand: number
  reserved: number
  onHandAfter: number
  reservedAfter: number
  /** The order that the goods belong to. */
  orderId: string
  key: string
  note: string
  by: string
  at: Date
}
export const insertCounterEntry = async (tx: Tx, entry: CounterEntry): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('stock_ledger')
    .values({
      store_id: entry.storeId,
      sku_id: entry.skuId,
      reason: entry.reason,
      on_hand_delta: entry.onHand,
      reserved_delta: entry.reserved,
      on_hand_after: entry.onHandAfter,
      reserved_after: entry.reservedAfter,
      order_id: entry.orderId,
      idem_key: entry.key,
      note: entry.note,
      by: entry.by,
      at: entry.at,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
