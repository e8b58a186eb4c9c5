import { Type } from 'typebox'
import { Instant, Maybe, Nothing, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const ByStoreSku = Strict({ storeId: StoreId, skuId: Uuid })

export const restockRoutes = defineRoutes({
  'GET /v1/restock-notices': {
    summary: 'What I wait for, and what has returned (50 at most)',
    access: 'member',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          storeId: StoreId,
          skuId: Uuid,
          productId: Uuid,
          name: Type.String(),
          askedAt: Instant,
          dueAt: Maybe(Instant),
          available: Type.Integer({ description: 'now; may be gone again' }),
        }),
      ),
    }),
    errors: [],
  },
  'PUT /v1/stores/:storeId/restock-notices/:skuId': {
    summary: 'Tell me once when this is back in this store; asking twice is asking once',
    access: 'member',
    params: ByStoreSku,
    status: 204,
    ok: Nothing,
    errors: ['inventory.level_missing', 'inventory.in_stock', 'inventory.notices_full'],
  },
  'DELETE /v1/stores/:storeId/restock-notices/:skuId': {
    summary: 'No longer wait for it',
    access: 'member',
    params: ByStoreSku,
    status: 204,
    ok: Nothing,
    errors: [],
  },
})
