import { barrier, besideActing, excludes, idle } from './applies.ts'
import { divide } from './apportion.ts'
import { applied, type LineState, sumOf, takeOff } from './lines.ts'
import { openTo, type Start, startOf, stepOff } from './steps.ts'
import type { Basket, CouponTerm, Outcome } from './terms.ts'

/** More coupons than this are not weighed against each other, and of those at most so many act on one order. */
export const MOST_COUPONS = 30
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

/** What an order would cost, and what it would earn; the second is asked for only where sums are equal. */
export interface Rating {
  totalFen: number
  earned(): number
}
/** Says of an order with some coupons what it would cost and earn, and what any order can earn at most whose goods cost so much. */
export interface Rater {
  rate(tried: Tried): Rating
  mostEarned(payFen: number, earnBp: number): number
}
type Rated = Tried & { rating: Rating }
function better(a: Rated, b: Rated): boolean {
  if (a.rating.totalFen !== b.rating.totalFen) return a.rating.totalFen < b.rating.totalFen
  const more = a.rating.earned() - b.rating.earned()
  return more !== 0 ? more > 0 : a.coupons.length < b.coupons.length
}

/** A coupon that acts when it is the only one, and what the order then costs less. No company makes it act more. */
interface Candidate {
  coupon: CouponTerm
  tried: Tried
  /** Off goods and freight. */
  offFen: number
}
/** What takes more off comes first, then what expires sooner: of equal sets the one that is met first stays. */
const byOff = (a: Candidate, b: Candidate): number =>
  b.offFen - a.offFen ||
  (a.coupon.until?.getTime() ?? Infinity) - (b.coupon.until?.getTime() ?? Infinity) ||
  (a.coupon.id < b.coupon.id ? -1 : 1)

/** Sets that begin with the same coupons are tried on top of each other. */
function trying(none: Tried, candidates: readonly Candidate[], trial: Trial) {
  const turn = new Map(
    candidates
      .map(({ coupon }) => coupon)
      .sort(inTurn)
      .map((coupon, i) => [coupon, i]),
  )
  const turnOf = ({ coupon }: Candidate): number => turn.get(coupon) ?? 0
  const pairs = new Map<number, Tried | null>()
  const after = (tried: Tried, { coupon }: Candidate): Tried | null => {
    const next = use(tried, coupon, trial)
    return next.coupons.length > tried.coupons.length ? next : null
  }
  function pair(first: Candidate, second: Candidate): Tried | null {
    const key = turnOf(first) * candidates.length + turnOf(second)
    const known = pairs.get(key)
    if (known !== undefined) return known
    const tried = after(first.tried, second)
    pairs.set(key, tried)
    return tried
  }
  /** The order after this set; null when one of it left nothing for another. */
  return (set: readonly Candidate[]): Tried | null => {
    const [first, second, third] = set.toSorted((a, b) => turnOf(a) - turnOf(b))
    if (!first) return none
    if (!second) return first.tried
    const two = pair(first, second)
    return two && third ? after(two, third) : two
  }
}

/**
 * The best set of candidates, exactly. A set can take no more off than its coupons do one by one, so what cannot reach the best that is known is not
 * tried: candidates that take most off are met first, and whatever follows takes less.
 */
function bestSet(candidates: readonly Candidate[], none: Rated, trial: Trial, rater: Rater): Rated {
  const tryOut = trying(none, candidates, trial)
  let best = none
  /** Could an order with these, which costs no less than this, be better than the best? Where it costs the same it must earn more. */
  function mayBeat(set: readonly Candidate[], leastFen: number): boolean {
    const { totalFen } = best.rating
    if (leastFen !== totalFen) return leastFen < totalFen
    const freightOff = sumOf(set, ({ tried }) => tried.freightOffFen)
    const earnBp = set.reduce((bp, { tried }) => Math.ceil((bp * tried.earnBp) / 10_000), 10_000)
    const earned = rater.mostEarned(totalFen - trial.freightFen + freightOff, earnBp)
    const more = earned - best.rating.earned()
    return more !== 0 ? more > 0 : set.length < best.coupons.length
  }
  /** The most that up to `more` candidates take off, from one on. */
  const most = (from: number, more: number): number =>
    sumOf(candidates.slice(from, from + more), ({ offFen }) => offFen)
  function extend(chosen: readonly Candidate[], offFen: number, from: number): void {
    const more = MOST_TOGETHER - chosen.length
    if (more === 0) return
    for (let i = from; i < candidates.length; i++) {
      const candidate = candidates[i]
      if (!candidate || none.rating.totalFen - offFen - most(i, more) > best.rating.totalFen) return
      if (!chosen.every((other) => together(other.coupon, candidate.coupon))) continue
      const set = [...chosen, candidate]
      const off = offFen + candidate.offFen
      if (mayBeat(set, none.rating.totalFen - off)) {
        const tried = tryOut(set)
        const rated = tried && { ...tried, rating: rater.rate(tried) }
        if (rated && better(rated, best)) best = rated
      }
      extend(set, off, i + 1)
    }
  }
  extend([], 0, 0)
  return best
}

/**
 * Of all sets of coupons that may stand together, keeps the one under which the whole order is cheapest (`rater` tells, after points and freight); with
 * equal sums the one that earns more, then the one that spends fewer coupons. One coupon more can so never make an order dearer.
 */
export function chooseCoupons(
  lines: readonly LineState[],
  order: Basket,
  freightFen: number,
  rater: Rater,
): Tried {
  if (order.coupons.length > MOST_COUPONS) throw new RangeError(`more than ${MOST_COUPONS} coupons`)
  const trial: Trial = { order, start: startOf(lines), freightFen }
  const none: Tried = { coupons: [], lines, freightOffFen: 0, earnBp: 10_000, outcomes: [] }
  const idles: { coupon: CouponTerm; outcome: Outcome }[] = []
  const candidates = order.coupons.flatMap((coupon): Candidate[] => {
    const why = barrier(coupon, order)
    const tried = why ? undefined : use(none, coupon, trial)
    if (tried?.coupons.length)
      return [{ coupon, tried, offFen: sumOf(tried.outcomes, ({ offFen }) => offFen) }]
    idles.push({ coupon, outcome: tried?.outcomes[0] ?? idle(coupon, why ?? 'nothing_left') })
    return []
  })
  const best = bestSet(candidates.sort(byOff), { ...none, rating: rater.rate(none) }, trial, rater)
  const left = candidates
    .filter(({ coupon }) => !best.coupons.includes(coupon))
    .map(({ coupon }) => passedOver(coupon, best))
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
