import { Type } from 'typebox'
import { Cursor, Fen, Instant, Limit, OneOf, Page, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const receipt = {
  id: Uuid,
  kind: OneOf(['sale', 'return'] as const),
  /** Who told us of it: a till; or staff of a store whose register does not speak with us, about a coupon. */
  source: OneOf(['till', 'staff'] as const),
  storeId: StoreId,
  posTxnId: Type.String(),
  soldAt: Instant,
  paidFen: Fen,
  earnedPoints: Type.Integer(),
}
const line = { name: Type.String(), quantity: Type.Integer(), payFen: Fen, returnedQuantity: Type.Integer() }

export const tillShopperRoutes = defineRoutes({
  'GET /v1/coupons/:couponId/till-code': {
    summary: 'What to show at a till in place of this coupon; good for five minutes',
    access: 'member',
    params: Strict({ couponId: Uuid }),
    ok: Type.Object({ code: Type.String(), label: Type.String(), validUntil: Instant, now: Instant }),
    errors: ['coupons.unusable'],
  },
  'GET /v1/till-receipts': {
    summary: 'What I bought at tills, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(Type.Object({ ...receipt, lines: Type.Array(Type.Object(line)) })),
    errors: ['tills.cursor_invalid'],
  },
  'GET /v1/till-receipts/:receiptId': {
    summary: 'One of my receipts: its lines, what was taken off, what came back of it',
    access: 'member',
    params: Strict({ receiptId: Uuid }),
    ok: Type.Object({
      ...receipt,
      lines: Type.Array(Type.Object({ ...line, unitFen: Fen })),
      /** Coupons and points, as far as our books know of them. */
      discounts: Type.Array(Type.Object({ label: Type.String(), offFen: Fen, points: Type.Integer() })),
      /** Goods that came back, oldest first. */
      returns: Type.Array(Type.Object({ id: Uuid, soldAt: Instant, paidFen: Fen })),
    }),
    errors: ['tills.receipt_missing'],
  },
})
