/**
 * Ledgers: points.
 *
 * Owns points_terms, points_account, point_lot, point_spend, point_grant and point_posting. Promises that nothing moves without a posting, that an
 * account is always what its postings and its lots add up to, that points are spent once and first expired first, that what comes back returns to
 * where it came from, and that only taking back what was earned can make a balance negative. The arithmetic is pure (`points.ts`), the table repeats it.
 * Points of orders are moved by the order desk alone, through `desk`; this room lets them ripen and expire.
 */
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { type LedgersDesk, ledgersDesk } from './desk.sql.ts'
import { keepTerms, type PointsTerms } from './points-terms.ts'
import { createBalances } from './balances.ts'
import { ripen } from './ripening.ts'
import { type LedgersDeps, mountConsole, mountPoints } from './routes.ts'

export * from './points.ts'
export { type LedgersDesk, ledgersDesk, type UsableRow } from './desk.sql.ts'
export type { PointsTerms } from './points-terms.ts'
export { pointsUnusable } from './problems.ts'

export interface Ledgers {
  /** What points are worth and how they are earned; null where the chain has none. */
  pointsTerms(): PointsTerms | null
  /** Points that a member may spend today. Read along with everybody who asks at the same moment. */
  usablePoints(memberId: string): Promise<number>
  /** When points of goods collected now become usable. */
  usableFrom(collectedAt: Date): Date
  desk: LedgersDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createLedgers(ctx: Ctx, deps: LedgersDeps): Promise<Ledgers> {
  const terms = await keepTerms(ctx)
  const usablePoints = createBalances(ctx)
  return {
    pointsTerms: terms.now,
    usablePoints,
    usableFrom: (collectedAt) =>
      instantOf(dayAfter(businessDay(collectedAt), (terms.latest()?.frozenDays ?? 0) + 1)),
    desk: ledgersDesk,
    routes(http) {
      mountPoints(http, ctx, terms)
      mountConsole(http, ctx, deps, terms)
    },
    sweeps: [{ name: 'ledgers.points', seconds: 60, run: () => ripen(ctx, terms.latest()) }],
  }
}
