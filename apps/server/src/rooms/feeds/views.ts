import type { consoleFeedRoutes } from '@linli/contract/console-feeds'
import type { FeedRun } from '@linli/contract/feeds'
import type { Input, Output } from '@linli/contract'
import type { Static } from 'typebox'
import type { PartnerActor, StaffActor } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { listGaps } from './events.sql.ts'
import * as faults from './faults.sql.ts'
import { shownFault } from './hearing.ts'
import * as sql from './overview.sql.ts'
import { runMissing, runState, sourceMissing } from './problems.ts'
import type { FeedRoom } from './room.ts'
import { setState } from './runs.sql.ts'
import { findSource, listStoreCodes, type Source } from './sources.sql.ts'
import { standingOf } from './staleness.ts'

type Routes = typeof consoleFeedRoutes
type RunQuery = NonNullable<Input<Routes['GET /console/v1/feed-runs']>['query']>
type FaultQuery = NonNullable<Input<Routes['GET /console/v1/feed-runs/:runId/faults']>['query']>

export const shownRun = (run: sql.RunShown): Static<typeof FeedRun> => ({
  id: run.id,
  no: run.no,
  source: { code: run.sourceCode, name: run.sourceName },
  kind: run.kind,
  topic: run.topic,
  state: run.state,
  day: run.day,
  asOf: run.asOf?.toISOString() ?? null,
  fileName: run.fileName,
  rows: run.rows,
  seen: run.seen,
  applied: run.applied,
  same: run.same,
  superseded: run.superseded,
  duplicate: run.duplicate,
  refused: run.refused,
  short: run.short,
  fault: run.fault,
  openedAt: run.openedAt.toISOString(),
  closedAt: run.closedAt?.toISOString() ?? null,
  endedAt: run.endedAt?.toISOString() ?? null,
  by: run.by,
})

export const showRun = async ({ ctx }: FeedRoom, runId: string): Promise<Static<typeof FeedRun>> =>
  shownRun((await sql.findShown(ctx.db, runId)) ?? refuse(runMissing))

/** Full lists and days of events, newest first. */
export async function listRuns(
  { ctx: { db } }: FeedRoom,
  { source, state, only, page = 1, limit = 20 }: RunQuery,
): Promise<Output<Routes['GET /console/v1/feed-runs']>> {
  const known = source === undefined ? undefined : await findSource(db, source)
  if (source !== undefined && !known) return { items: [], total: 0 }
  const filter = { sourceId: known?.id, state, refused: only === 'refused' }
  const [rows, total] = await Promise.all([
    sql.listRuns(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countRuns(db, filter),
  ])
  return { items: rows.map(shownRun), total }
}

/** What could not be taken in, as far as it concerns this person's stores. */
export async function listFaults(
  { ctx: { db }, staff }: FeedRoom,
  actor: StaffActor,
  runId: string,
  { only, page = 1, limit = 20 }: FaultQuery,
): Promise<Output<Routes['GET /console/v1/feed-runs/:runId/faults']>> {
  if (!(await sql.findShown(db, runId))) refuse(runMissing)
  const filter = { runId, storeIds: staff.scopeOf(actor), open: only === 'open' }
  const [rows, total] = await Promise.all([
    faults.listFaults(db, filter, { limit, offset: (page - 1) * limit }),
    faults.countFaults(db, filter),
  ])
  return {
    items: rows.map((row) => ({
      ...shownFault(row),
      storeId: row.storeId,
      at: row.at.toISOString(),
      mendedAt: row.mendedAt?.toISOString() ?? null,
    })),
    total,
  }
}

/** Gives up a list of which not all parts have come. */
export async function cancelRun(
  room: FeedRoom,
  call: AuditedCall,
  runId: string,
): Promise<Static<typeof FeedRun>> {
  const run = (await sql.findShown(room.ctx.db, runId)) ?? refuse(runMissing)
  await inTx(room.ctx.db, async (tx) => {
    const at = room.ctx.clock.now()
    if (!(await setState(tx, runId, { from: ['OPEN'], to: 'CANCELLED', at })))
      refuse(runState, { state: run.state })
    await room.staff.audit(tx, call, {
      action: 'feeds.run_cancelled',
      subject: `feed_run:${runId}`,
      before: { state: run.state },
      after: { state: 'CANCELLED' },
    })
  })
  return showRun(room, runId)
}

/** A source that this partner may speak for; any other does not exist. */
export async function sourceOf(
  { ctx }: FeedRoom,
  actor: Pick<PartnerActor, 'code'>,
  code: string,
): Promise<Source> {
  const source = await findSource(ctx.db, code)
  return source?.partnerCode === actor.code ? source : refuse(sourceMissing)
}
/** A run of a source. */
export async function runOf({ ctx }: FeedRoom, source: Source, runId: string): Promise<sql.RunShown> {
  const run = await sql.findShown(ctx.db, runId)
  return run?.sourceId === source.id ? run : refuse(runMissing)
}

const GAPS_SHOWN = 100
export async function showPosition({ ctx }: FeedRoom, source: Source) {
  const [gaps, stores] = await Promise.all([listGaps(ctx.db, source.id), listStoreCodes(ctx.db, source.id)])
  const now = ctx.clock.now()
  return {
    code: source.code,
    topics: source.topics,
    topSeq: source.topSeq,
    gaps: gaps.slice(0, GAPS_SHOWN).map(({ from, to }) => ({ from, to })),
    heardAt: source.heardAt?.toISOString() ?? null,
    stores: stores.map(({ code, storeId, toldAt }) => ({
      code,
      storeId,
      toldAt: toldAt?.toISOString() ?? null,
      standing: standingOf(source, toldAt, now),
    })),
  }
}

export async function listPartnerFaults(
  { ctx: { db } }: FeedRoom,
  runId: string,
  { page = 1, limit = 20 }: { page?: number; limit?: number },
) {
  const filter = { runId, storeIds: null, open: true }
  const [rows, total] = await Promise.all([
    faults.listFaults(db, filter, { limit, offset: (page - 1) * limit }),
    faults.countFaults(db, filter),
  ])
  return { items: rows.map(shownFault), total }
}
