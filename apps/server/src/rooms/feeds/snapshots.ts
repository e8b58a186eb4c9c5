import type { PartAnswer, SnapshotOpening, SnapshotPart } from '@linli/contract/feeds'
import type { Static } from 'typebox'
import { businessDay } from '#kernel/clock'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { type Fault, wordsOf } from './faults.ts'
import { faultRow, shownFault } from './hearing.ts'
import { codesOf } from './meaning.ts'
import {
  asOfInvalid,
  keyReused,
  rowsDiffer,
  runMissing,
  runState,
  sourceMissing,
  sourceOff,
  topicNotTold,
} from './problems.ts'
import type { FeedRoom } from './room.ts'
import { instantOf } from './rows.ts'
import { type FaultRow, faultsOf, insertFaults } from './faults.sql.ts'
import * as sql from './runs.sql.ts'
import { findSource, lockSource, setSpoke, type Source } from './sources.sql.ts'
import { hashOf, meaningOf, NOTHING, type Word } from './words.ts'

export type Opening = Static<typeof SnapshotOpening>
export type Part = Static<typeof SnapshotPart>
/** Rows of one part at most; row numbers follow from the number of the part. */
const PART_ROWS = 1000

export async function requireSource({ ctx }: FeedRoom, code: string): Promise<Source> {
  const source = (await findSource(ctx.db, code)) ?? refuse(sourceMissing)
  return source.active ? source : refuse(sourceOff)
}

export interface Origin {
  by: string
  fileName?: string
  fileSha256?: Buffer
  /** Of the person who uploaded it. */
  call?: AuditedCall
}
/** Begins a full list. The same key answers the same run. */
export async function openSnapshot(
  room: FeedRoom,
  code: string,
  { key, topic, asOf, knownThrough, absent = 'keep' }: Opening,
  { by, fileName, fileSha256, call }: Origin,
): Promise<sql.Run> {
  const source = await requireSource(room, code)
  if (!source.topics.includes(topic)) refuse(topicNotTold, { topic })
  const now = room.ctx.clock.now()
  const read = instantOf(asOf, now)
  if ('fault' in read) return refuse(asOfInvalid, { asOf })
  const wish = {
    topic,
    asOf: read.value > now ? now : read.value,
    knownThrough: knownThrough ?? null,
    absent,
  }
  return inTx(room.ctx.db, async (tx) => {
    const isNew = await sql.insertRun(tx, {
      ...wish,
      id: newId(),
      sourceId: source.id,
      kind: 'snapshot',
      day: businessDay(now),
      key,
      fileName: fileName ?? null,
      fileSha256: fileSha256 ?? null,
      at: now,
      by,
    })
    if (isNew) await setSpoke(tx, source.id, now)
    if (isNew && call)
      await room.staff.audit(tx, call, {
        action: 'feeds.file_taken',
        subject: `feed_source:${code}`,
        after: { topic, asOf, absent, file: fileName ?? null },
      })
    const run = (await sql.findByKey(tx, source.id, key)) ?? refuse(runMissing)
    const same = run.topic === topic && run.absent === absent && run.knownThrough === wish.knownThrough
    return same && run.asOf?.getTime() === wish.asOf.getTime() ? run : refuse(keyReused)
  })
}

/** The words of a part, numbered from its place in the list. */
export function partWords({ stock = [], prices = [], products = [] }: Part, partNo: number): Word[] {
  const first = (partNo - 1) * PART_ROWS + 1
  return [
    ...products.map((body) => ({ topic: 'products' as const, body })),
    ...prices.map((body) => ({ topic: 'prices' as const, body })),
    ...stock.map((body) => ({ topic: 'stock' as const, body })),
  ].map((word, i) => ({ ...word, no: first + i }))
}

/** A row of a file that cannot even be read. */
export interface Broken {
  no: number
  fault: Fault
  store: string | null
  goods: string | null
}
export interface PartGiven {
  partNo: number
  rows: readonly (Word | Broken)[]
  /** Stores that whoever sends may speak of; null: all. */
  storeIds: readonly string[] | null
}
const NO_COUNT: Fault = { code: 'count_or_change' }
const bodyOf = (row: Word | Broken): unknown =>
  'topic' in row ? row.body : { broken: row.fault.said, store: row.store, goods: row.goods }

