import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'

/** One member's wishes one after the other: two at once would draw the same place. */
export async function lockWishes(tx: Tx, memberId: string): Promise<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended('restock ' || ${memberId}, 0))`.execute(tx)
}

/** Waits anew, in the lowest free place. False: all fifty are taken. A wish that was fulfilled before starts again. */
export async function insertNotice(
  tx: Tx,
  memberId: string,
  { storeId, skuId }: LevelKey,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into restock_notice (member_id, store_id, sku_id, place, asked_at)
    select ${memberId}, ${storeId}, ${skuId}, p.place, ${at}
    from (select coalesce((select place from restock_notice where member_id = ${memberId} and store_id = ${storeId} and sku_id = ${skuId}),
      (select min(g) from generate_series(1, 50) g
        where not exists (select from restock_notice n where n.member_id = ${memberId} and n.place = g)))::smallint as place) p
    where p.place is not null
    on conflict (member_id, store_id, sku_id) do update set
      asked_at = case when restock_notice.due_at is null then restock_notice.asked_at else excluded.asked_at end, due_at = null`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
export async function deleteNotice(tx: Tx, memberId: string, { storeId, skuId }: LevelKey): Promise<bigint> {
  const { numDeletedRows } = await tx
    .deleteFrom('restock_notice')
    .where('member_id', '=', memberId)
    .where('store_id', '=', storeId)
    .where('sku_id', '=', skuId)
    .executeTakeFirst()
  return numDeletedRows
}

/** What may still be promised now, locking nothing; undefined where the store keeps no such SKU. */
export async function freeNow(db: Reader, { storeId, skuId }: LevelKey): Promise<number | undefined> {
  const { rows } = await sql<{ free: number }>`
    select free_of(l) as free from stock_level l where store_id = ${storeId} and sku_id = ${skuId}`.execute(
    db,
  )
  return rows[0]?.free
}

export interface NoticeRow extends LevelKey {
  productId: string
  name: string
  askedAt: Date
  dueAt: Date | null
  available: number
}
/** What has returned first, then what was asked for last. */
export async function listNotices(db: Reader, memberId: string): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.store_id as "storeId", n.sku_id as "skuId", p.id as "productId", p.name, n.asked_at as "askedAt", n.due_at as "dueAt",
      greatest(0, free_of(l)) as available
    from restock_notice n join stock_level l using (store_id, sku_id) join sku s on s.id = n.sku_id join product p on p.id = s.product_id
    where n.member_id = ${memberId} order by n.due_at desc nulls last, n.asked_at desc, n.sku_id`.execute(db)
  return rows
}

export interface DueWish extends LevelKey {
  memberId: string
  askedAt: Date
  productId: string
  name: string
}
/** Marks what has returned, each wish once; at most 500 at a time. Several processes share the work. */
export async function markDue(tx: Tx, at: Date): Promise<DueWish[]> {
  const { rows } = await sql<DueWish>`
    with due as (update restock_notice set due_at = ${at} where (member_id, store_id, sku_id) in (
      select n.member_id, n.store_id, n.sku_id from restock_notice n join stock_level l using (store_id, sku_id)
      join listing i using (store_id, sku_id)
      where n.due_at is null and free_of(l) > 0 and i.on_shelf limit 500 for update of n skip locked)
      returning member_id, store_id, sku_id, asked_at)
    select d.member_id as "memberId", d.store_id as "storeId", d.sku_id as "skuId", d.asked_at as "askedAt", p.id as "productId", p.name
    from due d join sku s on s.id = d.sku_id join product p on p.id = s.product_id`.execute(tx)
  return rows
}

/** Forgets what returned so long ago that nobody looks for it, and frees its place. */
export async function dropDueBefore(tx: Tx, at: Date): Promise<bigint> {
  const { numDeletedRows } = await tx.deleteFrom('restock_notice').where('due_at', '<', at).executeTakeFirst()
  return numDeletedRows
}

export interface WaitRow extends LevelKey {
  name: string
  barcode: string
  unit: string
  waiting: number
  since: Date
  available: number
}
export async function listWaits(
  db: Reader,
  storeIds: readonly string[] | null,
  { limit, offset }: { limit: number; offset: number },
): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    select n.store_id as "storeId", n.sku_id as "skuId", p.name, s.barcode, p.unit, n.waiting, n.since, greatest(0, free_of(l)) as available
    from (select store_id, sku_id, count(*) as waiting, min(asked_at) as since from restock_notice
      where due_at is null and (${storeIds}::text[] is null or store_id = any(${storeIds}::text[])) group by 1, 2) n
    join stock_level l using (store_id, sku_id) join sku s on s.id = n.sku_id join product p on p.id = s.product_id
    order by n.waiting desc, n.since, n.store_id, n.sku_id limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export async function countWaits(db: Reader, storeIds: readonly string[] | null): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(distinct (store_id, sku_id)) as total from restock_notice
    where due_at is null and (${storeIds}::text[] is null or store_id = any(${storeIds}::text[]))`.execute(db)
  return rows[0]?.total ?? 0
}
