import { Type } from 'typebox'
import { Cursor, Fen, Instant, Limit, OneOf, Page, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

export const tillShopperRoutes = defineRoutes({
  'GET /v1/coupons/:couponId/till-code': {
    summary: 'What to show at a till in place of this coupon; good for five minutes',
    access: 'member',
    params: Strict({ couponId: Uuid }),
    ok: Type.Object({ code: Type.String(), label: Type.String(), validUntil: Instant }),
    errors: ['coupons.unusable'],
  },
  'GET /v1/till-receipts': {
    summary: 'What I bought at tills, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(
      Type.Object({
        id: Uuid,
        kind: OneOf(['sale', 'return'] as const),
        storeId: StoreId,
        posTxnId: Type.String(),
        soldAt: Instant,
        paidFen: Fen,
        earnedPoints: Type.Integer(),
        lines: Type.Array(
          Type.Object({
            name: Type.String(),
            quantity: Type.Integer(),
            payFen: Fen,
            returnedQuantity: Type.Integer(),
          }),
        ),
      }),
    ),
    errors: ['tills.cursor_invalid'],
  },
})
