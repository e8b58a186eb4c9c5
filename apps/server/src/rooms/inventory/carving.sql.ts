import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { CarvingStamp } from './carving.ts'
import type { LevelKey } from './level.ts'

/** Changes what is kept for campaigns, with an entry in the ledger for each level; answers how many levels took it. */
export async function lockPieces(
  tx: Tx,
  moves: readonly (LevelKey & { delta: number })[],
  { note, by, at }: CarvingStamp,
): Promise<number> {
  if (moves.length === 0) return 0
  const { rows } = await sql`
    with x as (
      select * from unnest(${moves.map(({ storeId }) => storeId)}::text[], ${moves.map(({ skuId }) => skuId)}::uuid[],
        ${moves.map(({ delta }) => delta)}::int[]) x(store_id, sku_id, delta)),
    moved as (
      update stock_level l set activity_locked = l.activity_locked + x.delta, updated_at = ${at}
      from x where l.store_id = x.store_id and l.sku_id = x.sku_id and l.activity_locked + x.delta >= 0
      returning l.store_id, l.sku_id, l.on_hand, l.reserved)
    insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, locked_delta, on_hand_after, reserved_after, note, by, at)
    select m.store_id, m.sku_id, case when x.delta > 0 then 'LOCK' else 'UNLOCK' end, 0, 0, x.delta, m.on_hand, m.reserved, ${note}, ${by}, ${at}
    from moved m join x using (store_id, sku_id) returning id`.execute(tx)
  return rows.length
}
