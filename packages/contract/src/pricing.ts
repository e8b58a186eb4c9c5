import { Type } from 'typebox'
import { Fen, OneOf, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

export const OrderLineInput = Strict({ skuId: Uuid, quantity: Type.Integer({ minimum: 1, maximum: 999 }) })
export const Fulfilment = Strict({
  kind: OneOf(['pickup', 'delivery'] as const),
  /** Start of a pickup slot; absent: any time the store is open, where the store has no slots. */
  slotStart: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,3})?)?(Z|[+-]\\d\\d:\\d\\d)$',
    }),
  ),
  addressId: Type.Optional(Uuid),
})
export const OrderLines = Type.Array(OrderLineInput, { minItems: 1, maxItems: 100 })

export const Discount = Type.Object({ rule: Type.String(), label: Type.String(), offFen: Fen })
export const Quote = Type.Object({
  storeId: StoreId,
  lines: Type.Array(
    Type.Object({
      skuId: Uuid,
      name: Type.String(),
      quantity: Type.Integer(),
      unitFen: Fen,
      amountFen: Fen,
      discounts: Type.Array(Discount),
      payFen: Fen,
    }),
  ),
  goodsFen: Fen,
  discountFen: Fen,
  freightFen: Fen,
  totalFen: Fen,
  discounts: Type.Array(Discount),
})

export const QuoteInput = Strict({
  storeId: StoreId,
  fulfilment: Fulfilment,
  lines: OrderLines,
  couponIds: Type.Optional(Type.Array(Uuid, { maxItems: 10, uniqueItems: true })),
  usePoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
})

export const PRICING_ERRORS = [
  'stores.missing',
  'catalog.sku_missing',
  'pricing.line_repeated',
  'pricing.amount_too_large',
  'coupons.unusable',
  'points.unusable',
  'fulfilment.delivery_unavailable',
] as const

export const pricingRoutes = defineRoutes({
  'POST /v1/quotes': {
    summary: 'What a basket costs, and why',
    access: 'member',
    body: QuoteInput,
    ok: Quote,
    errors: PRICING_ERRORS,
  },
})
