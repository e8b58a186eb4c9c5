import { pricingRoutes } from '@linli/contract/pricing'
import { type Http, mount } from '#kernel/http'
import { quoteFor, type QuoteSources } from './quoting.ts'

export function mountPricing(http: Http, sources: QuoteSources): void {
  mount(http, pricingRoutes, {
    'POST /v1/quotes': ({ actor, body }) => quoteFor(sources, actor.memberId, body),
  })
}
