import { barrier, besideActing, excludes, idle } from './applies.ts'
import { divide } from './apportion.ts'
import { applied, type LineState, takeOff } from './lines.ts'
import { openTo, type Start, startOf, stepOff } from './steps.ts'
import type { Basket, CouponTerm, Outcome } from './terms.ts'

/** More coupons than this are not weighed against each other, and of those at most so many act on one order. */
export const MOST_COUPONS = 10
const MOST_TOGETHER = 3

/** The order after some coupons. */
export interface Tried {
  coupons: readonly CouponTerm[]
  lines: readonly LineState[]
  freightOffFen: number
  /** What points earned are multiplied by. */
  earnBp: number
  outcomes: readonly Outcome[]
}
interface Trial {
  order: Basket
  start: Start
  freightFen: number
}

/** Gifts come first: what they leave is what the others are taken off. */
const RANK = { exchange: 0, steps: 1, freight: 2, earn: 3 } as const
const inTurn = (a: CouponTerm, b: CouponTerm): number =>
  RANK[a.effect.kind] - RANK[b.effect.kind] || (a.id < b.id ? -1 : 1)

/** One coupon more. Its outcome says whether it did anything. */
function use(tried: Tried, coupon: CouponTerm, { order, start, freightFen }: Trial): Tried {
  const { effect } = coupon
  const done = (outcome: Outcome, more: Partial<Tried> = {}): Tried => ({
    ...tried,
    ...(outcome.why === 'applied' ? { coupons: [...tried.coupons, coupon] } : {}),
    ...more,
    outcomes: [...tried.outcomes, outcome],
  })
  if (effect.kind === 'steps') {
    const { lines, outcome } = stepOff({ ...coupon, steps: effect.steps }, tried.lines, start)
    return done(outcome, { lines })
  }
  if (effect.kind === 'freight') {
    if (order.fulfilment === 'pickup') return done(idle(coupon, 'delivery_only'))
    const offFen = Math.min(freightFen - tried.freightOffFen, coupon.maxOffFen ?? freightFen)
    if (offFen <= 0) return done(idle(coupon, 'nothing_left'))
    return done({ ...applied(coupon, new Map()), offFen }, { freightOffFen: tried.freightOffFen + offFen })
  }
  const open = openTo(coupon, tried.lines)
  if (!Array.isArray(open)) return done(open)
  if (effect.kind === 'earn') {
    const earnBp = divide(tried.earnBp, effect.timesBp, 10_000).floor
    return done(applied(coupon, new Map()), { earnBp })
  }
  const offs = exchanged(open, effect.toFen, coupon.maxOffFen)
  if (!offs) return done(idle(coupon, 'nothing_left'))
  return done(applied(coupon, offs), { lines: takeOff(tried.lines, coupon, offs) })
}

/** One piece of the dearest line becomes the coupon's; what an odd fen leaves belongs to that piece. */
function exchanged(
  open: readonly LineState[],
  toFen: number,
  maxOffFen: number | null,
): ReadonlyMap<string, number> | undefined {
  const pieces = open.map(({ line, payFen }) => ({
    id: line.id,
    pieceFen: payFen - divide(payFen, line.quantity - 1, line.quantity).floor,
  }))
  const [dearest] = pieces.sort((a, b) => b.pieceFen - a.pieceFen || (a.id < b.id ? -1 : 1))
  const offFen = Math.min((dearest?.pieceFen ?? 0) - toFen, maxOffFen ?? Infinity)
  return dearest && offFen > 0 ? new Map([[dearest.id, offFen]]) : undefined
}

const together = (a: CouponTerm, b: CouponTerm): boolean => a.stackGroup !== b.stackGroup

/** Every set of up to three coupons that may stand together; the empty one first. */
function* sets(
  coupons: readonly CouponTerm[],
  from = 0,
  chosen: readonly CouponTerm[] = [],
): Generator<readonly CouponTerm[]> {
  yield chosen
  if (chosen.length === MOST_TOGETHER) return
  for (const [i, coupon] of coupons.entries())
    if (i >= from && chosen.every((other) => together(coupon, other)))
      yield* sets(coupons, i + 1, [...chosen, coupon])
}

/** What an order would cost, and what it would earn; the second is asked for only where sums are equal. */
export interface Rating {
  totalFen: number
  earned(): number
}
type Rated = Tried & { rating: Rating }
function better(a: Rated, b: Rated): boolean {
  if (a.rating.totalFen !== b.rating.totalFen) return a.rating.totalFen < b.rating.totalFen
  const more = a.rating.earned() - b.rating.earned()
  return more !== 0 ? more > 0 : a.coupons.length < b.coupons.length
}

/**
 * Tries every set of coupons that may stand together, and keeps the one under which the whole order is cheapest (`rate` tells, after points and
 * freight); with equal sums the one that earns more, then the one that spends fewer coupons. One coupon more can so never make an order dearer.
 */
export function chooseCoupons(
  lines: readonly LineState[],
  order: Basket,
  freightFen: number,
  rate: (tried: Tried) => Rating,
): Tried {
  if (order.coupons.length > MOST_COUPONS) throw new RangeError(`more than ${MOST_COUPONS} coupons`)
  const trial: Trial = { order, start: startOf(lines), freightFen }
  const none: Tried = { coupons: [], lines, freightOffFen: 0, earnBp: 10_000, outcomes: [] }
  const idles: { coupon: CouponTerm; outcome: Outcome }[] = []
  // Every set begins with a coupon that was tried alone already.
  const alone = new Map<CouponTerm, Tried>()
  const usable = order.coupons.toSorted(inTurn).filter((coupon) => {
    const why = barrier(coupon, order)
    const tried = why ? undefined : use(none, coupon, trial)
    if (tried?.coupons.length) alone.set(coupon, tried)
    else idles.push({ coupon, outcome: tried?.outcomes[0] ?? idle(coupon, why ?? 'nothing_left') })
    return alone.has(coupon)
  })
  let best: Rated = { ...none, rating: rate(none) }
  for (const set of sets(usable)) {
    const [first, ...others] = set
    const begun = (first && alone.get(first)) ?? none
    const tried = others.reduce((sofar, coupon) => use(sofar, coupon, trial), begun)
    if (tried.coupons.length < set.length) continue // one of them left nothing for another
    const rated = { ...tried, rating: rate(tried) }
    if (better(rated, best)) best = rated
  }
  const left = usable
    .filter((coupon) => !best.coupons.includes(coupon))
    .map((coupon) => passedOver(coupon, best))
  const others = idles.map(({ coupon, outcome }) => {
    const rival = best.coupons.find((other) => !together(coupon, other))
    return besideActing(
      outcome,
      best.outcomes.find(({ rule }) => rule === rival?.id),
    )
  })
  return { ...best, outcomes: [...best.outcomes, ...left, ...others] }
}

/** Why a coupon that could have been used was not. */
function passedOver(coupon: CouponTerm, { coupons }: Tried): Outcome {
  const rival = coupons.find((other) => !together(coupon, other))
  const enemy = coupons.find((other) => excludes(coupon, other))
  const other = rival ?? enemy
  if (!other) return idle(coupon, 'nothing_left')
  return idle(coupon, rival ? 'beaten' : 'excluded', { by: { rule: other.id, label: other.label } })
}
