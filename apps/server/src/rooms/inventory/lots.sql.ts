import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { LevelKey } from './level.ts'
import type { Lot, LotPart } from './lots.ts'

export interface LotOfLevel extends Lot, LevelKey {
  documentId: string
}
/** A level that has lots: the lowest it stood since its lots last followed, and its newest entry. */
export interface Trail extends LevelKey {
  lowest: number | null
  top: number
}
const keysOf = (keys: readonly LevelKey[]) =>
  sql`unnest(${keys.map(({ storeId }) => storeId)}::text[], ${keys.map(({ skuId }) => skuId)}::uuid[]) k(store_id, sku_id)`

/** Lots of levels that the caller holds locked: what is not used up, and those that are named. */
export async function loadLots(
  tx: Tx,
  keys: readonly LevelKey[],
  named: readonly string[],
): Promise<LotOfLevel[]> {
  const { rows } = await sql<LotOfLevel>`
    select l.id, l.store_id as "storeId", l.sku_id as "skuId", l.document_id as "documentId", l.batch_no as "batchNo",
      l.made_on as "madeOn", l.expires_on as "expiresOn", l.received, l.remaining
    from stock_lot l join ${keysOf(keys)} on l.store_id = k.store_id and l.sku_id = k.sku_id
    where l.remaining > 0 or l.id = any(${named}::uuid[])`.execute(tx)
  return rows
}
export async function readTrails(tx: Tx, keys: readonly LevelKey[]): Promise<Trail[]> {
  const { rows } = await sql<Trail>`
    select c.store_id as "storeId", c.sku_id as "skuId", t.lowest, coalesce(t.top, c.ledger_id) as top
    from stock_lot_cursor c join ${keysOf(keys)} on c.store_id = k.store_id and c.sku_id = k.sku_id
    cross join lateral (select min(e.on_hand_after) as lowest, max(e.id) as top from stock_ledger e
      where e.store_id = c.store_id and e.sku_id = c.sku_id and e.id > c.ledger_id) t`.execute(tx)
  return rows
}

export async function setCursors(tx: Tx, trails: readonly Omit<Trail, 'lowest'>[]): Promise<number> {
  if (trails.length === 0) return 0
  const { numAffectedRows } = await sql`
    insert into stock_lot_cursor (store_id, sku_id, ledger_id)
    select * from unnest(${trails.map(({ storeId }) => storeId)}::text[], ${trails.map(({ skuId }) => skuId)}::uuid[], ${trails.map(({ top }) => top)}::bigint[])
    on conflict (store_id, sku_id) do update set ledger_id = excluded.ledger_id`.execute(tx)
  return Number(numAffectedRows)
}

export async function setRemaining(tx: Tx, lots: readonly Pick<Lot, 'id' | 'remaining'>[]): Promise<number> {
  if (lots.length === 0) return 0
  const { numAffectedRows } = await sql`
    update stock_lot l set remaining = x.remaining
    from unnest(${lots.map(({ id }) => id)}::uuid[], ${lots.map(({ remaining }) => remaining)}::int[]) x(id, remaining)
    where l.id = x.id`.execute(tx)
  return Number(numAffectedRows)
}

/** What is left of the lots that a document brought. */
export const lotsBroughtBy = (
  tx: Tx,
  documentId: string,
): Promise<(LevelKey & { lotId: string; quantity: number })[]> =>
  tx
    .selectFrom('stock_lot')
    .select(['store_id as storeId', 'sku_id as skuId', 'id as lotId', 'remaining as quantity'])
    .where('document_id', '=', documentId)
    .where('remaining', '>', 0)
    .execute()

export interface NewLot extends LevelKey, LotPart {
  id: string
  documentId: string
  nearOn: string | null
  at: Date
}
export async function insertLots(tx: Tx, lots: readonly NewLot[]): Promise<number> {
  if (lots.length === 0) return 0
  const { length } = await tx
    .insertInto('stock_lot')
    .values(
      lots.map((lot) => ({
        id: lot.id,
        store_id: lot.storeId,
        sku_id: lot.skuId,
        document_id: lot.documentId,
        batch_no: lot.batchNo,
        made_on: lot.madeOn,
        expires_on: lot.expiresOn,
        near_on: lot.nearOn,
        received: lot.quantity,
        remaining: lot.quantity,
        at: lot.at,
      })),
    )
    .returning('id')
    .execute()
  return length
}

