import { barrier, besideActing, covers, excludes, idle } from './applies.ts'
import { divide } from './apportion.ts'
import { applied, type LineState, payOf, spread, sumOf, takeOff } from './lines.ts'
import type { Basket, Outcome, Step, Term } from './terms.ts'

/** A term that takes something off the sum of the lines that take part, by steps. */
export interface Stepped extends Term {
  steps: readonly Step[]
}

const offAt = (step: Step, sumFen: number): number => step.offFen + divide(sumFen, step.offBp, 10_000).floor

/** What the best step reached takes off a sum, and how far the next better one is. */
export function climb(
  steps: readonly Step[],
  { sumFen, pieces }: { sumFen: number; pieces: number },
): { offFen: number; next: Outcome['next'] } {
  const reached = steps.filter(({ atFen, atPieces }) => sumFen >= atFen && pieces >= atPieces)
  const offFen = Math.max(0, ...reached.map((step) => offAt(step, sumFen)))
  const ahead = steps
    .filter((step) => !reached.includes(step) && offAt(step, Math.max(sumFen, step.atFen)) > offFen)
    .map((step) => ({
      missingFen: Math.max(0, step.atFen - sumFen),
      missingPieces: Math.max(0, step.atPieces - pieces),
      offFen: step.offFen,
      offBp: step.offBp,
    }))
    .sort((a, b) => a.missingFen - b.missingFen || a.missingPieces - b.missingPieces)
  return { offFen, next: ahead[0] ?? null }
}

/** Which lines a term may act on, or why on none. */
export function openTo(term: Term, lines: readonly LineState[]): LineState[] | Outcome {
  const mine = lines.filter(({ line }) => covers(term.appliesTo, line))
  if (mine.length === 0) return idle(term, 'goods_not_eligible')
  // The same few terms act on many lines.
  const known = new Map<Term, boolean>()
  const isExcluded = (other: Term): boolean => {
    const excluded = known.get(other) ?? excludes(term, other)
    known.set(other, excluded)
    return excluded
  }
  const open = mine.filter(({ acting }) => !acting.some(isExcluded))
  if (open.length > 0) return open
  const other = mine.flatMap(({ acting }) => acting).find(isExcluded)
  return idle(term, 'excluded', { by: other ? { rule: other.id, label: other.label } : null })
}

/** Where a stage began: thresholds are counted on it, so that terms of one stage do not depend on who comes first. */
export type Start = ReadonlyMap<string, number>
export const startOf = (lines: readonly LineState[]): Start =>
  new Map(lines.map(({ line, payFen }) => [line.id, payFen]))

/** What a term would take off, before it is spread over lines. */
interface Offer {
  offFen: number
  open: readonly LineState[]
  next: Outcome['next']
}
/** As far as one fen remains of the order; or why nothing. */
function offer(term: Stepped, lines: readonly LineState[], start: Start): Offer | Outcome {
  const open = openTo(term, lines)
  if (!Array.isArray(open)) return open
  const { offFen, next } = climb(term.steps, {
    sumFen: sumOf(open, ({ line }) => start.get(line.id) ?? 0),
    pieces: sumOf(open, ({ line }) => line.quantity),
  })
  if (offFen === 0) return idle(term, next ? 'below_threshold' : 'nothing_left', { next })
  const capped = Math.min(offFen, term.maxOffFen ?? offFen, payOf(open), payOf(lines) - 1)
  if (capped <= 0) return idle(term, 'nothing_left')
  return { offFen: capped, open, next: capped < offFen ? null : next }
}
const isIdle = (answer: Offer | Outcome): answer is Outcome => 'why' in answer

/** Lets a term take its steps off. */
export function stepOff(
  term: Stepped,
  lines: readonly LineState[],
  start: Start,
): { lines: readonly LineState[]; outcome: Outcome } {
  const answer = offer(term, lines, start)
  if (isIdle(answer)) return { lines, outcome: answer }
  const offs = spread(answer.offFen, answer.open)
  return { lines: takeOff(lines, term, offs), outcome: applied(term, offs, answer.next) }
}

/** One stage of 满减 or pickup discounts: the largest first; of one stack group only one acts. */
export function takeSteps(
  lines: readonly LineState[],
  terms: readonly Stepped[],
  order: Omit<Basket, 'lines'>,
): { lines: readonly LineState[]; outcomes: Outcome[] } {
  const start = startOf(lines)
  const idles: { term: Term; outcome: Outcome }[] = []
  const offered = terms.flatMap((term) => {
    const why = barrier(term, order)
    const answer = why ? idle(term, why) : offer(term, lines, start)
    if (!isIdle(answer)) return [{ term, offFen: answer.offFen }]
    idles.push({ term, outcome: answer })
    return []
  })
  const acting = new Map<string, Outcome>()
  let now = lines
  for (const { term } of offered.sort((a, b) => b.offFen - a.offFen || (a.term.id < b.term.id ? -1 : 1))) {
    const ahead = acting.get(term.stackGroup)
    if (ahead) {
      idles.push({ term, outcome: idle(term, 'beaten', { by: { rule: ahead.rule, label: ahead.label } }) })
      continue
    }
    const step = stepOff(term, now, start)
    now = step.lines
    if (step.outcome.why === 'applied') acting.set(term.stackGroup, step.outcome)
    else idles.push({ term, outcome: step.outcome })
  }
  const others = idles.map(({ term, outcome }) => besideActing(outcome, acting.get(term.stackGroup)))
  return { lines: now, outcomes: [...acting.values(), ...others] }
}
