import type { Output } from '@linli/contract'
import type { couponOptionRoutes } from '@linli/contract/coupon-options'
import type { pricingRoutes, QuoteInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import type { ActivityPrice, Campaigns } from '#room/campaigns'
import type { Ledgers } from '#room/ledgers'
import {
  allCoupons,
  type Benefits,
  benefitsOf,
  type BenefitSources,
  couponsBeside,
  NOTHING,
  pointsTerm,
} from './benefits.ts'
import {
  basketOf,
  price,
  type PriceSources,
  type Quote,
  quoteOf,
  type Wish as BasketWish,
} from './pricing.ts'
import { POINTS } from './points.ts'
import { quote } from './quote.ts'
import { wordsOf } from './words.ts'

type Wish = Static<typeof QuoteInput>
type CouponOptions = Output<(typeof couponOptionRoutes)['POST /v1/coupon-options']>
type Quoted = Output<(typeof pricingRoutes)['POST /v1/quotes']>
export interface QuoteSources extends PriceSources, BenefitSources {
  ledgers: PriceSources['ledgers'] & BenefitSources['ledgers'] & Pick<Ledgers, 'valueOpen' | 'spendableValue'>
  campaigns: Pick<Campaigns, 'admit'>
}

/** A quote for a member: with the coupons and points they wish to use, and what all their points could pay. */
export async function quoteFor(from: QuoteSources, memberId: string, wish: Wish): Promise<Quoted> {
  const terms = from.ledgers.pointsTerms()
  const { useStoredValue = 0 } = wish
  const tier = await from.tiers.tierOf(memberId)
  const claim = wish.campaign
  const admitted = claim && (await from.campaigns.admit(memberId, { ...wish, claim }))
  const activity = admitted?.price
  // Goods that are yet to come are not paid out of it.
  const storedOpen = from.ledgers.valueOpen() && !admitted?.claim.presale
  const [held, balance, availableFen] = await Promise.all([
    wish.bestCoupons === true
      ? allCoupons(from, memberId, basketOf(from, wish, { ...NOTHING, tier }, activity).basket)
      : benefitsOf(from, memberId, { couponIds: wish.couponIds }),
    terms ? from.ledgers.usablePoints(memberId) : 0,
    storedOpen ? from.ledgers.spendableValue(memberId) : null,
  ])
  const benefits: Benefits = { ...held, points: { use: wish.usePoints ?? 0, balance }, tier }
  const priced = price(from, wish, benefits, activity)
  const { totalFen } = priced.quote
  const usedFen = Math.min(useStoredValue, availableFen ?? 0, totalFen)
  return {
    ...priced.quote,
    explanation: priced.explain(),
    points: terms && payable(from, wish, benefits, activity),
    storedValue: availableFen === null ? null : { availableFen, usedFen },
    dueFen: totalFen - usedFen,
  }
}

/** What a basket costs with the best of a member's coupons: what the checkout asks for first. */
export async function bestFor(from: QuoteSources, memberId: string, wish: BasketWish): Promise<Quote> {
  const { basket } = basketOf(from, wish, { ...NOTHING, tier: await from.tiers.tierOf(memberId) })
  return quoteOf({ ...basket, ...(await allCoupons(from, memberId, basket)) })
}

/** What points could pay of this very order if all were used. */
function payable(
  from: QuoteSources,
  wish: Wish,
  benefits: Benefits,
  activity: ActivityPrice | undefined,
): NonNullable<Quoted['points']> {
  const { balance } = benefits.points
  const { basket } = basketOf(from, wish, benefits, activity)
  const all = quote({
    ...basket,
    points: pointsTerm(from.ledgers.pointsTerms(), { use: balance, balance }),
  })
  const outcome = all.outcomes.find(({ rule }) => rule === POINTS)
  const why = outcome && outcome.why !== 'applied' ? wordsOf(outcome) : ''
  return { balance, usable: all.pointsUsed, offFen: outcome?.offFen ?? 0, why }
}

/** A member's coupons beside a basket, each as if it were the only one. */
export async function couponOptions(
  from: QuoteSources,
  memberId: string,
  wish: BasketWish,
): Promise<CouponOptions> {
  const { basket } = basketOf(from, wish, { ...NOTHING, tier: await from.tiers.tierOf(memberId) })
  const beside = await couponsBeside(from, memberId, basket)
  return {
    items: beside.map(({ coupon, tried }) => ({
      ...from.coupons.shown(coupon),
      acts: tried.why === 'applied',
      offFen: tried.offFen,
      words: wordsOf(tried),
    })),
  }
}
