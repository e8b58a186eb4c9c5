import type { Output } from '@linli/contract'
import type { consoleCounterRoutes, CounterRefund } from '@linli/contract/counter'
import type { Static } from 'typebox'
import { inScope, type StaffActor } from '#kernel/actor'
import { dayAfter, instantOf } from '#kernel/clock'
import { Problem, refuse, requestInvalid } from '#kernel/problem'
import * as sql from './counter.sql.ts'
import { refundMissing } from './problems.ts'
import type { Room } from './room.ts'

const AT_MOST = 200

export type Waiting = Static<typeof CounterRefund>
type CounterDay = Output<(typeof consoleCounterRoutes)['GET /console/v1/counter-days/:day']>
type DayRow = CounterDay['rows'][number]

const shown = (row: sql.CounterRefundRow): Waiting => ({
  ...row,
  since: row.since.toISOString(),
  handedAt: row.handedAt?.toISOString() ?? null,
})

/** Refunds that wait at the counters of these stores (null: of all), oldest first. */
export const waitingAt = async (room: Room, storeIds: readonly string[] | null): Promise<Waiting[]> =>
  (await sql.listWaiting(room.ctx.db, storeIds, AT_MOST)).map(shown)

/** A refund of money that was taken at a counter this person may see; any other does not exist. */
export async function counterRefundFor(room: Room, actor: StaffActor, id: string): Promise<Waiting> {
  const row = await sql.counterRefund(room.ctx.db, id)
  return row && inScope(actor, row.storeId) ? shown(row) : refuse(refundMissing)
}

function spanOf(day: string): { from: Date; until: Date } {
  try {
    return { from: instantOf(day), until: instantOf(dayAfter(day, 1)) }
  } catch {
    throw new Problem(requestInvalid, { fields: [{ path: 'params.day', message: 'there is no such day' }] })
  }
}

/** What everybody took and gave back at the counters on one business day, and what still waits to be given back. */
export async function counterDay(
  room: Room,
  actor: StaffActor,
  day: string,
  storeId: string | undefined,
): Promise<CounterDay> {
  if (storeId !== undefined) room.staff.requireScope(actor, storeId)
  const storeIds = storeId === undefined ? room.staff.scopeOf(actor) : [storeId]
  const [moved, waiting] = await Promise.all([
    sql.movedBetween(room.ctx.db, { ...spanOf(day), storeIds }),
    waitingAt(room, storeIds),
  ])
  return { day, rows: rowsOf(moved), waiting }
}

const NONE = { count: 0, fen: 0 }
function rowsOf(moved: readonly sql.Moved[]): DayRow[] {
  const rows = new Map<string, DayRow>()
  for (const { storeId, staffId, name, account, provider, way, count, fen } of moved) {
    const key = `${storeId} ${staffId}`
    const row = rows.get(key) ?? {
      storeId,
      staffId,
      name,
      account,
      cashIn: NONE,
      cashOut: NONE,
      cardIn: NONE,
      cardOut: NONE,
    }
    const column = way === 'in' ? (`${provider}In` as const) : (`${provider}Out` as const)
    rows.set(key, { ...row, [column]: { count, fen } })
  }
  return [...rows.values()]
}
