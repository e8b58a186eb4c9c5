/**
 * Pricing: what a basket costs, and why. Pure; owns no table.
 *
 * Promises whole fen, lines that add up to the total, and one engine for cart, quote and order, so that a shopper pays what was shown.
 */
import type { Http } from '#kernel/http'
import type { Stores } from '#room/stores'
import type { Catalog } from '#room/catalog'
import { price, type Priced, type Wish } from './pricing.ts'
import { mountPricing } from './routes.ts'

export type { Priced, Wish } from './pricing.ts'
export { type Basket, type BasketLine, isAffordable, quote, type Quote } from './quote.ts'

export interface Pricing {
  /** Prices a wish or refuses it by name: unknown or repeated SKUs, coupons, points, delivery, sums beyond any order. */
  price(wish: Wish): Priced
  routes(http: Http): void
}

export function createPricing(deps: { stores: Stores; catalog: Catalog }): Pricing {
  const pricing: Pricing = {
    price: (wish) => price(deps, wish),
    routes: (http) => mountPricing(http, pricing),
  }
  return pricing
}
