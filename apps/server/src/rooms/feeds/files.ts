import { createHash } from 'node:crypto'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { Topic } from './events.sql.ts'
import { type Fault, wordsOf } from './faults.ts'
import { type FaultRow, insertFaults } from './faults.sql.ts'
import { takeEvents } from './events.ts'
import { type Read, readRows, tableOf } from './file-table.ts'
import { fileKnown } from './problems.ts'
import type { FeedRoom } from './room.ts'
import { addTally, findByKey, type Run, setState } from './runs.sql.ts'
import { addPart, closeSnapshot, openSnapshot, requireSource } from './snapshots.ts'
import type { Events, Word } from './words.ts'

const PART_ROWS = 1000
const EVENTS_AT_ONCE = 500

export interface FileGiven {
  bytes: Buffer
  name: string
  topic: Topic
  asOf: string
  absent: 'keep' | 'none'
  by: string
  /** Of the person who uploaded it; without one, it lay in the folder. */
  call?: AuditedCall
}
export const sha256Of = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
const keyOfFile = (sha256: Buffer): string => `file:${sha256.toString('hex').slice(0, 48)}`

/** The run that a file was taken in as before, if it was. */
export const findFile = ({ ctx }: FeedRoom, sourceId: string, bytes: Buffer): Promise<Run | undefined> =>
  findByKey(ctx.db, sourceId, keyOfFile(sha256Of(bytes)))

/**
 * Takes a file in as a full list, or as events where its rows have numbers. The same bytes are taken in once: a run that was cut off goes on, one that
 * ended is refused.
 */
export async function takeFile(room: FeedRoom, code: string, given: FileGiven): Promise<Run> {
  const source = await requireSource(room, code)
  const sha256 = sha256Of(given.bytes)
  const known = await findByKey(room.ctx.db, source.id, keyOfFile(sha256))
  if (known && known.state !== 'OPEN') refuse(fileKnown, { run: known.no })
  const { read, numbered } = readRows(given.topic, await tableOf(given.bytes))
  const opening = { key: keyOfFile(sha256), topic: given.topic, asOf: given.asOf, absent: given.absent }
  const run =
    known ??
    (await openSnapshot(room, code, opening, {
      by: given.by,
      fileName: given.name,
      fileSha256: sha256,
      ...(given.call ? { call: given.call } : {}),
    }))
  if (numbered) await sendEvents(room, code, run, { read, asOf: given.asOf })
  else await sendParts(room, run, read)
  return (await findByKey(room.ctx.db, source.id, keyOfFile(sha256))) ?? run
}

async function sendParts(room: FeedRoom, run: Run, read: readonly Read[]): Promise<void> {
  const ids = { runId: run.id, sourceId: run.sourceId }
  for (let from = 0; from < read.length; from += PART_ROWS) {
    const rows = read
      .slice(from, from + PART_ROWS)
      .map((each, i) => ('word' in each ? each.word : { ...each, no: from + i + 1 }))
    await addPart(room, ids, { partNo: from / PART_ROWS + 1, rows, storeIds: null })
  }
  await closeSnapshot(room, ids, read.length)
}

/** Events keep their own book, so a file of them that is sent twice changes nothing; its run only says what became of its rows. */
async function sendEvents(
  room: FeedRoom,
  code: string,
  run: Run,
  { read, asOf }: { read: readonly Read[]; asOf: string },
): Promise<void> {
  const faults: FaultRow[] = []
  const tally = { rows: read.length, seen: read.length, applied: 0, superseded: 0, duplicate: 0, refused: 0 }
  const events: (Word & { seq: number; at: string })[] = []
  for (const [i, each] of read.entries()) {
    if ('word' in each && each.seq !== undefined)
      events.push({ ...each.word, seq: each.seq, at: each.at ?? asOf })
    else {
      const fault: Fault = 'fault' in each ? each.fault : { code: 'cell_invalid', said: '这一行没有序号' }
      faults.push({
        ...brokenRow('fault' in each ? each : { store: null, goods: null }, fault),
        rowNo: i + 1,
      })
    }
  }
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const answer = await takeEvents(room, code, eventsOf(events.slice(from, from + EVENTS_AT_ONCE)), null)
    tally.applied += answer.applied
    tally.superseded += answer.superseded
    tally.duplicate += answer.duplicate
    for (const { row, storeCode, goodsCode, ...fault } of answer.refused)
      faults.push({ ...fault, rowNo: row, storeCode, goodsCode, storeId: null })
  }
  const at = room.ctx.clock.now()
  await inTx(room.ctx.db, async (tx) => {
    await insertFaults(tx, run.id, faults, at)
    await addTally(tx, run.id, { ...tally, refused: faults.length })
    await setState(tx, run.id, { from: ['OPEN'], to: 'DONE', at })
  })
}

const brokenRow = ({ store, goods }: { store: string | null; goods: string | null }, fault: Fault) => ({
  code: fault.code,
  reason: wordsOf(fault),
  storeCode: store,
  goodsCode: goods,
  storeId: null,
})

function eventsOf(words: readonly (Word & { seq: number; at: string })[]): Events {
  const events: Required<Pick<Events, 'stock' | 'prices' | 'products'>> = {
    stock: [],
    prices: [],
    products: [],
  }
  for (const { seq, at, ...word } of words) {
    if (word.topic === 'stock') events.stock.push({ ...word.body, seq, at })
    else if (word.topic === 'prices') events.prices.push({ ...word.body, seq, at })
    else events.products.push({ ...word.body, seq, at })
  }
  return events
}
