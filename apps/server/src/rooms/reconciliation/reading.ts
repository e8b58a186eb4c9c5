import type { Input, Output } from '@linli/contract'
import type { consoleReconciliationRoutes as routes } from '@linli/contract/reconciliation'
import type { StaffActor } from '#kernel/actor'
import { inTx } from '#kernel/db'
import { dayAfter, isDay } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as days from './days.sql.ts'
import * as sql from './differences.sql.ts'
import { dayMissing, dayOutOfReach, differenceMissing } from './problems.ts'
import type { Room } from './room.ts'
import { fetchAt, lastDueDay, withinReach } from './schedule.ts'

type Out<K extends keyof typeof routes> = Output<(typeof routes)[K]>
type Day = Out<'GET /console/v1/reconciliation/days/:day'>
type Detail = Out<'GET /console/v1/reconciliation/differences/:differenceId'>
type List = Out<'GET /console/v1/reconciliation/differences'>
type Query<K extends keyof typeof routes> =
  Input<(typeof routes)[K]> extends { query?: infer Q } ? NonNullable<Q> : never

const PAGE = 20
/** Asked for where nobody says whose bills. */
export const FIRST = 'wechat'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const dayOf = (row: days.DayRow): Day => ({
  provider: row.provider,
  day: row.day,
  state: row.state,
  tries: row.tries,
  nextTryAt: iso(row.nextTryAt),
  trouble: row.trouble,
  reconciledAt: iso(row.reconciledAt),
  tradeAt: iso(row.tradeAt),
  fundsAt: iso(row.fundsAt),
  billRows: row.billRows,
  fundRows: row.fundRows,
  payments: {
    ours: row.oursPaid,
    oursFen: row.oursPaidFen,
    theirs: row.theirsPaid,
    theirsFen: row.theirsPaidFen,
  },
  refunds: {
    ours: row.oursRefunded,
    oursFen: row.oursRefundedFen,
    theirs: row.theirsRefunded,
    theirsFen: row.theirsRefundedFen,
  },
  settleFen: row.settleFen,
  feeMilliFen: row.feeMilliFen,
  fundsInFen: row.fundsInFen,
  fundsOutFen: row.fundsOutFen,
  waiting: row.waiting,
  open: row.open,
  closed: row.closed,
  resolved: row.resolved,
  signedOff: row.signedOffAt && {
    at: row.signedOffAt.toISOString(),
    byName: row.signedOffName ?? '',
    reopenedAt: iso(row.reopenedAt),
    reopenedBy: row.reopenedBy,
  },
})

/** A page of days, the last first. */
export async function readDays(
  { ctx, payments }: Room,
  { provider = FIRST, page = 1, limit = PAGE }: Query<'GET /console/v1/reconciliation/days'>,
): Promise<Out<'GET /console/v1/reconciliation/days'>> {
  const [rows, counts] = await Promise.all([
    days.listDays(ctx.db, provider, { limit, offset: (page - 1) * limit }),
    days.countDays(ctx.db, provider),
  ])
  const nextFetchAt = fetchAt(dayAfter(lastDueDay(ctx.clock.now()), 1)).toISOString()
  const providers = payments.billing.map((each) => each.provider)
  return { items: rows.map(dayOf), ...counts, nextFetchAt, providers }
}

export const readDay = async (
  { ctx }: Room,
  day: string,
  { provider = FIRST }: Query<'GET /console/v1/reconciliation/days/:day'>,
): Promise<Day> =>
  dayOf((isDay(day) ? await days.findDay(ctx.db, { provider, day }) : undefined) ?? refuse(dayMissing))

/** Makes a day due now; the sweep runs it within seconds. */
export async function runAgain(
  { ctx, staff, payments }: Room,
  call: AuditedCall,
  day: string,
  { provider = FIRST }: Query<'POST /console/v1/reconciliation/days/:day/runs'>,
): Promise<Day> {
  const now = ctx.clock.now()
  if (!isDay(day) || !withinReach(day, now)) refuse(dayOutOfReach)
  if (!payments.billing.some((each) => each.provider === provider)) refuse(dayOutOfReach)
  return inTx(ctx.db, async (tx) => {
    await days.makeDue(tx, { provider, day }, now)
    await staff.audit(tx, call, {
      action: 'reconciliation.run_again',
      subject: `bill_day:${day}`,
      after: { provider },
    })
    return dayOf((await days.findDay(tx, { provider, day })) ?? refuse(dayMissing))
  })
}

const differenceOf = (row: sql.DifferenceRow, { staffId }: StaffActor): Detail['difference'] => ({
  id: row.id,
  provider: row.provider,
  no: `D-${row.day.slice(5).replace('-', '')}-${String(row.seq).padStart(2, '0')}`,
  day: row.day,
  source: row.source,
  kind: row.kind,
  state: row.state,
  number: row.number,
  ourNo: row.ourNo,
  orderId: row.orderId,
  orderNo: row.orderNo,
  storeId: row.storeId,
  oursFen: row.oursFen,
  theirsFen: row.theirsFen,
  oursState: row.oursState,
  theirsState: row.theirsState,
  happenedAt: row.happenedAt.toISOString(),
  foundAt: row.foundAt.toISOString(),
  endedAt: iso(row.endedAt),
  resolution: row.resolution,
  note: row.note,
  owner:
    row.ownerId === null
      ? null
      : { account: row.ownerAccount ?? '', name: row.ownerName ?? '', mine: row.ownerId === staffId },
})

/** A page of differences, with the counts of every view of the same filter. */
export async function readDifferences(
  { ctx }: Room,
  actor: StaffActor,
  {
    provider,
    day,
    view,
    kind,
    source,
    page = 1,
    limit = PAGE,
  }: Query<'GET /console/v1/reconciliation/differences'>,
): Promise<List> {
  if (day !== undefined && !isDay(day)) refuse(dayMissing)
  const filter = { provider, day, view, kind, source, staffId: actor.staffId }
  const [rows, { total, deltaFen, ...counts }] = await Promise.all([
    sql.listDifferences(ctx.db, filter, { limit, offset: (page - 1) * limit }),
    sql.countDifferences(ctx.db, filter),
  ])
  return { items: rows.map((row) => differenceOf(row, actor)), total, deltaFen, counts }
}

/** One difference: both sides as they are now, and what happened to it. */
export async function readDifference({ ctx }: Room, actor: StaffActor, id: string): Promise<Detail> {
  const row = (await sql.findDifference(ctx.db, id)) ?? refuse(differenceMissing)
  const [ours, theirs, events] = await Promise.all([
    sql.findOurs(ctx.db, row),
    sql.findTheirs(ctx.db, row),
    sql.listEvents(ctx.db, id),
  ])
  return {
    difference: differenceOf(row, actor),
    ours: ours ? { ...ours, at: iso(ours.at) } : null,
    theirs: theirs ? { ...theirs, at: theirs.at.toISOString() } : null,
    events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
  }
}
