import { refuse } from '#kernel/problem'
import type { HeldCoupon } from '#room/coupons'
import { type Benefits, earnTerm, NOTHING, pointsTerm, termOf } from './benefits.ts'
import { payOf, sumOf } from './lines.ts'
import { amountTooLarge } from './problems.ts'
import { earnPoints } from './points.ts'
import type { PriceSources } from './pricing.ts'
import { isAffordable, quote } from './quote.ts'
import type { Basket, BasketLine, Funding, Outcome, Share } from './terms.ts'
import { wordsOf } from './words.ts'

/** What a till rang up. Its prices are its own, and so are its promotions: ours do not act on them, only what a member brings does. */
export interface TillBasket {
  storeId: string
  at: Date
  lines: readonly {
    skuId: string | null
    categoryId: string | null
    name: string
    quantity: number
    unitFen: number
  }[]
}
export interface TillShare extends Share {
  funding: Funding
}
export interface TillPriced {
  /** In the order of the basket. */
  lines: { payFen: number; shares: TillShare[]; usedPoints: number; earnedPoints: number }[]
  goodsFen: number
  payFen: number
  couponIds: string[]
  pointsUsed: number
  pointsEarned: number
  outcomes: readonly (Outcome & { words: string })[]
}

const idOf = (i: number): string => String(i).padStart(4, '0')
const basketLines = ({ lines }: TillBasket): BasketLine[] =>
  lines.map(({ skuId, categoryId, name, quantity, unitFen }, i) => ({
    id: idOf(i),
    // Goods that we do not know are nobody's: what holds for some goods only does not hold for them.
    skuId: skuId ?? '',
    categoryId: categoryId ?? '',
    name,
    unitFen,
    quantity,
  }))

/** The basket behind what a till rang up: carried out of the store, so it counts as collected. */
export function tillBasketOf(
  { ledgers }: Pick<PriceSources, 'ledgers'>,
  till: TillBasket,
  { coupons, points, tier, boughtBefore }: Benefits = NOTHING,
): Basket {
  const lines = basketLines(till)
  if (!isAffordable(lines)) refuse(amountTooLarge)
  const terms = ledgers.pointsTerms()
  return {
    at: till.at,
    storeId: till.storeId,
    fulfilment: 'pickup',
    channel: 'till',
    tier: tier?.code ?? null,
    boughtBefore,
    lines,
    rules: [],
    coupons,
    points: pointsTerm(terms, points),
    freight: null,
    earn: earnTerm(terms, tier),
  }
}

/** What coupons and points take off it, line by line. */
export function priceTill(basket: Basket): TillPriced {
  const priced = quote(basket)
  const funding = new Map(priced.discounts.map((each) => [each.rule, each.funding]))
  return {
    lines: priced.lines.map(({ payFen, shares, earnedPoints }) => ({
      payFen,
      shares: shares.map((share) => ({ ...share, funding: funding.get(share.rule) ?? 'hq' })),
      usedPoints: sumOf(shares, ({ points }) => points),
      earnedPoints,
    })),
    goodsFen: priced.goodsFen,
    payFen: priced.totalFen,
    couponIds: priced.outcomes
      .filter(({ rule, why }) => why === 'applied' && basket.coupons.some(({ id }) => id === rule))
      .map(({ rule }) => rule),
    pointsUsed: priced.pointsUsed,
    pointsEarned: priced.pointsEarned,
    outcomes: priced.outcomes.map((outcome) => ({ ...outcome, words: wordsOf(outcome) })),
  }
}

/** The most that a coupon, alone, takes off what a till rang up; 0 where its terms are about something else. */
export function worthAtTill(
  sources: Pick<PriceSources, 'ledgers'>,
  till: TillBasket,
  held: HeldCoupon,
  tier: Benefits['tier'],
): number {
  if (!isAffordable(basketLines(till))) return 0
  const { boughtBefore } = held
  const basket = tillBasketOf(sources, till, { ...NOTHING, coupons: [termOf(held)], tier, boughtBefore })
  const { goodsFen, payFen } = priceTill(basket)
  return goodsFen - payFen
}

/** Points that a receipt earns, by line, from what was really paid for each. */
export function earnedAtTill(
  { ledgers }: Pick<PriceSources, 'ledgers'>,
  till: TillBasket,
  paidFen: readonly number[],
  tier: Benefits['tier'],
): number[] {
  const states = basketLines(till).map((line, i) => ({
    line,
    payFen: paidFen[i] ?? 0,
    shares: [],
    acting: [],
  }))
  const { byLine } =
    payOf(states) > 0
      ? earnPoints(states, earnTerm(ledgers.pointsTerms(), tier))
      : { byLine: new Map<string, number>() }
  return states.map(({ line }) => byLine.get(line.id) ?? 0)
}
