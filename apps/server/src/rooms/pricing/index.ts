/**
 * Pricing: what a basket costs, and why. Owns price_rule.
 *
 * Promises whole fen, lines that add up to the total, discounts that are spread over lines once and for ever, a reason for every rule that acted or
 * did not, and one engine for cart, quote and order, so that a shopper pays what was shown. A rule is never edited: it is ended and replaced.
 * Behind the door a pure kernel (docs/adr/0009) that already prices with campaign and member prices, coupons, points, freight and points earned.
 * `couponIds` and `usePoints` are refused by name until the rooms that own coupons and points vouch for them.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Catalog } from '#room/catalog'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { mountConsole } from './console-routes.ts'
import { price, type Priced, type Wish } from './pricing.ts'
import { createRulebook } from './rulebook.ts'
import { mountPricing } from './routes.ts'

export type { Priced, Quote, Wish } from './pricing.ts'
export { isAffordable } from './quote.ts'

export interface Pricing {
  /** Prices a wish or refuses it by name: unknown or repeated SKUs, coupons, points, delivery, sums beyond any order. */
  price(wish: Wish): Priced
  routes(http: Http): void
}

export async function createPricing(
  ctx: Ctx,
  deps: { stores: Stores; staff: Staff; catalog: Catalog },
): Promise<Pricing> {
  const rules = await createRulebook(ctx, deps)
  const pricing: Pricing = {
    price: (wish) => price({ clock: ctx.clock, rules, ...deps }, wish),
    routes(http) {
      mountPricing(http, pricing)
      mountConsole(http, ctx.clock, rules)
    },
  }
  return pricing
}
