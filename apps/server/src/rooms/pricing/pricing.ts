import type { Quote as QuoteSchema, QuoteInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { Clock } from '#kernel/clock'
import { refuse } from '#kernel/problem'
import type { Catalog, Sellable } from '#room/catalog'
import type { Stores } from '#room/stores'
import {
  amountTooLarge,
  couponsUnusable,
  deliveryUnavailable,
  lineRepeated,
  pointsUnusable,
  skuMissing,
} from './problems.ts'
import { isAffordable, quote } from './quote.ts'
import type { PricedBasket, RuleTerm } from './terms.ts'
import { wordsOf } from './words.ts'

export type Wish = Static<typeof QuoteInput>
export type Quote = Static<typeof QuoteSchema>
export interface Priced {
  quote: Omit<Quote, 'explanation'>
  /** What each line of the quote is, in the same order. */
  goods: readonly Sellable[]
  /** Why it costs that, said to the shopper. */
  explain(): Quote['explanation']
}
export interface PriceSources {
  clock: Pick<Clock, 'now'>
  stores: Pick<Stores, 'require'>
  catalog: Pick<Catalog, 'sellable'>
  rules: { rulesOf(storeId: string, at: Date): readonly RuleTerm[] }
}

/** The channel that this server's shopper routes are; tills and partners will name their own. */
const CHANNEL = 'shop'

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

/**
 * Prices what a shopper wants to buy, or refuses by name what cannot be bought so. Prices and rules come from the server, never from the caller. The
 * kernel behind it (`quote.ts`) knows coupons, points, tiers and freight as terms already; until the rooms that own them can vouch for such terms,
 * a wish for them is refused here.
 */
export function price(from: PriceSources, wish: Wish): Priced {
  const { storeId, fulfilment, lines, couponIds = [], usePoints = 0 } = wish
  from.stores.require(storeId)
  if (fulfilment.kind === 'delivery') refuse(deliveryUnavailable)
  if (couponIds.length > 0) refuse(couponsUnusable, { couponId: couponIds[0] })
  if (usePoints > 0) refuse(pointsUnusable)
  const goods = goodsOf(from, wish)
  const basket = goods.map(({ skuId, categoryId, name, unitFen }, i) => ({
    id: skuId,
    skuId,
    categoryId,
    name,
    unitFen,
    quantity: lines[i]?.quantity ?? 0,
  }))
  if (!isAffordable(basket)) refuse(amountTooLarge)
  const at = from.clock.now()
  const priced = quote({
    at,
    storeId,
    fulfilment: fulfilment.kind,
    channel: CHANNEL,
    tier: null,
    lines: basket,
    rules: from.rules.rulesOf(storeId, at),
    coupons: [],
    points: null,
    freight: null,
    earn: null,
  })
  return { quote: shown(storeId, priced), goods, explain: () => explained(priced) }
}

const shown = (storeId: string, priced: PricedBasket): Priced['quote'] => ({
  storeId,
  lines: priced.lines.map(({ line, amountFen, payFen, shares }) => ({
    skuId: line.skuId,
    name: line.name,
    quantity: line.quantity,
    unitFen: line.unitFen,
    amountFen,
    discounts: shares.map(({ rule, label, offFen }) => ({ rule, label, offFen })),
    payFen,
  })),
  goodsFen: priced.goodsFen,
  discountFen: priced.discountFen,
  freightFen: priced.freightFen,
  totalFen: priced.totalFen,
  discounts: priced.discounts.map(({ rule, label, offFen }) => ({ rule, label, offFen })),
})

const explained = ({ lines, outcomes }: PricedBasket): Quote['explanation'] => {
  const skuOf = new Map(lines.map(({ line }) => [line.id, line.skuId]))
  return outcomes.map((outcome) => ({
    ...outcome,
    lines: outcome.lines.map(({ id, offFen }) => ({ skuId: skuOf.get(id) ?? id, offFen })),
    words: wordsOf(outcome),
  }))
}
