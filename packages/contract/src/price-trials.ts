import { Type } from 'typebox'
import { CouponTemplateInput } from './coupons.ts'
import { Maybe, StoreId, Strict } from './parts.ts'
import { OrderLines, PriceRuleInput, Quote } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const priceTrialRoutes = defineRoutes({
  'POST /console/v1/price-trials': {
    summary:
      'What a basket would cost, and why; with a rule or a coupon that does not exist yet, as if it were live and the shopper held it. Changes nothing',
    access: 'console',
    permission: 'goods.read',
    body: Strict({
      storeId: StoreId,
      lines: OrderLines,
      rule: Maybe(PriceRuleInput),
      coupon: Type.Optional(Maybe(CouponTemplateInput)),
    }),
    ok: Quote,
    errors: [
      'pricing.rule_unsound',
      'pricing.line_repeated',
      'pricing.amount_too_large',
      'coupons.template_unsound',
      'stores.missing',
      'catalog.sku_missing',
      'catalog.category_missing',
      'staff.out_of_scope',
    ],
  },
})
