import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface FaultRow {
  rowNo: number
  code: string
  reason: string
  storeCode: string | null
  goodsCode: string | null
  storeId: string | null
}
export async function insertFaults(
  tx: Tx,
  runId: string,
  rows: readonly FaultRow[],
  at: Date,
): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_fault (run_id, row_no, code, reason, store_code, goods_code, store_id, at)
    select ${runId}::uuid, "rowNo", code, reason, "storeCode", "goodsCode", "storeId", ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("rowNo" bigint, code text, reason text, "storeCode" text, "goodsCode" text, "storeId" text)
    on conflict (run_id, row_no, code) do update set reason = excluded.reason, at = excluded.at, mended_at = null`.execute(
    tx,
  )
  return numAffectedRows
}
/** What was wrong with these rows. */
export const faultsOf = (
  db: Reader,
  runId: string,
  rows: readonly { rowNo: number }[],
): Promise<FaultRow[]> =>
  db
    .selectFrom('feed_fault')
    .select(['row_no as rowNo', 'code', 'reason', 'store_code as storeCode', 'goods_code as goodsCode'])
    .select('store_id as storeId')
    .where('run_id', '=', runId)
    .where(sql<boolean>`row_no = any(${rows.map(({ rowNo }) => rowNo)}::bigint[])`)
    .orderBy('row_no')
    .execute()
export async function mendFaults(
  tx: Tx,
  runId: string,
  rowNos: readonly number[],
  at: Date,
): Promise<bigint> {
  if (rowNos.length === 0) return 0n
  const { numUpdatedRows } = await tx
    .updateTable('feed_fault')
    .set({ mended_at: at })
    .where('run_id', '=', runId)
    .where(sql<boolean>`row_no = any(${rowNos}::bigint[])`)
    .where('mended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows
}

export interface FaultShown extends FaultRow {
  at: Date
  mendedAt: Date | null
}
export interface FaultFilter {
  runId: string
  /** Null: every store, and rows of which nobody knows the store. */
  storeIds: readonly string[] | null
  open: boolean
}
const matching = (db: Reader, { runId, storeIds, open }: FaultFilter) => {
  let query = db.selectFrom('feed_fault').where('run_id', '=', runId)
  if (storeIds) query = query.where(sql<boolean>`store_id = any(${storeIds}::text[])`)
  return open ? query.where('mended_at', 'is', null) : query
}
export const listFaults = (
  db: Reader,
  filter: FaultFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<FaultShown[]> =>
  matching(db, filter)
    .select(['row_no as rowNo', 'code', 'reason', 'store_code as storeCode', 'goods_code as goodsCode'])
    .select(['store_id as storeId', 'at', 'mended_at as mendedAt'])
    .orderBy('row_no')
    .limit(limit)
    .offset(offset)
    .execute()
export const countFaults = async (db: Reader, filter: FaultFilter): Promise<number> => {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
