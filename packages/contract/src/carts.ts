import { Type } from 'typebox'
import { ProductCard } from './catalog.ts'
import { Quote } from './pricing.ts'
import { BySku, Maybe, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

export const CartLine = Type.Object({
  skuId: Uuid,
  quantity: Type.Integer(),
  selected: Type.Boolean(),
  product: ProductCard,
  /** Why this line cannot be bought now; null when it can. */
  trouble: Maybe(
    Type.Unsafe<'off_shelf' | 'sold_out' | 'short'>({
      type: 'string',
      enum: ['off_shelf', 'sold_out', 'short'],
    }),
  ),
})
export const Cart = Type.Object({
  storeId: StoreId,
  lines: Type.Array(CartLine),
  /** Price of the selected lines that can be bought, with the best of my coupons as checkout begins with; null when there are none. */
  quote: Maybe(Quote),
  count: Type.Integer({ description: 'pieces in this cart' }),
})

export const cartRoutes = defineRoutes({
  'GET /v1/cart': {
    summary: 'My cart in a store, priced',
    access: 'member',
    query: Strict({ storeId: StoreId }),
    ok: Cart,
    errors: ['stores.missing'],
  },
  'PUT /v1/cart/lines/:skuId': {
    summary: 'Set the quantity of a line; 0 removes it',
    access: 'member',
    params: BySku,
    body: Strict({
      storeId: StoreId,
      quantity: Type.Integer({ minimum: 0, maximum: 999 }),
      selected: Type.Optional(Type.Boolean()),
    }),
    ok: Cart,
    errors: ['stores.missing', 'catalog.sku_missing', 'carts.full'],
  },
  'POST /v1/cart/clearance': {
    summary: 'Remove lines from my cart in a store',
    access: 'member',
    body: Strict({
      storeId: StoreId,
      skuIds: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }),
    }),
    ok: Cart,
    errors: ['stores.missing'],
  },
})
