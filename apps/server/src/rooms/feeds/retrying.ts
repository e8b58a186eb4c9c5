import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { applyRows } from './applying.ts'
import { applyEvents, productFates } from './events.ts'
import * as sql from './events.sql.ts'
import { mendFaults } from './faults.sql.ts'
import { isFault, type Placed, stateOf } from './hearing.ts'
import { codesOf } from './meaning.ts'
import { sourceMissing } from './problems.ts'
import type { FeedRoom } from './room.ts'
import { addTally, findRun, type RowValues, setMeaning, unmendedRows } from './runs.sql.ts'
import { requireSource } from './snapshots.ts'
import { lockSource } from './sources.sql.ts'
import { meaningOf, type Word } from './words.ts'

const PAGE = 300
const MOST = 20_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Takes in again events and rows of lists that were refused, now that somebody may have mended what they lacked. Their numbers, and the moments of the
 * lists, say where they belong, however late they come.
 */
export async function retry(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
): Promise<{ tried: number; mended: number }> {
  const { id } = await requireSource(room, code)
  const total = { tried: 0, mended: 0 }
  for (let after = 0; total.tried < MOST;) {
    const page = await sql.listRefused(room.ctx.db, id, { after, limit: PAGE })
    const last = page.at(-1)
    if (!last) break
    after = last.seq
    total.tried += page.length
    total.mended += await retryPage(room, id, page)
  }
  for (let after = { runId: FIRST, rowNo: 0 }; total.tried < MOST;) {
    const page = await unmendedRows(room.ctx.db, id, { after, limit: PAGE })
    const last = page.at(-1)
    if (!last) break
    after = last
    total.tried += page.length
    for (const [runId, rows] of Map.groupBy(page, (row) => row.runId))
      total.mended += await retryRows(room, { sourceId: id, runId }, rows)
  }
  if (total.mended > 0)
    await inTx(room.ctx.db, (tx) =>
      room.staff.audit(tx, call, { action: 'feeds.retried', subject: `feed_source:${code}`, after: total }),
    )
  return total
}

const retryPage = (room: FeedRoom, sourceId: string, page: readonly sql.RefusedEvent[]): Promise<number> =>
  inTx(room.ctx.db, async (tx) => {
    const source = (await lockSource(tx, sourceId)) ?? refuse(sourceMissing)
    const now = room.ctx.clock.now()
    const words = page.map(({ seq, topic, body }) => ({ no: seq, topic, body }) as Word)
    const codes = await codesOf(tx, source, words)
    const placed = words.flatMap((word, i): Placed[] => {
      const { meaning, fault } = meaningOf(word, codes, null)
      const { at = now, knownThrough = null } = page[i] ?? {}
      return fault || !source.topics.includes(word.topic) ? [] : [{ word, at, meaning, knownThrough }]
    })
    const goods = placed.filter(({ word }) => word.topic === 'products')
    const fates = await productFates(tx, room, source, goods, now)
    await sql.setStates(
      tx,
      sourceId,
      placed.map(({ word, meaning, knownThrough }) => ({
        ...meaning,
        knownThrough,
        seq: word.no,
        state: stateOf(fates.get(word.no) ?? 'same'),
      })),
    )
    const others = placed.filter(({ word }) => word.topic !== 'products')
    for (const [no, fate] of await applyEvents(tx, room, source, others, now)) fates.set(no, fate)
    const mended = placed.flatMap(({ word }) => {
      const fate = fates.get(word.no)
      return fate === undefined || isFault(fate) ? [] : [word.no]
    })
    for (const [runId, events] of Map.groupBy(page, (event) => event.runId)) {
      const done = events.filter(({ seq }) => mended.includes(seq)).map(({ seq }) => seq)
      await mendFaults(tx, runId, done, now)
      await addTally(tx, runId, { refused: -done.length, applied: done.length })
    }
    return mended.length
  })

const retryRows = (
  room: FeedRoom,
  { sourceId, runId }: { sourceId: string; runId: string },
  rows: readonly RowValues[],
): Promise<number> =>
  inTx(room.ctx.db, async (tx) => {
    const source = (await lockSource(tx, sourceId)) ?? refuse(sourceMissing)
    const run = await findRun(tx, runId)
    if (run?.state !== 'DONE' || run.topic === 'all') return 0
    const { topic } = run
    const words = rows.map(({ rowNo, body }) => ({ no: rowNo, topic, body }) as Word)
    const codes = await codesOf(tx, source, words)
    const sound = words.flatMap((word): RowValues[] => {
      const { meaning, fault } = meaningOf(word, codes, null)
      const lacks = topic === 'stock' && meaning.counted === null
      return fault || lacks ? [] : [{ ...meaning, rowNo: word.no, body: word.body }]
    })
    await setMeaning(tx, runId, sound)
    const { fates } = await applyRows(tx, room, source, run, sound)
    const mended = [...fates].flatMap(([no, fate]) => (isFault(fate) ? [] : [no]))
    await mendFaults(tx, runId, mended, room.ctx.clock.now())
    await addTally(tx, runId, { refused: -mended.length, applied: mended.length })
    return mended.length
  })