/** Takes in one part of an open list; sending it again changes nothing, sending another under its number is refused. */
export function addPart(
  room: FeedRoom,
  { runId, sourceId }: { runId: string; sourceId: string },
  { partNo, rows, storeIds }: PartGiven,
): Promise<Static<typeof PartAnswer>> {
  return inTx(room.ctx.db, async (tx) => {
    const source = (await lockSource(tx, sourceId)) ?? refuse(sourceMissing)
    const run = (await sql.lockRun(tx, runId)) ?? refuse(runMissing)
    if (run.sourceId !== sourceId) refuse(runMissing)
    if (run.state !== 'OPEN') refuse(runState, { state: run.state })
    const wrong = rows.find((row) => 'topic' in row && row.topic !== run.topic)
    if (wrong) refuse(topicNotTold, { part: partNo })
    const from = (partNo - 1) * PART_ROWS + 1
    const before = await sql.rowsBetween(tx, runId, { from, to: from + PART_ROWS - 1 })
    if (before.length > 0) {
      const same = hashOf(before.map(({ body }) => body)).equals(hashOf(rows.map(bodyOf)))
      if (!same) refuse(keyReused, { part: partNo })
      return { rows: rows.length, refused: (await faultsOf(tx, runId, before)).map(shownFault) }
    }
    return { rows: rows.length, refused: await keepRows(tx, room, source, runId, { rows, storeIds }) }
  })
}

async function keepRows(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  runId: string,
  { rows, storeIds }: Pick<PartGiven, 'rows' | 'storeIds'>,
) {
  const words = rows.filter((row) => 'topic' in row)
  const codes = await codesOf(tx, source, words)
  const placed = rows.map((row) => {
    if (!('topic' in row)) return { row, meaning: NOTHING, fault: row.fault }
    const { meaning, fault } = meaningOf(row, codes, storeIds)
    const found = fault ?? (row.topic === 'stock' && meaning.counted === null ? NO_COUNT : undefined)
    return { row, meaning, fault: found }
  })
  await sql.insertRows(
    tx,
    runId,
    placed.map(({ row, meaning, fault }) => ({
      rowNo: row.no,
      body: bodyOf(row),
      storeId: meaning.storeId,
      skuId: fault ? null : meaning.skuId,
      counted: meaning.counted,
    })),
  )
  const faults = placed.flatMap(({ row, meaning, fault }): FaultRow[] => {
    if (!fault) return []
    if ('topic' in row) return [faultRow(row, fault, meaning.storeId)]
    const { no: rowNo, store: storeCode, goods: goodsCode } = row
    return [{ rowNo, code: fault.code, reason: wordsOf(fault), storeCode, goodsCode, storeId: null }]
  })
  await insertFaults(tx, runId, faults, room.ctx.clock.now())
  await sql.addTally(tx, runId, { rows: rows.length, seen: faults.length, refused: faults.length })
  return faults.map(shownFault)
}

/** Says that all rows are there; from then on they are applied in the background. A list of which a part is missing is not taken in. */
export function closeSnapshot(
  room: FeedRoom,
  { runId, sourceId }: { runId: string; sourceId: string },
  rows: number,
): Promise<sql.Run> {
  return inTx(room.ctx.db, async (tx) => {
    await lockSource(tx, sourceId)
    const run = (await sql.lockRun(tx, runId)) ?? refuse(runMissing)
    if (run.sourceId !== sourceId) refuse(runMissing)
    if (run.state === 'CANCELLED' || run.state === 'FAILED') refuse(runState, { state: run.state })
    // Rows that we add for goods that are not on the list come later.
    if (run.state === 'OPEN' && run.rows !== rows) refuse(rowsDiffer, { rows: run.rows })
    if (run.state === 'OPEN')
      await sql.setState(tx, runId, { from: ['OPEN'], to: 'WAITING', at: room.ctx.clock.now() })
    return (await sql.findRun(tx, runId)) ?? refuse(runMissing)
  })
}