/** Levels whose lots have not followed the ledger, or whose expired pieces are not what today says; 200 at most. */
export async function listUnsettled(db: Reader, today: string): Promise<LevelKey[]> {
  const { rows } = await sql<LevelKey>`
    select l.store_id as "storeId", l.sku_id as "skuId" from stock_level l
    join (select store_id, sku_id, sum(remaining) filter (where expires_on < ${today}::date) as expired
      from stock_lot where remaining > 0 group by 1, 2) h using (store_id, sku_id)
    left join stock_lot_cursor c using (store_id, sku_id)
    where l.expired <> coalesce(h.expired, 0)
      or exists (select from stock_ledger e where e.store_id = l.store_id and e.sku_id = l.sku_id and e.id > coalesce(c.ledger_id, 0)
        and e.on_hand_delta < 0)
    order by 1, 2 limit 200`.execute(db)
  return rows
}

export interface LotRow extends LevelKey {
  id: string
  name: string
  barcode: string
  unit: string
  shelf: string | null
  batchNo: string | null
  madeOn: string | null
  expiresOn: string
  nearOn: string
  remaining: number
  onHand: number
}
export interface LotFilter {
  storeIds: readonly string[] | null
  only: 'near' | 'expired' | undefined
  today: string
}
const dated = (db: Reader, { storeIds, only, today }: LotFilter) => {
  let query = db
    .selectFrom('stock_lot as l')
    .where('l.remaining', '>', 0)
    .where('l.expires_on', 'is not', null)
  if (storeIds) query = query.where(sql<boolean>`l.store_id = any(${storeIds}::text[])`)
  if (only === 'near')
    query = query.where(sql<boolean>`l.near_on <= ${today}::date and l.expires_on >= ${today}::date`)
  if (only === 'expired') query = query.where(sql<boolean>`l.expires_on < ${today}::date`)
  return query
}
export const listDated = (
  db: Reader,
  filter: LotFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<LotRow[]> =>
  dated(db, filter)
    .innerJoin('sku', 'sku.id', 'l.sku_id')
    .innerJoin('product', 'product.id', 'sku.product_id')
    .innerJoin('stock_level as s', (join) =>
      join.onRef('s.store_id', '=', 'l.store_id').onRef('s.sku_id', '=', 'l.sku_id'),
    )
    .leftJoin('listing', (join) =>
      join.onRef('listing.store_id', '=', 'l.store_id').onRef('listing.sku_id', '=', 'l.sku_id'),
    )
    .select(['l.id', 'l.store_id as storeId', 'l.sku_id as skuId', 'l.batch_no as batchNo', 'l.remaining'])
    .select(['product.name', 'sku.barcode', 'product.unit', 'listing.shelf', 's.on_hand as onHand'])
    .select([
      sql<string | null>`l.made_on`.as('madeOn'),
      sql<string>`l.expires_on`.as('expiresOn'),
      sql<string>`l.near_on`.as('nearOn'),
    ])
    .orderBy('l.expires_on')
    .orderBy('l.store_id')
    .orderBy('l.id')
    .limit(limit)
    .offset(offset)
    .execute()

export interface LotCounts {
  total: number
  near: number
  expired: number
}
export const countDated = (db: Reader, filter: Omit<LotFilter, 'only'>): Promise<LotCounts> =>
  dated(db, { ...filter, only: undefined })
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where l.near_on <= ${filter.today}::date and l.expires_on >= ${filter.today}::date)`.as(
        'near',
      ),
      sql<number>`count(*) filter (where l.expires_on < ${filter.today}::date)`.as('expired'),
    ])
    .executeTakeFirstOrThrow()
