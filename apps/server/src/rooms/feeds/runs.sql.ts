import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Topic } from './events.sql.ts'

export type RunState = 'OPEN' | 'WAITING' | 'WORKING' | 'DONE' | 'FAILED' | 'CANCELLED'
export interface Tally {
  rows: number
  seen: number
  applied: number
  same: number
  superseded: number
  duplicate: number
  refused: number
  short: number
}
export interface Run extends Tally {
  id: string
  no: number
  sourceId: string
  kind: 'events' | 'snapshot'
  topic: Topic | 'all'
  state: RunState
  day: string
  asOf: Date | null
  knownThrough: number | null
  absent: 'keep' | 'none'
  key: string
  fileName: string | null
  fault: string | null
  cursorStore: string | null
  cursorSku: string | null
  cursorRow: number | null
  openedAt: Date
  closedAt: Date | null
  endedAt: Date | null
  by: string
}
export const runColumns = () =>
  [
    'r.id',
    'r.no',
    'r.source_id as sourceId',
    'r.day',
    'r.as_of as asOf',
    'r.key',
    'r.fault',
    'r.by',
    'r.known_through as knownThrough',
    'r.file_name as fileName',
    'r.rows',
    'r.seen',
    'r.applied',
    'r.same',
    'r.superseded',
    'r.duplicate',
    'r.refused',
    'r.short',
    'r.cursor_store as cursorStore',
    'r.cursor_sku as cursorSku',
    'r.cursor_row as cursorRow',
    'r.opened_at as openedAt',
    'r.closed_at as closedAt',
    'r.ended_at as endedAt',
    sql<Run['kind']>`r.kind`.as('kind'),
    sql<Run['topic']>`r.topic`.as('topic'),
    sql<RunState>`r.state`.as('state'),
    sql<Run['absent']>`r.absent`.as('absent'),
  ] as const
const select = (db: Reader) => db.selectFrom('feed_run as r').select(runColumns())

export const findRun = (db: Reader, id: string): Promise<Run | undefined> =>
  select(db).where('r.id', '=', id).executeTakeFirst()
export const lockRun = (tx: Tx, id: string): Promise<Run | undefined> =>
  select(tx).where('r.id', '=', id).forNoKeyUpdate().executeTakeFirst()
export const findByKey = (db: Reader, sourceId: string, key: string): Promise<Run | undefined> =>
  select(db).where('r.source_id', '=', sourceId).where('r.key', '=', key).executeTakeFirst()

