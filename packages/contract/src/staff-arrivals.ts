import { Type } from 'typebox'
import { ARRIVAL_ERRORS, ArrivalKey, Pieces, PresaleRow, Served } from './console-presales.ts'
import { ByStore, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** 到货 on the telephone of whoever unpacks the lorry. */
export const staffArrivalRoutes = defineRoutes({
  'GET /staff/v1/stores/:storeId/awaited-goods': {
    summary:
      'Goods of presales and of weekly boxes that orders of my store wait for, by the day they are promised for',
    access: 'staff',
    permission: 'arrivals.write',
    params: ByStore,
    ok: Type.Object({ items: Type.Array(PresaleRow) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /staff/v1/stores/:storeId/arrivals': {
    summary:
      'Such goods are in my store: so many pieces at most are set aside for those who wait, first paid first. Safe to repeat with the same key',
    access: 'staff',
    permission: 'arrivals.write',
    params: ByStore,
    body: Strict({ campaignId: Uuid, skuId: Uuid, pieces: Pieces, idempotencyKey: ArrivalKey }),
    ok: Served,
    errors: ARRIVAL_ERRORS,
  },
})
