import type { Quote as QuoteSchema, QuoteInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { Clock } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import type { ActivityPrice } from '#room/campaigns'
import type { Catalog, Sellable } from '#room/catalog'
import type { Ledgers } from '#room/ledgers'
import type { Stores } from '#room/stores'
import { amountTooLarge, deliveryUnavailable, lineRepeated, skuMissing } from './problems.ts'
import { activityTerm, type Benefits, earnTerm, NOTHING, pointsTerm, tierTerm } from './benefits.ts'
import { isAffordable, quote } from './quote.ts'
import type { Basket, Funding, PricedBasket, RuleTerm, Share } from './terms.ts'
import { wordsOf } from './words.ts'

export type Wish = Pick<Static<typeof QuoteInput>, 'storeId' | 'fulfilment' | 'lines'>
export type Quote = Static<typeof QuoteSchema>
/** What one line of an order keeps for ever. */
export interface PricedShares {
  shares: readonly (Share & { funding: Funding })[]
  earnedPoints: number
}
export interface Priced {
  quote: Omit<Quote, 'explanation'>
  /** What each line of the quote is, in the same order. */
  goods: readonly Sellable[]
  /** What acted on each line of the quote, in the same order. */
  shares: readonly PricedShares[]
  /** Why it costs that, said to the shopper. */
  explain(): Quote['explanation']
}
export interface PriceSources {
  clock: Pick<Clock, 'now'>
  stores: Pick<Stores, 'require'>
  catalog: Pick<Catalog, 'sellable'>
  ledgers: Pick<Ledgers, 'pointsTerms'>
  rules: { rulesOf(storeId: string, at: Date): readonly RuleTerm[] }
}

/** Each wished line as the store sells it now. */
function goodsOf({ catalog }: PriceSources, { storeId, lines }: Wish): Sellable[] {
  const seen = new Set<string>()
  return lines.map(({ skuId }) => {
    if (seen.has(skuId)) refuse(lineRepeated, { skuId })
    seen.add(skuId)
    const sellable = catalog.sellable(storeId, skuId)
    return sellable?.onShelf ? sellable : refuse(skuMissing, { skuId })
  })
}

/** The basket behind a wish, or a refusal by name of what cannot be bought so. Prices and rules come from the server, never from the caller. */
export function basketOf(
  from: PriceSources,
  wish: Wish,
  { coupons, points, tier, boughtBefore }: Benefits = NOTHING,
  activity?: ActivityPrice,
): { basket: Basket; goods: Sellable[] } {
  const { storeId, fulfilment, lines } = wish
  from.stores.require(storeId)
  if (fulfilment.kind === 'delivery') refuse(deliveryUnavailable)
  const goods = goodsOf(from, wish)
  const wanted = goods.map(({ skuId, categoryId, name, unitFen }, i) => ({
    id: skuId,
    skuId,
    categoryId,
    name,
    unitFen,
    quantity: lines[i]?.quantity ?? 0,
  }))
  if (!isAffordable(wanted)) refuse(amountTooLarge)
  const at = from.clock.now()
  const terms = from.ledgers.pointsTerms()
  const memberPrices = tierTerm(tier, goods)
  const basket: Basket = {
    at,
    storeId,
    fulfilment: fulfilment.kind,
    channel: 'online',
    tier: tier?.code ?? null,
    boughtBefore,
    lines: wanted,
    rules: [
      ...(activity ? [activityTerm(activity)] : []),
      ...from.rules.rulesOf(storeId, at),
      ...(memberPrices ? [memberPrices] : []),
    ],
    coupons,
    points: pointsTerm(terms, points),
    freight: null,
    earn: earnTerm(terms, tier),
  }
  return { basket, goods }
}

/** Prices what a shopper wants to buy with what they wish to use, or refuses by name. */
export function price(from: PriceSources, wish: Wish, benefits?: Benefits, activity?: ActivityPrice): Priced {
  const { basket, goods } = basketOf(from, wish, benefits, activity)
  const priced = quote(basket)
  const funding = new Map(priced.discounts.map(({ rule, funding: by }) => [rule, by]))
  return {
    quote: shown(basket, priced),
    goods,
    shares: priced.lines.map(({ shares, earnedPoints }) => ({
      shares: shares.map((share) => ({ ...share, funding: funding.get(share.rule) ?? 'hq' })),
      earnedPoints,
    })),
    explain: () => explained(priced),
  }
}

/** A basket as a quote tells it. */
export function quoteOf(basket: Basket): Quote {
  const priced = quote(basket)
  return { ...shown(basket, priced), explanation: explained(priced) }
}

const discountOf = ({ rule, label, offFen, points }: Share) => ({ rule, label, offFen, points })

const shown = ({ storeId, coupons }: Basket, priced: PricedBasket): Priced['quote'] => ({
  storeId,
  lines: priced.lines.map(({ line, amountFen, payFen, shares }) => ({
    skuId: line.skuId,
    name: line.name,
    quantity: line.quantity,
    unitFen: line.unitFen,
    amountFen,
    discounts: shares.map(discountOf),
    payFen,
  })),
  goodsFen: priced.goodsFen,
  discountFen: priced.discountFen,
  freightFen: priced.freightFen,
  totalFen: priced.totalFen,
  discounts: priced.discounts.map(discountOf),
  couponIds: priced.outcomes
    .filter(({ rule, why }) => why === 'applied' && coupons.some(({ id }) => id === rule))
    .map(({ rule }) => rule),
  pointsUsed: priced.pointsUsed,
  pointsEarned: priced.pointsEarned,
})

const explained = ({ lines, outcomes }: PricedBasket): Quote['explanation'] => {
  const skuOf = new Map(lines.map(({ line }) => [line.id, line.skuId]))
  return outcomes.map((outcome) => ({
    ...outcome,
    lines: outcome.lines.map(({ id, offFen }) => ({ skuId: skuOf.get(id) ?? id, offFen })),
    words: wordsOf(outcome),
  }))
}
