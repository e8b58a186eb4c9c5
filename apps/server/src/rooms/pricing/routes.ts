import { couponOptionRoutes } from '@linli/contract/coupon-options'
import { pricingRoutes } from '@linli/contract/pricing'
import { type Http, mount } from '#kernel/http'
import { couponOptions, quoteFor, type QuoteSources } from './quoting.ts'

export function mountPricing(http: Http, sources: QuoteSources): void {
  mount(http, pricingRoutes, {
    'POST /v1/quotes': ({ actor, body }) => quoteFor(sources, actor.memberId, body),
  })
  mount(http, couponOptionRoutes, {
    'POST /v1/coupon-options': ({ actor, body }) => couponOptions(sources, actor.memberId, body),
  })
}
