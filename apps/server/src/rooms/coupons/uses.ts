import type { Input, Output } from '@linli/contract'
import type { consoleCouponRoutes } from '@linli/contract/console-coupons'
import type { StaffActor } from '#kernel/actor'
import { dayAfter, instantOf, isDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { Problem, requestInvalid } from '#kernel/problem'
import type { Staff } from '#room/staff'
import * as sql from './uses.sql.ts'

type Routes = typeof consoleCouponRoutes
type Sums = Routes['GET /console/v1/coupon-uses']
type Singles = Routes['GET /console/v1/coupon-uses/purchases']
type Asked = NonNullable<Input<Sums>['query']>
const MOST_DAYS = 92

const isCounted = (day: string): boolean => isDay(day) && day <= '9999-12-30'
const wrong = (path: string, message: string) => new Problem(requestInvalid, { fields: [{ path, message }] })

/** What used coupons cost, and whom. */
export function createUses(
  { db }: Pick<Ctx, 'db'>,
  { staff }: { staff: Pick<Staff, 'requireScope' | 'scopeOf'> },
) {
  function filterOf(actor: StaffActor, { from, to, storeId, templateId }: Asked): sql.UseFilter {
    for (const [name, day] of Object.entries({ from, to }))
      if (!isCounted(day)) throw wrong(`querystring.${name}`, 'there is no such day')
    if (to < from || dayAfter(from, MOST_DAYS - 1) < to)
      throw wrong('querystring.to', `${MOST_DAYS} days at most, the first one first`)
    if (storeId !== undefined) staff.requireScope(actor, storeId)
    return {
      from: instantOf(from),
      until: instantOf(dayAfter(to, 1)),
      storeIds: storeId === undefined ? staff.scopeOf(actor) : [storeId],
      templateId: templateId ?? null,
    }
  }
  return {
    list: async (actor: StaffActor, asked: Asked): Promise<Output<Sums>> => ({
      rows: await sql.sumUses(db, filterOf(actor, asked)),
    }),
    async singles(
      actor: StaffActor,
      { page = 1, limit = 20, ...asked }: NonNullable<Input<Singles>['query']>,
    ): Promise<Output<Singles>> {
      const filter = filterOf(actor, asked)
      const [uses, total] = await Promise.all([
        sql.listUses(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countUses(db, filter),
      ])
      return { items: uses.map((use) => ({ ...use, at: use.at.toISOString() })), total }
    },
    /** Budgets that count what was used follow it within a minute. */
    addUp: async () => void (await inTx(db, (tx) => sql.addUpUsed(tx))),
  }
}
export type Uses = ReturnType<typeof createUses>
