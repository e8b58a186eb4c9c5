import type { Output } from '@linli/contract'
import type { consoleFlashRoutes } from '@linli/contract/flash'
import type { StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { oneAtATime } from '#kernel/refresh'
import * as sql from './monitor.sql.ts'
import { findInScope } from './reading.ts'
import type { Room } from './room.ts'
import { added, classOf, noneYet, percentile } from './slowness.ts'

type Shown = Output<(typeof consoleFlashRoutes)['GET /console/v1/campaigns/:campaignId/monitor']>

/** One question at the gate, or one order, and what became of it. */
export interface Answered {
  campaignId: string
  memberId: string
  what: 'pass' | 'wait' | 'placed' | 'refused'
  /** Of a refusal: its problem code. */
  code?: string
  ms: number
}
export interface Watch {
  /** A member opened the page of a campaign. */
  came(campaignId: string, memberId: string): void
  note(answered: Answered): void
  /** Writes what was seen and is not written. */
  flush(): Promise<void>
  close(): Promise<void>
}

const FLUSH_MS = 2000
const MINUTE_MS = 60_000
const VISITORS_AT_MOST = 100_000

/**
 * What one process sees of its campaigns, counted in memory and written every two seconds while there is anything to write: a kill loses so much of the
 * figures, and nothing else. A minute is written whole, again and again, so that writing it twice counts nothing twice.
 */
export function createWatch({ db, clock, log }: Pick<Ctx, 'db' | 'clock' | 'log'>): Watch {
  const server = newId()
  const minutes = new Map<string, sql.MinuteRow>()
  let visits = new Map<string, sql.VisitRow>()
  let timer: NodeJS.Timeout | undefined

  const flush = oneAtATime(async () => {
    clearTimeout(timer)
    timer = undefined
    const rows = [...minutes.values()].map((row) => ({
      ...row,
      took: [...row.took],
      refused: { ...row.refused },
    }))
    const came = visits
    visits = new Map()
    if (rows.length === 0 && came.size === 0) return
    try {
      await inTx(db, async (tx) => {
        if (rows.length > 0) await sql.writeMinutes(tx, server, rows)
        if (came.size > 0) await sql.writeVisits(tx, [...came.values()])
      })
    } catch (error) {
      visits = new Map([...came, ...visits])
      throw error
    }
    const current = clock.now().getTime() - MINUTE_MS
    for (const [key, row] of minutes) if (row.at.getTime() < current) minutes.delete(key)
  })
  function soon(): void {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) =>
        log.error({ err: error }, 'figures of campaigns could not be written'),
      )
    }, FLUSH_MS).unref()
  }
  function minuteOf(campaignId: string): sql.MinuteRow {
    const at = new Date(Math.floor(clock.now().getTime() / MINUTE_MS) * MINUTE_MS)
    const key = `${campaignId} ${at.getTime()}`
    const known = minutes.get(key)
    if (known) return known
    const row = { campaignId, at, asked: 0, passes: 0, placed: 0, refused: {}, took: noneYet() }
    minutes.set(key, row)
    return row
  }
  function visit(campaignId: string, memberId: string, tried: boolean): void {
    const key = `${campaignId} ${memberId}`
    const known = visits.get(key)
    const now = clock.now()
    if (known) known.triedAt ??= tried ? now : null
    else if (visits.size < VISITORS_AT_MOST)
      visits.set(key, { campaignId, memberId, cameAt: now, triedAt: tried ? now : null })
  }
  return {
    came(campaignId, memberId) {
      visit(campaignId, memberId, false)
      soon()
    },
    note({ campaignId, memberId, what, code = what, ms }) {
      const row = minuteOf(campaignId)
      row.asked++
      row.took[classOf(ms)]!++
      if (what === 'pass') row.passes++
      if (what === 'placed') row.placed++
      if (what === 'refused') row.refused[code] = (row.refused[code] ?? 0) + 1
      visit(campaignId, memberId, true)
      soon()
    },
    flush,
    async close() {
      clearTimeout(timer)
      await flush().catch((error: unknown) =>
        log.error({ err: error }, 'the last figures of campaigns could not be written'),
      )
    },
  }
}

const LOOK_BACK_SECONDS = 86_400
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)
const slownessOf = (took: readonly number[]) => ({
  p50Ms: percentile(took, 0.5),
  p99Ms: percentile(took, 0.99),
})

/** A sale as it goes on: what every process wrote, and what this one has not yet. Others are two seconds behind at most. */
export async function monitor(room: Room, actor: StaffActor, campaignId: string): Promise<Shown> {
  await findInScope(room, actor, campaignId)
  await room.watch.flush()
  const { db, clock } = room.ctx
  const now = clock.now()
  const [rows, { waiting, nextBackAt, ...funnel }] = await Promise.all([
    sql.listMinutes(db, campaignId, secondsAfter(now, -LOOK_BACK_SECONDS)),
    sql.readFunnel(db, campaignId),
  ])
  const refused: Record<string, number> = {}
  for (const row of rows)
    for (const [code, count] of Object.entries(row.refused)) refused[code] = (refused[code] ?? 0) + count
  const byMinute = Map.groupBy(rows, ({ at }) => at.toISOString())
  return {
    asOf: now.toISOString(),
    funnel,
    waiting,
    nextBackAt: nextBackAt?.toISOString() ?? null,
    asked: sum(rows.map(({ asked }) => asked)),
    refused,
    ...slownessOf(added(rows.map(({ took }) => took))),
    minutes: [...byMinute].map(([at, each]) => ({
      at,
      asked: sum(each.map(({ asked }) => asked)),
      passes: sum(each.map(({ passes }) => passes)),
      placed: sum(each.map(({ placed }) => placed)),
      refused: sum(each.flatMap((row) => Object.values(row.refused))),
      ...slownessOf(added(each.map(({ took }) => took))),
    })),
  }
}
