import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

export interface DoubtRow {
  storeId: string
  standing: 'stale' | 'stopped'
  since: Date
  toldAt: Date
}
export const listDoubts = (db: Reader): Promise<DoubtRow[]> =>
  db
    .selectFrom('stock_doubt')
    .select(['store_id as storeId', 'since', 'told_at as toldAt'])
    .select(sql<DoubtRow['standing']>`standing`.as('standing'))
    .orderBy('store_id')
    .execute()

/** `since` stays while the standing does. */
export async function putDoubt(
  tx: Tx,
  { storeId, standing, toldAt, at }: Omit<DoubtRow, 'since'> & { at: Date },
): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    insert into stock_doubt as d (store_id, standing, since, told_at) values (${storeId}, ${standing}, ${at}, ${toldAt})
    on conflict (store_id) do update set told_at = excluded.told_at, standing = excluded.standing,
      since = case when d.standing = excluded.standing then d.since else excluded.since end
      where (d.standing, d.told_at) is distinct from (excluded.standing, excluded.told_at)`.execute(tx)
  return numAffectedRows
}
export const dropDoubt = async (tx: Tx, storeId: string): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('stock_doubt')
    .where('store_id', '=', storeId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Since when a store has a ledger. */
export async function firstEntry(db: Reader, storeId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(f.at) as at from stock_level l cross join lateral (
      select e.at from stock_ledger e where e.store_id = l.store_id and e.sku_id = l.sku_id order by e.id limit 1) f
    where l.store_id = ${storeId}`.execute(db)
  return rows[0]?.at ?? null
}

export interface Pace extends LevelKey {
  onHand: number
  buffer: number
  /** To customers, in the days asked for. */
  sold: number
}
/** Levels of a store after a SKU, with what they sold of late. */
export async function listPaces(
  db: Reader,
  storeId: string,
  { after, limit, since }: { after: string; limit: number; since: Date },
): Promise<Pace[]> {
  const { rows } = await sql<Pace>`
    select l.store_id as "storeId", l.sku_id as "skuId", l.on_hand as "onHand", l.buffer, coalesce(s.sold, 0) as sold
    from (select * from stock_level where store_id = ${storeId} and sku_id > ${after}::uuid order by sku_id limit ${limit}) l
    cross join lateral (
      select -sum(e.on_hand_delta) as sold from stock_ledger e
      where e.store_id = l.store_id and e.sku_id = l.sku_id and e.at > ${since} and e.reason in ('SHIP', 'POS_SALE')) s
    order by l.sku_id`.execute(db)
  return rows
}

export async function setBuffers(tx: Tx, rows: readonly (LevelKey & { buffer: number })[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numAffectedRows } = await sql`
    update stock_level l set buffer = x.buffer
    from unnest(${arrayOf(rows, ({ storeId }) => storeId)}::text[], ${arrayOf(rows, ({ skuId }) => skuId)}::uuid[],
      ${arrayOf(rows, ({ buffer }) => buffer)}::int[]) x(store_id, sku_id, buffer)
    where l.store_id = x.store_id and l.sku_id = x.sku_id`.execute(tx)
  return Number(numAffectedRows)
}

export const countBuffered = (db: Reader): Promise<{ storeId: string; count: number }[]> =>
  db
    .selectFrom('stock_level')
    .select(['store_id as storeId', sql<number>`count(*)`.as('count')])
    .where('buffer', '>', 0)
    .groupBy('store_id')
    .execute()
