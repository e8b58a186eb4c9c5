import { type Selectable, sql } from 'kysely'
import type { StockLedger } from '#db/schema'
import type { Reader } from '#kernel/db'
import type { LevelKey } from './level.ts'
import { numberOf } from './documents.sql.ts'

export interface EntryRow extends Pick<Selectable<StockLedger>, 'id' | 'at' | 'reason' | 'note' | 'by'> {
  onHandDelta: number
  reservedDelta: number
  lockedDelta: number
  onHandAfter: number
  reservedAfter: number
  /** Number of the order or of the stock document behind it. */
  reference: string | null
}
const entries = (db: Reader) =>
  db
    .selectFrom('stock_ledger as e')
    .leftJoin('orders', 'orders.id', 'e.order_id')
    .leftJoin('stock_document as d', 'd.id', 'e.document_id')
const COLUMNS = [
  'e.id',
  'e.at',
  'e.reason',
  'e.note',
  'e.by',
  'e.on_hand_delta as onHandDelta',
  'e.reserved_delta as reservedDelta',
  'e.locked_delta as lockedDelta',
  'e.on_hand_after as onHandAfter',
  'e.reserved_after as reservedAfter',
  sql<string | null>`coalesce(orders.no, case when d.id is not null then ${numberOf('d')} end)`.as(
    'reference',
  ),
] as const

export type Account = 'on_hand' | 'reserved' | 'locked'
/** Moves the account, or anything at all where none is asked for. */
const moves = (account: Account | undefined) =>
  account ? sql<boolean>`${sql.ref(`e.${account}_delta`)} <> 0` : sql<boolean>`true`

export const listEntries = (
  db: Reader,
  { storeId, skuId }: LevelKey,
  { account, limit, offset }: { account: Account | undefined; limit: number; offset: number },
): Promise<EntryRow[]> =>
  entries(db)
    .select([...COLUMNS])
    .where('e.store_id', '=', storeId)
    .where('e.sku_id', '=', skuId)
    .where(moves(account))
    .orderBy('e.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countEntries = (
  db: Reader,
  { storeId, skuId }: LevelKey,
  account: Account | undefined,
): Promise<{ total: number }> =>
  db
    .selectFrom('stock_ledger as e')
    .select(sql<number>`count(*)`.as('total'))
    .where('e.store_id', '=', storeId)
    .where('e.sku_id', '=', skuId)
    .where(moves(account))
    .executeTakeFirstOrThrow()

export interface EntryFilter {
  storeIds: readonly string[] | null
  reason: string | undefined
  q: string | undefined
}
export interface NamedEntryRow extends EntryRow, LevelKey {
  name: string
  barcode: string
  unit: string
}
/** The ledger is the longest table there is: nobody needs to know whether there are more than this. */
const COUNT_UP_TO = 10_000

/** The filter alone, without the names: the ledger is long, so it is narrowed before anything is joined to it. */
const matching = (db: Reader, { storeIds, reason, q }: EntryFilter) => {
  let query = db.selectFrom('stock_ledger as e')
  if (storeIds) query = query.where(sql<boolean>`e.store_id = any(${storeIds}::text[])`)
  if (reason) query = query.where('e.reason', '=', reason)
  if (!q) return query
  if (/^(SH|BS|PD|DB)\d{6,}$/i.test(q))
    return query.where(
      sql<boolean>`e.document_id = (select x.id from stock_document x where ${numberOf('x')} = upper(${q}))`,
    )
  // Goods or the number of an order, each looked up once, not per entry.
  return query.where(
    sql<boolean>`(e.sku_id = any(array(select s.id from sku s join product p on p.id = s.product_id
        where starts_with(s.barcode, ${q}) or strpos(lower(p.name), lower(${q})) > 0))
      or e.order_id = (select o.id from orders o where o.no = upper(${q})))`,
  )
}
export const listEveryEntry = (
  db: Reader,
  filter: EntryFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<NamedEntryRow[]> =>
  entries(db)
    .innerJoin(
      matching(db, filter).select('e.id').orderBy('e.id', 'desc').limit(limit).offset(offset).as('page'),
      'page.id',
      'e.id',
    )
    .innerJoin('sku', 'sku.id', 'e.sku_id')
    .innerJoin('product', 'product.id', 'sku.product_id')
    .select([...COLUMNS])
    .select(['e.store_id as storeId', 'e.sku_id as skuId', 'product.name', 'product.unit', 'sku.barcode'])
    .orderBy('e.id', 'desc')
    .execute()
export async function countEveryEntry(db: Reader, filter: EntryFilter): Promise<number> {
  const { total } = await db
    .selectFrom(matching(db, filter).select('e.id').limit(COUNT_UP_TO).as('some'))
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  return total
}
