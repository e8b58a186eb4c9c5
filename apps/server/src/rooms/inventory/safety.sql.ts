import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

export const setSafety = async (
  tx: Tx,
  { storeId, skuId }: LevelKey,
  safety: number,
  at: Date,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('stock_level')
    .set({ safety, updated_at: at })
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface SafetyRule {
  least: number
  coverDays: number
}
export const findRule = (db: Reader, { storeId, skuId }: LevelKey): Promise<SafetyRule | undefined> =>
  db
    .selectFrom('safety_rule')
    .select(['least', 'cover_days as coverDays'])
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
export async function putRule(
  tx: Tx,
  { storeId, skuId }: LevelKey,
  { least, coverDays, by, at }: SafetyRule & { by: string; at: Date },
): Promise<boolean> {
  const values = { least, cover_days: coverDays, set_by: by, set_at: at }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('safety_rule')
    .values({ store_id: storeId, sku_id: skuId, ...values })
    .onConflict((conflict) => conflict.columns(['store_id', 'sku_id']).doUpdateSet(values))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export async function dropRule(tx: Tx, { storeId, skuId }: LevelKey): Promise<bigint> {
  const { numDeletedRows } = await tx
    .deleteFrom('safety_rule')
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numDeletedRows
}

export interface Sold {
  pieces: number
  /** Since the first entry of the level, at most the days asked for. */
  days: number
}
/** What left the store to customers in the last days. */
export async function soldLately(
  db: Reader,
  { storeId, skuId }: LevelKey,
  { now, days }: { now: Date; days: number },
): Promise<Sold> {
  const { rows } = await sql<Sold>`
    select coalesce(-sum(on_hand_delta) filter (where reason in ('SHIP', 'POS_SALE')), 0) as pieces,
      least(${days}::int, greatest(1, ceil(extract(epoch from ${now}::timestamptz - (
        select min(at) from stock_ledger f where f.store_id = ${storeId} and f.sku_id = ${skuId})) / 86400)))::int as days
    from stock_ledger where store_id = ${storeId} and sku_id = ${skuId} and at > ${now}::timestamptz - make_interval(days => ${days}::int)`.execute(
    db,
  )
  const [row] = rows
  return { pieces: row?.pieces ?? 0, days: row?.days ?? days }
}

/** Levels whose safety stock follows their sales, after the one before; 500 at most. */
export async function listRuled(db: Reader, after: LevelKey): Promise<(LevelKey & SafetyRule)[]> {
  const { rows } = await sql<LevelKey & SafetyRule>`
    select store_id as "storeId", sku_id as "skuId", least, cover_days as "coverDays" from safety_rule
    where (store_id, sku_id) > (${after.storeId}, ${after.skuId}::uuid) order by store_id, sku_id limit 500`.execute(
    db,
  )
  return rows
}
