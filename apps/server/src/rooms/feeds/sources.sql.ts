import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Topic } from './events.sql.ts'

export interface SourceTerms {
  staleMinutes: number
  stopMinutes: number
  /** What is kept back of stale stock: so many pieces, so many percent of what is on hand, what so many days sell. */
  widen: 'pieces' | 'percent' | 'days'
  widenBy: number
  /** Goods that sell as many pieces a day stop when the stock is very stale. */
  fastPerDay: number
}
export interface SourceValues extends SourceTerms {
  name: string
  kind: 'erp' | 'till' | 'folder'
  active: boolean
  partnerCode: string | null
  topics: Topic[]
  byBarcode: boolean
  priceUnit: 'fen' | 'yuan'
  productFacts: ('name' | 'unit' | 'category' | 'barcode')[]
}
export interface Source extends SourceValues {
  id: string
  code: string
  version: number
  topSeq: number
  topAt: Date | null
  heardAt: Date | null
}

const COLUMNS = [
  'id',
  'code',
  'name',
  'active',
  'partner_code as partnerCode',
  'by_barcode as byBarcode',
  'stale_minutes as staleMinutes',
  'stop_minutes as stopMinutes',
  'widen_by as widenBy',
  'fast_per_day as fastPerDay',
  'version',
  'top_seq as topSeq',
  'top_at as topAt',
  'heard_at as heardAt',
] as const
const select = (db: Reader) =>
  db
    .selectFrom('feed_source')
    .select(COLUMNS)
    .select([
      sql<Source['kind']>`kind`.as('kind'),
      sql<Source['priceUnit']>`price_unit`.as('priceUnit'),
      sql<Source['widen']>`widen`.as('widen'),
      sql<Source['productFacts']>`product_facts`.as('productFacts'),
      sql<
        Topic[]
      >`array_remove(array[case when products then 'products' end, case when prices then 'prices' end, case when stock then 'stock' end], null)`.as(
        'topics',
      ),
    ])

export const listSources = (db: Reader): Promise<Source[]> => select(db).orderBy('code').execute()
export const findSource = (db: Reader, code: string): Promise<Source | undefined> =>
  select(db).where('code', '=', code).executeTakeFirst()
/** Whoever writes down what a source says has it to themselves until the transaction ends. */
export const lockSource = (tx: Tx, id: string): Promise<Source | undefined> =>
  select(tx).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

const columnsOf = (values: SourceValues) => ({
  name: values.name,
  kind: values.kind,
  active: values.active,
  partner_code: values.partnerCode,
  stock: values.topics.includes('stock'),
  prices: values.topics.includes('prices'),
  products: values.topics.includes('products'),
  by_barcode: values.byBarcode,
  price_unit: values.priceUnit,
  product_facts: values.productFacts,
  stale_minutes: values.staleMinutes,
  stop_minutes: values.stopMinutes,
  widen: values.widen,
  widen_by: values.widenBy,
  fast_per_day: values.fastPerDay,
})

/** Violates `feed_source_code_key` when another source has the code. */
export const insertSource = async (
  tx: Tx,
  { id, code, values, at, by }: { id: string; code: string; values: SourceValues; at: Date; by: string },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('feed_source')
    .values({ id, code, ...columnsOf(values), created_at: at, created_by: by })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
/** False when the version is another by now. */
export const updateSource = async (
  tx: Tx,
  { id, version, values }: { id: string; version: number; values: SourceValues },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('feed_source')
    .set({ ...columnsOf(values), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** It said something: how far its numbers go, and up to when it spoke. */
export const setHeard = async (
  tx: Tx,
  id: string,
  { topSeq, topAt, at }: { topSeq: number; topAt: Date | null; at: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('feed_source')
    .set({
      top_seq: topSeq,
      top_at: sql`greatest(top_at, ${topAt}::timestamptz)`,
      heard_at: at,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A full list of it began to come in, by file or over the net. */
export async function setSpoke(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('feed_source').set({ heard_at: at }).where('id', '=', id).executeTakeFirst()
}

export interface StoreCode {
  code: string
  storeId: string
  stock: boolean
  toldAt: Date | null
}
export const listStoreCodes = (db: Reader, sourceId: string): Promise<StoreCode[]> =>
  db
    .selectFrom('feed_store')
    .select(['code', 'store_id as storeId', 'stock', 'told_at as toldAt'])
    .where('source_id', '=', sourceId)
    .orderBy('code')
    .execute()

export const dropStoreCodes = async (tx: Tx, sourceId: string): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('feed_store')
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
  return numDeletedRows
}
/** Violates `feed_store_stock` where another source tells the stock of the store. */
export const insertStoreCodes = async (
  tx: Tx,
  sourceId: string,
  rows: readonly StoreCode[],
): Promise<bigint> => {
  if (rows.length === 0) return 0n
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('feed_store')
    .values(
      rows.map(({ code, storeId, stock, toldAt }) => ({
        source_id: sourceId,
        code,
        store_id: storeId,
        stock,
        told_at: toldAt,
      })),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows
}

export interface CategoryCode {
  code: string
  categoryId: string
}
export const listCategoryCodes = (db: Reader, sourceId: string): Promise<CategoryCode[]> =>
  db
    .selectFrom('feed_category')
    .select(['code', 'category_id as categoryId'])
    .where('source_id', '=', sourceId)
    .orderBy('code')
    .execute()
export const dropCategoryCodes = async (tx: Tx, sourceId: string): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('feed_category')
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
  return numDeletedRows
}
/** Violates `feed_category_category_id_fkey` when there is no such category. */
export const insertCategoryCodes = async (
  tx: Tx,
  sourceId: string,
  rows: readonly CategoryCode[],
): Promise<bigint> => {
  if (rows.length === 0) return 0n
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('feed_category')
    .values(rows.map(({ code, categoryId }) => ({ source_id: sourceId, code, category_id: categoryId })))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows
}
