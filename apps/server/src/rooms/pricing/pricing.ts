import type { QuoteInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import { refuse } from '#kernel/problem'
import type { Stores } from '#room/stores'
import type { Catalog, Sellable } from '#room/catalog'
import {
  amountTooLarge,
  couponsUnusable,
  deliveryUnavailable,
  lineRepeated,
  pointsUnusable,
  skuMissing,
} from './problems.ts'
import { isAffordable, quote, type Quote } from './quote.ts'

export type Wish = Static<typeof QuoteInput>
export interface Priced {
  quote: Quote
  /** What each line of the quote is, in the same order. */
  goods: readonly Sellable[]
}

/** Prices what a shopper wants to buy, or refuses by name what cannot be bought so. Prices come from the catalogue, never from the caller. */
export function price(
  { stores, catalog }: { stores: Pick<Stores, 'require'>; catalog: Pick<Catalog, 'sellable'> },
  wish: Wish,
): Priced {
  const { storeId, fulfilment, lines, couponIds = [], usePoints = 0 } = wish
  stores.require(storeId)
  if (fulfilment.kind === 'delivery') refuse(deliveryUnavailable)
  if (couponIds.length > 0) refuse(couponsUnusable, { couponId: couponIds[0] })
  if (usePoints > 0) refuse(pointsUnusable)
  const seen = new Set<string>()
  const goods = lines.map(({ skuId }) => {
    if (seen.has(skuId)) refuse(lineRepeated, { skuId })
    seen.add(skuId)
    const sellable = catalog.sellable(storeId, skuId)
    return sellable?.onShelf ? sellable : refuse(skuMissing, { skuId })
  })
  const basket = {
    storeId,
    lines: goods.map(({ skuId, name, unitFen }, i) => ({
      skuId,
      name,
      unitFen,
      quantity: lines[i]?.quantity ?? 0,
    })),
  }
  if (!isAffordable(basket)) refuse(amountTooLarge)
  return { quote: quote(basket), goods }
}
