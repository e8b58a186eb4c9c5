import type { Output } from '@linli/contract'
import type { pricingRoutes, QuoteInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import { allCoupons, type Benefits, benefitsOf, type BenefitSources, pointsTerm } from './benefits.ts'
import { basketOf, price, type PriceSources } from './pricing.ts'
import { quote } from './quote.ts'

type Wish = Static<typeof QuoteInput>
type Quoted = Output<(typeof pricingRoutes)['POST /v1/quotes']>
export interface QuoteSources extends PriceSources, BenefitSources {
  ledgers: PriceSources['ledgers'] & BenefitSources['ledgers']
}

/** A quote for a member: with the coupons and points they wish to use, and what all their points could pay. */
export async function quoteFor(from: QuoteSources, memberId: string, wish: Wish): Promise<Quoted> {
  const terms = from.ledgers.pointsTerms()
  const [held, balance] = await Promise.all([
    wish.bestCoupons === true
      ? allCoupons(from, memberId, basketOf(from, wish).basket)
      : benefitsOf(from, memberId, { couponIds: wish.couponIds }).then(({ coupons }) => coupons),
    terms ? from.ledgers.usablePoints(memberId) : 0,
  ])
  const benefits: Benefits = { coupons: held, points: { use: wish.usePoints ?? 0, balance } }
  const priced = price(from, wish, benefits)
  return { ...priced.quote, explanation: priced.explain(), points: terms && payable(from, wish, benefits) }
}

/** What points could pay of this very order if all were used. */
function payable(from: QuoteSources, wish: Wish, benefits: Benefits): NonNullable<Quoted['points']> {
  const { balance } = benefits.points
  const { basket } = basketOf(from, wish, benefits)
  const all = quote({
    ...basket,
    points: pointsTerm(from.ledgers.pointsTerms(), { use: balance, balance }),
  })
  const points = all.discounts.find(({ rule }) => rule === 'points')
  return { balance, usable: all.pointsUsed, offFen: points?.offFen ?? 0 }
}
