import type { Input, Output } from '@linli/contract'
import type { storeDueRoutes } from '@linli/contract/store-dues'
import type { StaffActor } from '#kernel/actor'
import { dayAfter, instantOf, isDay } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import * as sql from './dues.sql.ts'
import { dayInvalid } from './problems.ts'
import type { Room } from './room.ts'

type Dues = (typeof storeDueRoutes)['GET /console/v1/store-dues']

const aDay = (day: string): string => (isDay(day) ? day : refuse(dayInvalid, { day }))

/** What stores owe each other within the reader's scope, with its sums. */
export async function listDues(
  { ctx: { db }, staff }: Pick<Room, 'ctx' | 'staff'>,
  actor: StaffActor,
  { from, to, storeId, page = 1, limit = 20 }: NonNullable<Input<Dues>['query']>,
): Promise<Output<Dues>> {
  if (storeId) staff.requireScope(actor, storeId)
  const filter: sql.DueFilter = {
    storeIds: storeId ? [storeId] : staff.scopeOf(actor),
    from: from === undefined ? undefined : instantOf(aDay(from)),
    until: to === undefined ? undefined : instantOf(dayAfter(aDay(to), 1)),
  }
  const [rows, sums] = await Promise.all([
    sql.listDues(db, filter, { limit, offset: (page - 1) * limit }),
    sql.sumDues(db, filter),
  ])
  return {
    items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    total: sums.reduce((sum, { count }) => sum + count, 0),
    sums,
  }
}
