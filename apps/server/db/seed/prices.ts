import type { Good } from './goods.ts'

/** Goods with a lower price for online orders, in fen at the chain's base price. */
const ONLINE: Readonly<Record<string, number>> = {
  '6999913000013': 3690,
  '6999914000029': 2990,
  '6999915000066': 2690,
  '6999916000126': 3990,
  '6999917000071': 2090,
  '6999918000018': 2990,
  '6999918000032': 2690,
  '6999919000116': 8490,
}
export const ONLINE_PRICES = Object.keys(ONLINE).length

/** Stores that price for themselves: percent of the chain's price, brought up to a price that ends in 9. */
const OWN_ZONE: Readonly<Record<string, number>> = { S05: 102 }

function priceIn(storeId: string, chainFen: number): number {
  const percent = OWN_ZONE[storeId]
  if (percent === undefined) return chainFen
  const raised = Math.ceil((chainFen * percent) / 100)
  return Math.ceil((raised + 1) / 10) * 10 - 1
}

export type Prices = { readonly priceFen: number; readonly onlinePriceFen: number | null }

/** What a good costs on the shelf of a store, and online where that is less. */
export function pricesOf(good: Good, storeId: string): Prices {
  const online = ONLINE[good.barcode]
  return {
    priceFen: priceIn(storeId, good.priceFen),
    onlinePriceFen: online === undefined ? null : priceIn(storeId, online),
  }
}
