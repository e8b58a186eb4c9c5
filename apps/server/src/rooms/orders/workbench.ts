import type { StaffActor } from '#kernel/actor'
import { businessDay, dayAfter, instantOf, secondsAfter, timeOfDay } from '#kernel/clock'
import { listFailingJobs } from '#kernel/jobs'
import type { Room, Workbench } from './room.ts'
import * as sql from './workbench.sql.ts'

type Figures = Workbench['today']
type Todo = Workbench['todo'][number]

const DAY_SECONDS = 86_400
const WEEK_DAYS = 7
/** Without a slot, a paid order should be packed within this time. */
const PACK_WITHIN_SECONDS = 2 * 3600

const total = (rows: readonly sql.PaidHour[], of: (row: sql.PaidHour) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0)

export function figuresOf(rows: readonly sql.PaidHour[]): Figures {
  const orders = total(rows, (row) => row.orders)
  const paidFen = total(rows, (row) => row.paidFen)
  const pickups = total(rows, (row) => row.pickups)
  return {
    paidFen,
    orders,
    averageFen: orders === 0 ? null : Math.round(paidFen / orders),
    pickupShare: orders === 0 ? null : Math.round((pickups * 10_000) / orders),
  }
}

export const hoursOf = (
  today: readonly sql.PaidHour[],
  compare: readonly sql.PaidHour[],
): Workbench['hours'] =>
  Array.from({ length: 24 }, (_, hour) => ({
    hour,
    paidFen: total(today, (row) => (row.hour === hour ? row.paidFen : 0)),
    compareFen: total(compare, (row) => (row.hour === hour ? row.paidFen : 0)),
  }))

/** Today against the same weekday last week (figures up to this time of day, hours for all of it), store by store, and what to do first. */
export async function openWorkbench(
  room: Room,
  actor: StaffActor,
  storeId: string | undefined,
): Promise<Workbench> {
  if (storeId) room.staff.requireScope(actor, storeId)
  const scope = storeId ? [storeId] : room.staff.scopeOf(actor)
  const { db, clock } = room.ctx
  const now = clock.now()
  const day = businessDay(now)
  const compareDay = dayAfter(day, -WEEK_DAYS)
  const [from, compareFrom] = [instantOf(day), instantOf(compareDay)]
  const until = secondsAfter(from, DAY_SECONDS)
  const soldOut = room.catalog.soldOut(scope)
  const [today, compare, compareSoFar, waiting, handed, unpaid, todo] = await Promise.all([
    sql.paidByHour(db, { scope, from, until }),
    sql.paidByHour(db, { scope, from: compareFrom, until: secondsAfter(compareFrom, DAY_SECONDS) }),
    sql.paidByHour(db, { scope, from: compareFrom, until: secondsAfter(now, -WEEK_DAYS * DAY_SECONDS) }),
    sql.countWaiting(db, scope),
    sql.countHanded(db, { scope, from, until }),
    sql.countUnpaid(db, scope),
    listTodo(room, scope, now),
  ])
  return {
    asOf: now.toISOString(),
    day,
    compareDay,
    today: figuresOf(today),
    compare: figuresOf(compareSoFar),
    hours: hoursOf(today, compare),
    unpaidOrders: unpaid.count,
    stores: room.stores
      .list()
      .filter(({ id }) => scope === null || scope.includes(id))
      .map((store) => storeRow(store, { today, waiting, handed, soldOut })),
    todo: [...todo, ...soldOut.map(soldOutTodo)].sort(bySince),
  }
}

interface StoreFigures {
  today: readonly sql.PaidHour[]
  waiting: readonly sql.Waiting[]
  handed: readonly sql.StoreCount[]
  soldOut: readonly sql.StoreCount[]
}
function storeRow(
  { id, name }: { id: string; name: string },
  { today, waiting, handed, soldOut }: StoreFigures,
): Workbench['stores'][number] {
  const here = <T extends { storeId: string }>(rows: readonly T[]) => rows.find((row) => row.storeId === id)
  const { orders, paidFen } = figuresOf(today.filter((row) => row.storeId === id))
  return {
    storeId: id,
    name,
    orders,
    paidFen,
    toPack: here(waiting)?.toPack ?? 0,
    ready: here(waiting)?.ready ?? 0,
    handed: here(handed)?.count ?? 0,
    soldOut: here(soldOut)?.count ?? 0,
  }
}

const soldOutTodo = ({ storeId, count }: sql.StoreCount): Todo => ({
  kind: 'sold_out',
  storeId,
  count,
  since: null,
  detail: `${count} 个在架商品已售罄`,
})

/** Oldest first; what has no beginning comes last. */
const bySince = (a: Todo, b: Todo): number =>
  (a.since ?? '9') < (b.since ?? '9') ? -1 : (a.since ?? '9') > (b.since ?? '9') ? 1 : 0

async function listTodo(
  { ctx: { db }, payments, errands }: Room,
  scope: sql.Scope,
  now: Date,
): Promise<Todo[]> {
  const [overdue, refunds, alarms, jobs, elsewhere] = await Promise.all([
    sql.listOverdue(db, { scope, now, packWithinSeconds: PACK_WITHIN_SECONDS }),
    sql.listFailedRefunds(db, scope),
    payments.openAlarms(scope),
    scope === null ? listFailingJobs(db) : [],
    Promise.all(errands.map((source) => source(scope))),
  ])
  const pressing = (kind: Todo['kind'], detail: (each: sql.Pressing) => string) => (each: sql.Pressing) => ({
    kind,
    storeId: each.storeId,
    count: each.count,
    since: each.since.toISOString(),
    detail: detail(each),
  })
  return [
    ...overdue.map(pressing('pickup_overdue', ({ since }) => `最早一单从 ${timeOfDay(since)} 起就该备好了`)),
    ...refunds.map(pressing('refund_failed', ({ count }) => `${count} 笔退款没有退到顾客`)),
    ...alarms.map(pressing('payment_alarm', ({ count }) => `${count} 条收付款异常等人处理`)),
    ...jobs.map(({ count, since, task }) => ({
      kind: 'job_failing' as const,
      storeId: null,
      count,
      since: since.toISOString(),
      detail: `后台任务 ${task} 失败后在重试`,
    })),
    ...elsewhere.flat(),
  ]
}
