/**
 * Reconciliation: do WeChat Pay and Alipay say the same about our money as we do?
 *
 * Owns bill_day, bill_line, bill_difference and bill_difference_event. Promises that every business day since the first payment is compared with
 * the provider's own bills once they exist, as far back as they are kept; that a bill is believed whole or not at all; that a day may be run again
 * any number of times with the same result; and that no difference disappears: it closes because the books agree, or because a person said why. A day
 * that head office signed off has no open difference; one that comes later reopens it in the same transaction.
 * Books nothing itself: what a bill knows better is asked for again, and goes the way of every payment, through `payments`.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { countDays } from './days.sql.ts'
import type { Room } from './room.ts'
import { mountReconciliation } from './routes.ts'
import { runDueDays } from './running.ts'

export interface Reconciliation {
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createReconciliation(ctx: Ctx, deps: Omit<Room, 'ctx'>): Reconciliation {
  const room: Room = { ...deps, ctx }
  let failed = 0
  ctx.metrics.gauge('reconciliation_days_failed', 'days whose bills could not be compared', () => failed)
  return {
    routes: (http) => mountReconciliation(http, room),
    sweeps: [
      {
        name: 'reconciliation.days',
        seconds: 10,
        async run() {
          await runDueDays(room)
          ;({ failed } = await countDays(ctx.db, null))
        },
      },
    ],
  }
}