export interface NewRun {
  id: string
  sourceId: string
  kind: Run['kind']
  topic: Run['topic']
  day: string
  asOf: Date | null
  knownThrough: number | null
  absent: Run['absent']
  key: string
  fileName: string | null
  fileSha256: Buffer | null
  at: Date
  by: string
}
/** False when the source has a run with that key. Violates `feed_run_file` when the same file was taken in before. */
export async function insertRun(tx: Tx, run: NewRun): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('feed_run')
    .values({
      id: run.id,
      source_id: run.sourceId,
      kind: run.kind,
      topic: run.topic,
      state: run.kind === 'events' ? 'DONE' : 'OPEN',
      day: run.day,
      as_of: run.asOf,
      known_through: run.knownThrough,
      absent: run.absent,
      key: run.key,
      file_name: run.fileName,
      file_sha256: run.fileSha256,
      opened_at: run.at,
      by: run.by,
    })
    .onConflict((conflict) => conflict.columns(['source_id', 'key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Adds to the tally of a run. */
export async function addTally(tx: Tx, id: string, add: Partial<Tally>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('feed_run')
    .set({
      rows: sql`rows + ${add.rows ?? 0}`,
      seen: sql`seen + ${add.seen ?? 0}`,
      applied: sql`applied + ${add.applied ?? 0}`,
      same: sql`same + ${add.same ?? 0}`,
      superseded: sql`superseded + ${add.superseded ?? 0}`,
      duplicate: sql`duplicate + ${add.duplicate ?? 0}`,
      refused: sql`refused + ${add.refused ?? 0}`,
      short: sql`short + ${add.short ?? 0}`,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Moves a run on, if it is still in `from`. */
export async function setState(
  tx: Tx,
  id: string,
  { from, to, at, fault }: { from: readonly RunState[]; to: RunState; at: Date; fault?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('feed_run')
    .set({
      state: to,
      ...(to === 'WAITING' ? { closed_at: at } : {}),
      ...(to === 'DONE' || to === 'FAILED' || to === 'CANCELLED' ? { ended_at: at } : {}),
      ...(fault === undefined ? {} : { fault }),
    })
    .where('id', '=', id)
    .where(sql<boolean>`state = any(${from}::text[])`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
/** A batch is done: where it ended, and what became of its rows. */
export async function advance(
  tx: Tx,
  id: string,
  { storeId, skuId, rowNo }: { storeId: string | null; skuId: string | null; rowNo: number },
  add: Omit<Tally, 'rows' | 'short'> & { short?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('feed_run')
    .set({
      cursor_store: storeId,
      cursor_sku: skuId,
      cursor_row: rowNo,
      seen: sql`seen + ${add.seen}`,
      applied: sql`applied + ${add.applied}`,
      same: sql`same + ${add.same}`,
      superseded: sql`superseded + ${add.superseded}`,
      duplicate: sql`duplicate + ${add.duplicate}`,
      refused: sql`refused + ${add.refused}`,
      short: sql`short + ${add.short ?? 0}`,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export const storesOf = (db: Reader, runId: string): Promise<{ storeId: string }[]> =>
  db
    .selectFrom('feed_row')
    .select(sql<string>`store_id`.as('storeId'))
    .distinct()
    .where('run_id', '=', runId)
    .where('sku_id', 'is not', null)
    .execute()
/** The run that has waited longest; whoever finds it works one batch of it under the lock of its source. */
export const nextDue = (db: Reader): Promise<{ id: string; sourceId: string } | undefined> =>
  db
    .selectFrom('feed_run')
    .select(['id', 'source_id as sourceId'])
    .where(sql<boolean>`state in ('WAITING', 'WORKING')`)
    .orderBy('closed_at')
    .limit(1)
    .executeTakeFirst()

export interface RowValues {
  rowNo: number
  body: unknown
  storeId: string | null
  skuId: string | null
  counted: number | null
}
export async function insertRows(tx: Tx, runId: string, rows: readonly RowValues[]): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_row (run_id, row_no, body, store_id, sku_id, counted)
    select ${runId}::uuid, "rowNo", body, "storeId", "skuId", counted
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("rowNo" int, body jsonb, "storeId" text, "skuId" uuid, counted int)`.execute(
    tx,
  )
  return numAffectedRows
}
/** Rows of one part, to be told apart from a part that comes again with other content. */
export const rowsBetween = (
  db: Reader,
  runId: string,
  { from, to }: { from: number; to: number },
): Promise<{ rowNo: number; body: unknown }[]> =>
  db
    .selectFrom('feed_row')
    .select(['row_no as rowNo', 'body'])
    .where('run_id', '=', runId)
    .where('row_no', '>=', from)
    .where('row_no', '<=', to)
    .orderBy('row_no')
    .execute()

/** The next rows in the order of levels, after the cursor. */
export async function nextByLevel(
  tx: Tx,
  run: Pick<Run, 'id' | 'cursorStore' | 'cursorSku' | 'cursorRow'>,
  limit: number,
): Promise<RowValues[]> {
  const { rows } = await sql<RowValues>`
    select row_no as "rowNo", body, store_id as "storeId", sku_id as "skuId", counted from feed_row
    where run_id = ${run.id} and sku_id is not null and store_id is not null
      and (store_id, sku_id, row_no) > (${run.cursorStore ?? ''}, ${run.cursorSku ?? '00000000-0000-0000-0000-000000000000'}::uuid, ${run.cursorRow ?? 0})
    order by store_id, sku_id, row_no limit ${limit}`.execute(tx)
  return rows
}
/** The next rows as they came. */
export const nextByRow = (tx: Tx, run: Pick<Run, 'id' | 'cursorRow'>, limit: number): Promise<RowValues[]> =>
  tx
    .selectFrom('feed_row')
    .select(['row_no as rowNo', 'body', 'store_id as storeId', 'sku_id as skuId', 'counted'])
    .where('run_id', '=', run.id)
    .where('row_no', '>', run.cursorRow ?? 0)
    .where(sql<boolean>`not body ? 'broken'`)
    .orderBy('row_no')
    .limit(limit)
    .execute()

/** Goods of its stores that the source counted before and that are not on this list: there are none left. Answers how many. */
export async function addAbsent(tx: Tx, { id, sourceId }: Pick<Run, 'id' | 'sourceId'>): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    insert into feed_row (run_id, row_no, body, store_id, sku_id, counted)
    select ${id}::uuid, (select coalesce(max(row_no), 0) from feed_row where run_id = ${id}) + row_number() over (order by l.store_id, l.sku_id),
      '{"absent":true}', l.store_id, l.sku_id, 0
    from feed_level l
    where l.source_id = ${sourceId} and l.counted_at is not null
      and l.store_id in (select store_id from feed_row where run_id = ${id} and store_id is not null)
      and not exists (select from feed_row r where r.run_id = ${id} and r.store_id = l.store_id and r.sku_id = l.sku_id)`.execute(
    tx,
  )
  return Number(numAffectedRows)
}

/** Rows of lists that ended in the last thirty days and could not be taken in, but could be read. */
export async function unmendedRows(
  db: Reader,
  sourceId: string,
  { after, limit }: { after: { runId: string; rowNo: number }; limit: number },
): Promise<(RowValues & { runId: string })[]> {
  const { rows } = await sql<RowValues & { runId: string }>`
    select w.run_id as "runId", w.row_no as "rowNo", w.body, w.store_id as "storeId", w.sku_id as "skuId", w.counted
    from feed_run r join feed_fault f on f.run_id = r.id and f.mended_at is null
    join feed_row w on w.run_id = f.run_id and w.row_no = f.row_no
    where r.source_id = ${sourceId} and r.kind = 'snapshot' and r.state = 'DONE' and not w.body ? 'broken' and f.code <> 'said_twice'
      and (w.run_id, w.row_no) > (${after.runId}::uuid, ${after.rowNo}) order by w.run_id, w.row_no limit ${limit}`.execute(
    db,
  )
  return rows
}
export async function setMeaning(tx: Tx, runId: string, rows: readonly RowValues[]): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    update feed_row w set store_id = r."storeId", sku_id = r."skuId", counted = r.counted
    from json_to_recordset(${JSON.stringify(rows)}::json) as r ("rowNo" int, "storeId" text, "skuId" uuid, counted int)
    where w.run_id = ${runId} and w.row_no = r."rowNo"`.execute(tx)
  return numAffectedRows
}
