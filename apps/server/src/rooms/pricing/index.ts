/**
 * Pricing: what a basket costs, and why. Owns price_rule.
 *
 * Promises whole fen, lines that add up to the total, discounts that are spread over lines once and for ever, a reason for every rule that acted or
 * did not, and one engine for cart, quote and order, so that a shopper pays what was shown. A rule is never edited: it is ended and replaced.
 * Behind the door a pure kernel (docs/adr/0009) that prices with campaign and member prices, rules, coupons, points, freight and points earned.
 * That a coupon is somebody's and that they have so many points, the rooms that own them vouch for; what is then set aside, the order desk decides.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { ActivityPrice, Campaigns } from '#room/campaigns'
import type { Catalog } from '#room/catalog'
import type { Coupons, HeldCoupon } from '#room/coupons'
import type { Ledgers } from '#room/ledgers'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Tiers } from '#room/tiers'
import { allCoupons, type Benefits, type BenefitWish, benefitsOf } from './benefits.ts'
import { mountConsole } from './console-routes.ts'
import { price, type Priced, type Quote, type Wish } from './pricing.ts'
import { bestFor } from './quoting.ts'
import { createRulebook } from './rulebook.ts'
import { mountPricing } from './routes.ts'
import {
  earnedAtTill,
  priceTill,
  type TillBasket,
  tillBasketOf,
  type TillPriced,
  worthAtTill,
} from './till.ts'

export type { Benefits, BenefitWish } from './benefits.ts'
export { apportion } from './apportion.ts'
export { openBundle } from './bundle.ts'
export type { Priced, Quote, Wish } from './pricing.ts'
export { isAffordable } from './quote.ts'
export { POINTS } from './points.ts'
export type { TillBasket, TillPriced, TillShare } from './till.ts'

export interface Pricing {
  /** What a member wishes to use, if it is theirs; refuses with `coupons.unusable`. */
  benefitsOf(memberId: string, wish: BenefitWish): Promise<Benefits>
  /** Prices a wish or refuses it by name: unknown or repeated SKUs, delivery, sums beyond any order. */
  price(wish: Wish, benefits?: Benefits, activity?: ActivityPrice): Priced
  /** What a wish costs with the best of a member's coupons, as the checkout will ask; refuses as `price` does. */
  bestFor(memberId: string, wish: Wish): Promise<Quote>
  /** What a member's coupons (all of them, or those wished for) and points take off what a till rang up. */
  priceTill(till: TillBasket, memberId: string, wish: BenefitWish & { best?: boolean }): Promise<TillPriced>
  /** The most that each of these coupons, alone, takes off what a till rang up. */
  worthAtTill(till: TillBasket, held: readonly HeldCoupon[]): Promise<number[]>
  /** Points that a receipt earns, by line, from what was paid for each line. */
  earnedAtTill(till: TillBasket, paidFen: readonly number[], memberId: string | null): Promise<number[]>
  routes(http: Http): void
}

export async function createPricing(
  ctx: Ctx,
  deps: {
    stores: Stores
    staff: Staff
    catalog: Catalog
    coupons: Coupons
    ledgers: Ledgers
    tiers: Pick<Tiers, 'tierOf'>
    campaigns: Pick<Campaigns, 'admit'>
  },
): Promise<Pricing> {
  const rules = await createRulebook(ctx, deps)
  const sources = { clock: ctx.clock, rules, ...deps }
  return {
    benefitsOf: (memberId, wish) => benefitsOf(sources, memberId, wish),
    price: (wish, benefits, activity) => price(sources, wish, benefits, activity),
    bestFor: (memberId, wish) => bestFor(sources, memberId, wish),
    async priceTill(till, memberId, { best = false, ...wish }) {
      const benefits = await benefitsOf(sources, memberId, wish)
      const basket = tillBasketOf(sources, till, benefits)
      return priceTill(best ? { ...basket, ...(await allCoupons(sources, memberId, basket)) } : basket)
    },
    worthAtTill: (till, held) =>
      Promise.all(
        held.map(async (each) => worthAtTill(sources, till, each, await deps.tiers.tierOf(each.memberId))),
      ),
    earnedAtTill: async (till, paidFen, memberId) =>
      earnedAtTill(sources, till, paidFen, memberId === null ? null : await deps.tiers.tierOf(memberId)),
    routes(http) {
      mountPricing(http, sources)
      mountConsole(http, sources, rules)
    },
  }
}
