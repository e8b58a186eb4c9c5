import type { PriceStep } from '@linli/contract/pricing'
import type { Static } from 'typebox'

/** Reached at so many fen and so many pieces; then takes fen off, or basis points, rounded down to the fen. Of price rules and of coupons. */
export type Step = Static<typeof PriceStep>

const rises = (a: Step, b: Step): boolean =>
  b.atFen >= a.atFen &&
  b.atPieces >= a.atPieces &&
  b.offFen >= a.offFen &&
  b.offBp >= a.offBp &&
  (b.offFen > a.offFen || b.offBp > a.offBp)

/** What is wrong with the steps of a rule, in a word; null when nothing is. Whoever buys more never gets less. */
export function stepFault(steps: readonly Step[]): string | null {
  for (const [i, step] of steps.entries()) {
    if (step.offFen > 0 === step.offBp > 0) return 'off_fen_or_bp'
    if (step.atFen > 0 && step.offFen >= step.atFen) return 'off_reaches_threshold'
    const before = steps[i - 1]
    if (before && !rises(before, step)) return 'steps_fall'
  }
  return null
}
