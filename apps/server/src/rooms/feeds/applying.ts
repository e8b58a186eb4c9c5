import { inTx, type Tx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import type { Fault } from './faults.ts'
import { type Fate, faultRow, isFault } from './hearing.ts'
import { takePrices } from './prices.ts'
import { takeProducts } from './products.ts'
import type { FeedRoom } from './room.ts'
import { insertFaults } from './faults.sql.ts'
import * as sql from './runs.sql.ts'
import { lockSource, type Source } from './sources.sql.ts'
import { addUp, keepCounts, setToldAt, type Standing } from './stock.sql.ts'
import { keyOf, levelsIn, takeStock } from './stock.ts'
import type { Price, Product, Word } from './words.ts'

/** Rows of one transaction: few enough that whoever buys one of these goods waits for milliseconds. */
const BATCH = 300
/** Batches of one sweep; the rest goes on in the next. */
const BATCHES = 2000

/** Works through closed lists, batch after batch. Several processes may: each batch goes on where the last one ended, under the lock of its source. */
export const applySweep = (room: FeedRoom): Sweep => ({
  name: 'feeds.apply',
  seconds: 1,
  async run() {
    for (let i = 0; i < BATCHES; i++) {
      const due = await sql.nextDue(room.ctx.db)
      if (!due) return
      await applyBatch(room, due)
    }
  },
})

/** One batch of a list that waits. */
export async function applyBatch(room: FeedRoom, due: { id: string; sourceId: string }): Promise<void> {
  try {
    await inTx(room.ctx.db, async (tx) => {
      const source = await lockSource(tx, due.sourceId)
      const run = await sql.lockRun(tx, due.id)
      if (!source || !run || (run.state !== 'WAITING' && run.state !== 'WORKING')) return
      if (run.state === 'WAITING') await begin(tx, room, run)
      await workOn(tx, room, source, run)
    })
  } catch (error) {
    room.ctx.log.error({ err: error, run: due.id }, 'a full list could not be applied')
    const at = room.ctx.clock.now()
    await inTx(room.ctx.db, (tx) =>
      sql.setState(tx, due.id, { from: ['WAITING', 'WORKING'], to: 'FAILED', at, fault: 'fault' }),
    )
  }
}

async function begin(tx: Tx, room: FeedRoom, run: sql.Run): Promise<void> {
  const rows = run.topic === 'stock' && run.absent === 'none' ? await sql.addAbsent(tx, run) : 0
  if (rows > 0) await sql.addTally(tx, run.id, { rows })
  await sql.setState(tx, run.id, { from: ['WAITING'], to: 'WORKING', at: room.ctx.clock.now() })
}

interface Row extends sql.RowValues {
  storeId: string
  skuId: string
}
const isWhole = (row: sql.RowValues): row is Row => row.storeId !== null && row.skuId !== null

async function workOn(tx: Tx, room: FeedRoom, source: Source, run: sql.Run): Promise<void> {
  const rows =
    run.topic === 'products' ? await sql.nextByRow(tx, run, BATCH) : await sql.nextByLevel(tx, run, BATCH)
  const last = rows.at(-1)
  const now = room.ctx.clock.now()
  if (!last) return finish(tx, source, run, now)
  const { fates, short } = await applyRows(tx, room, source, run, rows)
  const faults = rows.flatMap((row) => {
    const fate = fates.get(row.rowNo)
    return fate && isFault(fate) ? [faultRow(wordOf(run, row), fate, row.storeId)] : []
  })
  await insertFaults(tx, run.id, faults, now)
  const count = (which: Fate) => [...fates.values()].filter((fate) => fate === which).length
  await sql.advance(tx, run.id, last, {
    seen: rows.length,
    applied: count('applied'),
    same: count('same'),
    superseded: count('superseded'),
    duplicate: rows.length - fates.size,
    refused: faults.length,
    short,
  })
}

const wordOf = ({ topic }: sql.Run, { rowNo, body }: sql.RowValues): Word =>
  ({ no: rowNo, topic: topic === 'all' ? 'stock' : topic, body }) as Word

/** What becomes of some rows of a list, whose codes mean something. */
export async function applyRows(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  run: sql.Run,
  rows: readonly sql.RowValues[],
): Promise<{ fates: Map<number, Fate>; short: number }> {
  const now = room.ctx.clock.now()
  const place = { seq: null, at: run.asOf ?? run.openedAt }
  if (run.topic === 'stock') return stockFates(tx, room, source, run, rows.filter(isWhole))
  if (run.topic === 'prices') {
    const said = rows
      .filter(isWhole)
      .map(({ rowNo: no, storeId, skuId, body }) => ({ ...place, no, storeId, skuId, body: body as Price }))
    return { fates: await takePrices(tx, room, source, said, now), short: 0 }
  }
  const said = rows.map(({ rowNo: no, body }) => ({ ...place, no, body: body as Product }))
  return { fates: await takeProducts(tx, room, source, said, now), short: 0 }
}

async function finish(tx: Tx, source: Source, run: sql.Run, now: Date): Promise<void> {
  await sql.setState(tx, run.id, { from: ['WAITING', 'WORKING'], to: 'DONE', at: now })
  const { asOf } = run
  if (run.topic === 'stock' && asOf)
    await setToldAt(
      tx,
      source.id,
      (await sql.storesOf(tx, run.id)).map(({ storeId }) => ({ storeId, at: asOf })),
    )
}

/** Of rows about one level the first stands; the others say the same again, or something else. */
function firstOfEach(rows: readonly Row[]): { first: Row[]; fates: Map<number, Fate> } {
  const seen = new Map<string, Row>()
  const fates = new Map<number, Fate>()
  for (const row of rows) {
    const before = seen.get(keyOf(row))
    if (!before) seen.set(keyOf(row), row)
    else if (before.counted !== row.counted)
      fates.set(row.rowNo, saidTwice(String(row.counted), String(before.counted)))
  }
  return { first: [...seen.values()], fates }
}
const saidTwice = (said: string, known: string): Fault => ({ code: 'said_twice', said, known })

async function stockFates(
  tx: Tx,
  room: FeedRoom,
  source: Source,
  run: sql.Run,
  rows: readonly Row[],
): Promise<{ fates: Map<number, Fate>; short: number }> {
  const asOf = run.asOf ?? run.openedAt
  const { first, fates } = firstOfEach(rows)
  const counts = first.flatMap((row) => (row.counted === null ? [] : [{ ...row, counted: row.counted }]))
  const kept = await keepCounts(tx, { sourceId: source.id, at: asOf, knownThrough: run.knownThrough }, counts)
  const keptKeys = new Map(kept.map((each) => [keyOf(each), each.owed]))
  const newer = levelsIn(counts.filter((row) => keptKeys.has(keyOf(row))))
  // Events after the list are the only reason to add anything up; as a rule there are none.
  const quiet = source.topAt === null || source.topAt <= asOf
  const standings: Standing[] = quiet
    ? newer.map((row) => ({
        storeId: row.storeId,
        skuId: row.skuId,
        counted: row.counted,
        countedAt: asOf,
        knownThrough: run.knownThrough,
        countedSeq: null,
        listedAt: asOf,
        moved: 0,
        owed: keptKeys.get(keyOf(row)) ?? 0,
      }))
    : await addUp(tx, source.id, newer)
  const note = `${source.name} 全量 #${run.no}`
  const { told } = await takeStock(tx, room, source, { standings, fresh: [], note, at: room.ctx.clock.now() })
  for (const row of counts) {
    const outcome = told.get(keyOf(row))?.outcome
    fates.set(
      row.rowNo,
      outcome === undefined
        ? 'superseded'
        : outcome === 'missing'
          ? { code: 'level_missing' }
          : outcome === 'changed'
            ? 'applied'
            : 'same',
    )
  }
  return { fates, short: [...told.values()].filter((each) => each.short).length }
}
