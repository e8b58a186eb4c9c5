import type { Input, Output } from '@linli/contract'
import type { consoleTakingsRoutes as routes } from '@linli/contract/takings'
import type { StaffActor } from '#kernel/actor'
import { dayAfter, instantOf, isDay } from '#kernel/clock'
import { Problem, requestInvalid } from '#kernel/problem'
import type { Room } from './room.ts'
import * as sql from './takings.sql.ts'

type Takings = Output<(typeof routes)['GET /console/v1/takings']>
type Entries = Output<(typeof routes)['GET /console/v1/takings/:day/entries']>
type Asked = NonNullable<Input<(typeof routes)['GET /console/v1/takings']>['query']>
type AskedEntries = NonNullable<Input<(typeof routes)['GET /console/v1/takings/:day/entries']>['query']>

const MOST_DAYS = 92
const PAGE = 20

// Days that have a day after them, for JavaScript and for PostgreSQL.
const isCounted = (day: string): boolean => isDay(day) && day >= '0001-01-01' && day <= '9999-12-30'

const wrong = (path: string, message: string) => new Problem(requestInvalid, { fields: [{ path, message }] })

function spanOf(room: Room, actor: StaffActor, storeId: string | undefined, [first, last]: [string, string]) {
  if (storeId !== undefined) room.staff.requireScope(actor, storeId)
  return {
    from: instantOf(first),
    until: instantOf(dayAfter(last, 1)),
    storeIds: storeId === undefined ? room.staff.scopeOf(actor) : [storeId],
  }
}

const NONE = { count: 0, fen: 0 }

/** What came in and went back by tender, in each store this person sees, on each business day between two, both included. */
export async function readTakings(
  room: Room,
  actor: StaffActor,
  { from, to, storeId }: Asked,
): Promise<Takings> {
  for (const [name, day] of Object.entries({ from, to }))
    if (!isCounted(day)) throw wrong(`querystring.${name}`, 'there is no such day')
  if (to < from || dayAfter(from, MOST_DAYS - 1) < to)
    throw wrong('querystring.to', `${MOST_DAYS} days at most, the first one first`)
  const rows = new Map<string, Takings['rows'][number]>()
  for (const { way, count, fen, ...of } of await sql.sumTakings(
    room.ctx.db,
    spanOf(room, actor, storeId, [from, to]),
  )) {
    const key = `${of.day} ${of.storeId} ${of.provider}`
    rows.set(key, { ...(rows.get(key) ?? { ...of, in: NONE, out: NONE }), [way]: { count, fen } })
  }
  return { rows: [...rows.values()] }
}

/** The payments and refunds behind the sums of a day. */
export async function readEntries(
  room: Room,
  actor: StaffActor,
  day: string,
  { storeId, provider, page = 1, limit = PAGE }: AskedEntries,
): Promise<Entries> {
  if (!isCounted(day)) throw wrong('params.day', 'there is no such day')
  const span = spanOf(room, actor, storeId, [day, day])
  const [items, total] = await Promise.all([
    sql.listEntries(room.ctx.db, span, { provider, limit, offset: (page - 1) * limit }),
    sql.countEntries(room.ctx.db, span, provider),
  ])
  return { items: items.map((each) => ({ ...each, at: each.at.toISOString() })), total }
}
