import { covers, idle } from './applies.ts'
import { apportion, divide } from './apportion.ts'
import { applied, type LineState, payOf, spread } from './lines.ts'
import type { EarnTerm, Outcome, PointsTerm, Term } from './terms.ts'

/** The name of points among groups: a term exclusive with it keeps points off its lines. */
export const POINTS = 'points'

/** What points would pay, before it is spread over lines. */
export interface PointsOffer {
  offFen: number
  pointsUsed: number
  open: readonly LineState[]
}

/**
 * What points may pay (domain handbook §2.7): capped by balance, by the share of what the goods that take part still cost, and so that one fen of the
 * order remains. Takes no more points than the money needs. A reason instead, when they may pay nothing; null when nobody asked.
 */
export function offerPoints(
  lines: readonly LineState[],
  term: PointsTerm | null,
): PointsOffer | Outcome | null {
  if (!term || term.use === 0) return null
  const named = nameOf(term)
  const missingFen = term.minOrderFen - payOf(lines)
  if (missingFen > 0)
    return idle(named, 'below_threshold', { next: { missingFen, missingPieces: 0, offFen: 0, offBp: 0 } })
  const mine = lines.filter(({ line }) => covers(term.goods, line))
  if (mine.length === 0) return idle(named, 'goods_not_eligible')
  const open = mine.filter(({ acting }) => !acting.some(keepsPointsOff))
  if (open.length === 0) {
    const other = mine.flatMap(({ acting }) => acting).find(keepsPointsOff)
    return idle(named, 'excluded', { by: other ? { rule: other.id, label: other.label } : null })
  }
  const points = Math.min(term.use, Math.max(0, term.balance), term.capPoints ?? term.use)
  const worthFen = divide(points, 100, term.pointsPerYuan).floor
  const offFen = Math.min(worthFen, divide(payOf(open), term.capBp, 10_000).floor, payOf(lines) - 1)
  if (offFen <= 0) return idle(named, 'nothing_left')
  const { floor, rest } = divide(offFen, term.pointsPerYuan, 100)
  return { offFen, pointsUsed: rest > 0 ? floor + 1 : floor, open }
}

const nameOf = ({ label }: PointsTerm) => ({ id: POINTS, label, stage: POINTS }) as const
const isOffer = (answer: PointsOffer | Outcome | null): answer is PointsOffer =>
  answer !== null && 'open' in answer

/** How much points would take off. */
export const pointsOff = (lines: readonly LineState[], term: PointsTerm | null): number => {
  const offer = offerPoints(lines, term)
  return isOffer(offer) ? offer.offFen : 0
}

export interface PointsSpent {
  lines: readonly LineState[]
  pointsUsed: number
  outcome: Outcome | null
}
/** Lets points pay: their value, and the points themselves, spread over lines by the same routine. */
export function spendPoints(lines: readonly LineState[], term: PointsTerm | null): PointsSpent {
  const offer = offerPoints(lines, term)
  if (!term || !isOffer(offer)) return { lines, pointsUsed: 0, outcome: isOffer(offer) ? null : offer }
  const { offFen, pointsUsed, open } = offer
  const offs = spread(offFen, open)
  return {
    lines: payWith(lines, { label: term.label, offs, pointsUsed }),
    pointsUsed,
    outcome: applied(nameOf(term), offs),
  }
}

const keepsPointsOff = ({ exclusiveWith }: Term): boolean => exclusiveWith.includes(POINTS)

function payWith(
  lines: readonly LineState[],
  { label, offs, pointsUsed }: { label: string; offs: ReadonlyMap<string, number>; pointsUsed: number },
): LineState[] {
  const points = apportion(
    pointsUsed,
    [...offs].map(([id, offFen]) => ({ id, weight: offFen, cap: pointsUsed })),
  )
  return lines.map((state) => {
    const offFen = offs.get(state.line.id) ?? 0
    if (offFen === 0) return state
    const share = { rule: POINTS, label, offFen, points: points.get(state.line.id) ?? 0 }
    return { ...state, payFen: state.payFen - offFen, shares: [...state.shares, share] }
  })
}

export interface PointsEarned {
  total: number
  byLine: ReadonlyMap<string, number>
}

const earnedOn = (payFen: number, term: EarnTerm, timesBp: number): number =>
  divide(divide(payFen, term.timesBp, term.fenPerPoint * 10_000).floor, timesBp, 10_000).floor

/** Says what an order of these lines can earn at most, once all of its goods together cost so much and no more. */
export function mostEarned(
  lines: readonly LineState[],
  term: EarnTerm | null,
): (payFen: number, earnBp: number) => number {
  if (!term) return () => 0
  const earningFen = payOf(lines.filter(({ line }) => covers(term.goods, line)))
  return (payFen, earnBp) => earnedOn(Math.min(payFen, earningFen), term, earnBp)
}

/** Points for what is really paid for these goods: not for freight, nor for what coupons and points paid (domain handbook §2.7). */
export function earnPoints(
  lines: readonly LineState[],
  term: EarnTerm | null,
  timesBp = 10_000,
): PointsEarned {
  if (!term) return { total: 0, byLine: new Map() }
  const mine = lines.filter(({ line }) => covers(term.goods, line))
  const total = earnedOn(payOf(mine), term, timesBp)
  const byLine = apportion(
    total,
    mine.map(({ line, payFen }) => ({ id: line.id, weight: payFen, cap: total })),
  )
  return { total, byLine }
}
