import type { Step } from './terms.ts'

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

/** What is wrong with a period, seen from now; null when nothing is. */
export function periodFault(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date | null },
  now: Date,
): string | null {
  if (Number.isNaN(startsAt.getTime()) || (endsAt && Number.isNaN(endsAt.getTime()))) return 'no_such_instant'
  if (endsAt && endsAt <= startsAt) return 'ends_before_start'
  return endsAt && endsAt <= now ? 'over_already' : null
}
