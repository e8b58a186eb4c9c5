import { pricingRoutes } from '@linli/contract/pricing'
import { type Http, mount } from '#kernel/http'
import type { Pricing } from './index.ts'

export function mountPricing(http: Http, pricing: Pricing): void {
  mount(http, pricingRoutes, {
    'POST /v1/quotes': ({ body }) => {
      const { quote, explain } = pricing.price(body)
      return { ...quote, explanation: explain() }
    },
  })
}
