import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { Level, LevelKey } from './level.ts'

/** Levels that exist, locked in the one order everybody uses: store, then SKU. */
export async function lockLevels(tx: Tx, keys: readonly LevelKey[]): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select l.store_id as "storeId", l.sku_id as "skuId", l.on_hand as "onHand", l.reserved, l.safety, l.activity_locked as "activityLocked", l.expired, l.buffer
    from stock_level l
    join unnest(${keys.map(({ storeId }) => storeId)}::text[], ${keys.map(({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)
      on l.store_id = k.store_id and l.sku_id = k.sku_id
    order by l.store_id collate "C", l.sku_id for no key update of l`.execute(tx)
  return rows
}

export interface BookedMove extends LevelKey {
  delta: number
  note: string | null
}
export interface BookedEntry extends LevelKey {
  id: number
}
/**
 * Changes levels and appends to the ledger in one statement, and answers the entries it wrote: fewer than moves means that a guard held, and the
 * caller gives up the transaction. `mayRunShort`: the shortfall grows to cover what shoppers have ordered.
 */
export async function applyMoves(
  tx: Tx,
  moves: readonly BookedMove[],
  {
    documentId,
    reason,
    by,
    at,
    mayRunShort,
  }: {
    documentId: string
    reason: string
    by: string
    at: Date
    mayRunShort: boolean
  },
): Promise<BookedEntry[]> {
  const { rows } = await sql<BookedEntry>`
    with x as (
      select * from unnest(${moves.map(({ storeId }) => storeId)}::text[], ${moves.map(({ skuId }) => skuId)}::uuid[],
        ${moves.map(({ delta }) => delta)}::int[], ${moves.map(({ note }) => note)}::text[]) x(store_id, sku_id, delta, note)),
    moved as (
      update stock_level l set on_hand = l.on_hand + x.delta, updated_at = ${at},
        shortfall = case when ${mayRunShort} then greatest(l.shortfall, l.reserved - l.on_hand - x.delta) else l.shortfall end
      from x where l.store_id = x.store_id and l.sku_id = x.sku_id and l.on_hand + x.delta >= 0
        and (x.delta > 0 or ${mayRunShort} or l.on_hand + x.delta >= l.reserved)
      returning l.store_id, l.sku_id, l.on_hand, l.reserved)
    insert into stock_ledger (store_id, sku_id, reason, document_id, on_hand_delta, reserved_delta, on_hand_after, reserved_after, note, by, at)
    select m.store_id, m.sku_id, ${reason}, ${documentId}::uuid, x.delta, 0, m.on_hand, m.reserved, x.note, ${by}, ${at}
    from moved m join x using (store_id, sku_id)
    returning id, store_id as "storeId", sku_id as "skuId"`.execute(tx)
  return rows
}

export interface ExpiredOf extends LevelKey {
  expired: number
}
export async function setExpired(tx: Tx, levels: readonly ExpiredOf[]): Promise<number> {
  if (levels.length === 0) return 0
  const { numAffectedRows } = await sql`
    update stock_level l set expired = x.expired
    from unnest(${levels.map(({ storeId }) => storeId)}::text[], ${levels.map(({ skuId }) => skuId)}::uuid[], ${levels.map(({ expired }) => expired)}::int[])
      x(store_id, sku_id, expired)
    where l.store_id = x.store_id and l.sku_id = x.sku_id`.execute(tx)
  return Number(numAffectedRows)
}
