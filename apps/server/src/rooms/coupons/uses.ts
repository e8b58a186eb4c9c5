import type { Input, Output } from '@linli/contract'
import type { consoleCouponRoutes } from '@linli/contract/console-coupons'
import type { StaffActor } from '#kernel/actor'
import { dayAfter, instantOf, isDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { Problem, requestInvalid } from '#kernel/problem'
import type { Staff } from '#room/staff'
import { addUpUsed, sumUses } from './uses.sql.ts'

type Route = (typeof consoleCouponRoutes)['GET /console/v1/coupon-uses']
type Asked = NonNullable<Input<Route>['query']>
const MOST_DAYS = 92

const isCounted = (day: string): boolean => isDay(day) && day <= '9999-12-30'
const wrong = (path: string, message: string) => new Problem(requestInvalid, { fields: [{ path, message }] })

/** What used coupons cost, and whom. */
export function createUses(
  { db }: Pick<Ctx, 'db'>,
  { staff }: { staff: Pick<Staff, 'requireScope' | 'scopeOf'> },
) {
  return {
    async list(actor: StaffActor, { from, to, storeId, templateId }: Asked): Promise<Output<Route>> {
      for (const [name, day] of Object.entries({ from, to }))
        if (!isCounted(day)) throw wrong(`querystring.${name}`, 'there is no such day')
      if (to < from || dayAfter(from, MOST_DAYS - 1) < to)
        throw wrong('querystring.to', `${MOST_DAYS} days at most, the first one first`)
      if (storeId !== undefined) staff.requireScope(actor, storeId)
      const rows = await sumUses(db, {
        from: instantOf(from),
        until: instantOf(dayAfter(to, 1)),
        storeIds: storeId === undefined ? staff.scopeOf(actor) : [storeId],
        templateId: templateId ?? null,
      })
      return { rows }
    },
    /** Budgets that count what was used follow it within a minute. */
    addUp: async () => void (await inTx(db, (tx) => addUpUsed(tx))),
  }
}
export type Uses = ReturnType<typeof createUses>
