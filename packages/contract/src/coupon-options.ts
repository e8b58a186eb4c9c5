import { Type } from 'typebox'
import { Coupon } from './coupons.ts'
import { Fen, StoreId, Strict } from './parts.ts'
import { Fulfilment, OrderLines, PRICING_ERRORS } from './pricing.ts'
import { defineRoutes } from './route.ts'

export const couponOptionRoutes = defineRoutes({
  'POST /v1/coupon-options': {
    summary:
      'My coupons beside a basket: what each would take off alone, or why it would not act. Those that act first, most off first',
    access: 'member',
    body: Strict({ storeId: StoreId, fulfilment: Fulfilment, lines: OrderLines }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          ...Coupon.properties,
          acts: Type.Boolean(),
          /** 0 for a coupon that multiplies points. */
          offFen: Fen,
          words: Type.String({
            description: 'what it does or why it does not, in one short Chinese sentence',
          }),
        }),
      ),
    }),
    errors: PRICING_ERRORS.filter((code) => code !== 'coupons.unusable' && code !== 'points.unusable'),
  },
})
