import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'

export type Topic = 'stock' | 'prices' | 'products'
export type EventState = 'APPLIED' | 'SUPERSEDED' | 'REFUSED'

export interface HeardEvent {
  seq: number
  bodyHash: Buffer
  body: unknown
}
/** Which of these numbers were used already, and for what. */
export const findEvents = (db: Reader, sourceId: string, seqs: readonly number[]): Promise<HeardEvent[]> =>
  db
    .selectFrom('feed_event')
    .select(['seq', 'body_hash as bodyHash', 'body'])
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`seq = any(${arrayOf(seqs, (seq) => seq)}::bigint[])`)
    .execute()

export interface EventRow {
  seq: number
  topic: Topic
  body: unknown
  bodyHash: Buffer
  at: Date
  state: EventState
  storeId: string | null
  skuId: string | null
  counted: number | null
  delta: number | null
  knownThrough: number | null
}
/** Each number once: the primary key says so too. */
export async function insertEvents(
  tx: Tx,
  { sourceId, runId, heardAt }: { sourceId: string; runId: string; heardAt: Date },
  rows: readonly EventRow[],
): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    insert into feed_event (source_id, run_id, heard_at, seq, topic, body, body_hash, at, state, store_id, sku_id, counted, delta, known_through)
    select ${sourceId}::uuid, ${runId}::uuid, ${heardAt}::timestamptz, r.seq, r.topic, r.body, decode(r."bodyHash", 'hex'), r.at, r.state,
      r."storeId", r."skuId", r.counted, r.delta, r."knownThrough"
    from json_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, bodyHash: row.bodyHash.toString('hex') })))}::json) as r (
      seq bigint, topic text, body jsonb, "bodyHash" text, at timestamptz, state text, "storeId" text, "skuId" uuid, counted int, delta int,
      "knownThrough" bigint)`.execute(tx)
  return numAffectedRows
}

/** What became of events that were not (or no longer) applied, and of refused ones that now were. */
export async function setStates(
  tx: Tx,
  sourceId: string,
  rows: readonly Omit<EventRow, 'topic' | 'body' | 'bodyHash' | 'at'>[],
): Promise<bigint> {
  if (rows.length === 0) return 0n
  const { numAffectedRows = 0n } = await sql`
    update feed_event e set state = r.state, store_id = r."storeId", sku_id = r."skuId", counted = r.counted, delta = r.delta,
      known_through = r."knownThrough"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      seq bigint, state text, "storeId" text, "skuId" uuid, counted int, delta int, "knownThrough" bigint)
    where e.source_id = ${sourceId} and e.seq = r.seq`.execute(tx)
  return numAffectedRows
}

export interface RefusedEvent {
  seq: number
  topic: Topic
  body: unknown
  at: Date
  runId: string
  knownThrough: number | null
}
/** Events that were refused for something that may be mended, oldest first. */
export const listRefused = (
  db: Reader,
  sourceId: string,
  { after, limit }: { after: number; limit: number },
): Promise<RefusedEvent[]> =>
  db
    .selectFrom('feed_event')
    .select(['seq', 'body', 'at', 'run_id as runId', 'known_through as knownThrough'])
    .select(sql<Topic>`topic`.as('topic'))
    .where('source_id', '=', sourceId)
    .where('state', '=', 'REFUSED')
    .where(
      sql<boolean>`not exists (select from feed_fault f where f.run_id = feed_event.run_id and f.row_no = seq and f.code in ('at_invalid', 'at_ahead'))`,
    )
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()

export interface GapRow {
  from: number
  to: number
  seenAt: Date
}
export const listGaps = (db: Reader, sourceId: string): Promise<GapRow[]> =>
  db
    .selectFrom('feed_gap')
    .select(['from_seq as from', 'to_seq as to', 'seen_at as seenAt'])
    .where('source_id', '=', sourceId)
    .orderBy('from_seq')
    .execute()

export async function dropGaps(tx: Tx, sourceId: string, from: readonly number[]): Promise<bigint> {
  if (from.length === 0) return 0n
  const { numDeletedRows } = await tx
    .deleteFrom('feed_gap')
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`from_seq = any(${arrayOf(from, (seq) => seq)}::bigint[])`)
    .executeTakeFirst()
  return numDeletedRows
}

export async function insertGaps(
  tx: Tx,
  sourceId: string,
  gaps: readonly { from: number; to: number }[],
  seenAt: Date,
): Promise<bigint> {
  if (gaps.length === 0) return 0n
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('feed_gap')
    .values(
      gaps.map(({ from, to }) => ({ source_id: sourceId, from_seq: from, to_seq: to, seen_at: seenAt })),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows
}
