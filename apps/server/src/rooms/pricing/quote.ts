import { assertFen, LARGEST_FEN } from '#kernel/money'
import { idle } from './applies.ts'
import { chooseCoupons, type Tried } from './coupons.ts'
import { type LineState, payOf, sumOf } from './lines.ts'
import {
  earnPoints,
  mostEarned,
  type PointsEarned,
  pointsOff,
  type PointsSpent,
  spendPoints,
} from './points.ts'
import { settlePrices } from './prices.ts'
import { takeSteps } from './steps.ts'
import type {
  Basket,
  BasketLine,
  FreightTerm,
  Outcome,
  PricedBasket,
  PricedLine,
  PriceTerm,
  RuleTerm,
  StepTerm,
} from './terms.ts'
import { STAGES } from './terms.ts'

/** Do the goods stay below the largest sum that anything here handles? */
export const isAffordable = (lines: readonly Pick<BasketLine, 'quantity' | 'unitFen'>[]): boolean =>
  sumOf(lines, ({ quantity, unitFen }) => quantity * unitFen) <= LARGEST_FEN

const isPrice = (rule: RuleTerm): rule is PriceTerm => rule.stage === 'activity' || rule.stage === 'price'
const ofStage = (rules: readonly RuleTerm[], stage: StepTerm['stage']): StepTerm[] =>
  rules.filter((rule): rule is StepTerm => rule.stage === stage)

/** What the delivery costs before coupons; the threshold is counted before coupons and points. */
function freightOf(term: FreightTerm | null, sumFen: number): { freightFen: number; outcomes: Outcome[] } {
  if (!term || term.feeFen === 0) return { freightFen: 0, outcomes: [] }
  const named = { id: 'freight', label: term.label, stage: 'freight' } as const
  const missingFen = term.freeFromFen === null ? null : term.freeFromFen - sumFen
  if (missingFen !== null && missingFen <= 0)
    return { freightFen: 0, outcomes: [{ ...idle(named, 'applied'), offFen: term.feeFen }] }
  const next = missingFen === null ? null : { missingFen, missingPieces: 0, offFen: term.feeFen, offBp: 0 }
  return {
    freightFen: term.feeFen,
    outcomes: [idle(named, next ? 'below_threshold' : 'nothing_left', { next })],
  }
}

const byPrecedence = (a: Outcome, b: Outcome): number =>
  STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
  Number(b.why === 'applied') - Number(a.why === 'applied') ||
  (a.rule < b.rule ? -1 : 1)

/**
 * What a basket costs, line by line and fen by fen, and why. Pure. The order of things is that of domain handbook §2.8: price of a campaign, else the
 * lowest of limited-time and member price; 满减; discount for collecting; coupons; points; freight; points earned. What rules, coupons and points take
 * off leaves one fen of the goods; only an exchange coupon may leave nothing (§2.1).
 */
export function quote(basket: Basket): PricedBasket {
  const priced = settlePrices(basket, basket.rules.filter(isPrice))
  const stepped = takeSteps(priced.lines, ofStage(basket.rules, 'step'), basket)
  const collected = takeSteps(stepped.lines, ofStage(basket.rules, 'pickup'), basket)
  const freight = freightOf(basket.fulfilment === 'delivery' ? basket.freight : null, payOf(collected.lines))
  const chosen = chooseCoupons(collected.lines, basket, freight.freightFen, {
    rate: (tried) => ({
      totalFen:
        payOf(tried.lines) - pointsOff(tried.lines, basket.points) + freight.freightFen - tried.freightOffFen,
      earned: once(() => finish(basket, tried).earned.total),
    }),
    mostEarned: mostEarned(collected.lines, basket.earn),
  })
  const { spent, earned } = finish(basket, chosen)
  const freightFen = freight.freightFen - chosen.freightOffFen
  const outcomes = [
    ...priced.outcomes,
    ...stepped.outcomes,
    ...collected.outcomes,
    ...chosen.outcomes,
    ...(spent.outcome ? [spent.outcome] : []),
    ...freight.outcomes,
  ].sort(byPrecedence)
  const lines = spent.lines.map((state) => pricedLine(state, earned))
  const goodsFen = sumOf(lines, ({ amountFen }) => amountFen)
  const payFen = sumOf(lines, (line) => line.payFen)
  return {
    lines,
    goodsFen: assertFen(goodsFen, 'goods'),
    discountFen: goodsFen - payFen,
    freightFen,
    totalFen: assertFen(payFen + freightFen, 'total'),
    discounts: sumsOf(basket, lines, outcomes),
    pointsUsed: spent.pointsUsed,
    pointsEarned: earned.total,
    outcomes,
  }
}

/** Asked again and again of the best that is known. */
function once(of: () => number): () => number {
  let known: number | undefined
  return () => (known ??= of())
}

/** What comes after coupons. */
function finish(
  { points, earn }: Basket,
  { lines, earnBp }: Tried,
): { spent: PointsSpent; earned: PointsEarned } {
  const spent = spendPoints(lines, points)
  return { spent, earned: earnPoints(spent.lines, earn, earnBp) }
}

const pricedLine = ({ line, payFen, shares }: LineState, earned: PointsEarned): PricedLine => ({
  line,
  amountFen: assertFen(line.unitFen * line.quantity, `line ${line.id}`),
  payFen,
  shares,
  earnedPoints: earned.byLine.get(line.id) ?? 0,
})

/** The shares of all lines, summed for each term, in the order in which they act. */
function sumsOf(
  { rules, coupons }: Basket,
  lines: readonly PricedLine[],
  outcomes: readonly Outcome[],
): PricedBasket['discounts'] {
  const funding = new Map([...rules, ...coupons].map((term) => [term.id, term.funding]))
  const shares = Map.groupBy(
    lines.flatMap((line) => line.shares),
    ({ rule }) => rule,
  )
  return outcomes.flatMap(({ rule, label }) => {
    const mine = shares.get(rule)
    if (!mine) return []
    const offFen = sumOf(mine, (share) => share.offFen)
    const points = sumOf(mine, (share) => share.points)
    // What points pay is the chain's: it gave them.
    return [{ rule, label, offFen, points, funding: funding.get(rule) ?? 'hq' }]
  })
}
