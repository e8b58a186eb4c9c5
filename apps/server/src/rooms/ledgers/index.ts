/**
 * Ledgers: points, and stored value.
 *
 * Owns points_terms, points_account, point_lot, point_spend, point_grant and point_posting. Promises that nothing moves without a posting, that an
 * account is always what its postings and its lots add up to, that points are spent once and first expired first, that what comes back returns to
 * where it came from, and that only taking back what was earned can make a balance negative. The arithmetic is pure (`points.ts`, `purchase-points.ts`), the
 * table repeats it.
 * Points of orders are moved by the order desk alone, through `desk`; this room lets them ripen and expire.
 *
 * Owns value_terms, value_holder, value_account and value_posting too: money that members paid ahead, off unless the chain switches it on
 * (docs/adr/0019). Promises the same of it, and that nobody's balance is negative or topped up above the limit. Orders move it on the desk; staff take
 * it and pay it out here.
 *
 * Owns ledger_check: both promises are proved every night, and what is found stands on the workbench.
 */
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { type LedgersDesk, ledgersDesk } from './desk.sql.ts'
import { keepTerms, type PointsTerms } from './points-terms.ts'
import { createBalances } from './balances.ts'
import { bring, type BroughtPoints, takeBack } from './bringing.ts'
import { keep } from '#kernel/kept'
import { returnGifts } from './gifts.ts'
import { ripen } from './ripening.ts'
import { type LedgersDeps, mountChecks, mountConsole, mountPoints } from './routes.ts'
import { createStoredValue, type ValueDeps } from './stored-value.ts'
import { createSumCheck, POINTS, type SumCheck, VALUE } from './sum-check.ts'
import { mountStoredValue } from './value-routes.ts'
import { findValueTerms } from './value.sql.ts'

export {
  type Posting,
  type PostingStamp,
  buyGift,
  monthEndAfter,
  newAccount,
  type PointAccount,
  usableOf,
} from './points.ts'
export * from './purchase-points.ts'
export { type LedgersDesk, ledgersDesk, type UsableRow } from './desk.sql.ts'
export type { BroughtPoints } from './bringing.ts'
export type { PointsTerms } from './points-terms.ts'
export { pointsUnusable } from './problems.ts'
export { valueOff, valueShort } from './value-problems.ts'
export * from './value.ts'

export interface Ledgers {
  /** What points are worth and how they are earned; null where the chain has none. */
  pointsTerms(): PointsTerms | null
  /** Points that a member may spend today. Read along with everybody who asks at the same moment. */
  usablePoints(memberId: string): Promise<number>
  /** May orders be paid with stored value now? */
  valueOpen(): boolean
  /** Fen of it that a member may spend, read as points are. */
  spendableValue(memberId: string): Promise<number>
  /** When points of goods collected now become usable. */
  usableFrom(collectedAt: Date): Date
  /** Points of an old card or as a reward, usable at once; once for each binding and each key of a reward. */
  bringPoints(tx: Tx, card: BroughtPoints): Promise<void>
  /** The binding was wrong, or the reward's reason is gone: its points go, and what was spent of them is owed. */
  takePointsBack(tx: Tx, card: BroughtPoints): Promise<void>
  /** Gives back what these coupons were bought with, in the transaction that takes them away. */
  returnGifts: typeof returnGifts
  /** What the last sum checks found, for the workbench: each source lists what it has. */
  errands: readonly SumCheck['errands'][]
  desk: LedgersDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createLedgers(ctx: Ctx, deps: LedgersDeps & ValueDeps): Promise<Ledgers> {
  const terms = await keepTerms(ctx)
  const balances = createBalances(ctx)
  const value = createStoredValue(ctx, deps, await keep(ctx, 'value_terms', findValueTerms))
  const sums = { points: createSumCheck(ctx, deps, POINTS), value: createSumCheck(ctx, deps, VALUE) }
  return {
    pointsTerms: terms.now,
    usablePoints: balances.points,
    valueOpen: () => value.isOpen(),
    spendableValue: balances.value,
    usableFrom: (collectedAt) =>
      instantOf(dayAfter(businessDay(collectedAt), (terms.latest()?.frozenDays ?? 0) + 1)),
    bringPoints: (tx, card) => bring(tx, ctx, card, terms.latest()),
    takePointsBack: (tx, card) => takeBack(tx, ctx, card),
    returnGifts,
    errands: [sums.points.errands, sums.value.errands],
    desk: ledgersDesk,
    routes(http) {
      mountPoints(http, ctx, terms)
      mountConsole(http, ctx, deps, terms)
      mountStoredValue(http, value)
      mountChecks(http, sums)
    },
    sweeps: [
      { name: 'ledgers.points', seconds: 60, run: () => ripen(ctx, terms.latest()) },
      sums.points.sweep,
      sums.value.sweep,
    ],
  }
}
