import { Type } from 'typebox'
import { ByOrder, ByStore, Instant, Maybe, OneOf, Picture, StoreId, Strict, Uuid } from './parts.ts'
import { OrderState } from './orders.ts'
import { defineRoutes } from './route.ts'
import { LineWeight, WEIGH_ERRORS, WeighInput } from './weighing.ts'

export const PickupSlot = Type.Object({
  startsAt: Instant,
  endsAt: Instant,
  capacity: Type.Integer(),
  left: Type.Integer(),
})

export const fulfilmentRoutes = defineRoutes({
  'GET /v1/stores/:storeId/pickup-slots': {
    summary: 'Pickup slots of today and tomorrow that have not begun, full ones too',
    access: 'public',
    params: ByStore,
    ok: Type.Object({
      required: Type.Boolean({
        description: 'true: an order must take one; false: any time the store is open',
      }),
      items: Type.Array(PickupSlot),
    }),
    errors: ['stores.missing'],
  },
  'GET /v1/orders/:orderId/pickup-code': {
    summary: 'Code to show at the counter: digits that stay, a QR that changes every 30 seconds',
    access: 'member',
    params: ByOrder,
    ok: Type.Object({
      digits: Type.String({ description: '10 digits' }),
      qr: Type.String({ description: 'text to draw as a QR code' }),
      validUntil: Instant,
      now: Instant,
    }),
    errors: ['orders.missing', 'fulfilment.no_code'],
  },
})

/** What the clerk sees before and after handing over: no phone number, no full name. */
export const HandoverSheet = Type.Object({
  orderId: Uuid,
  no: Type.String(),
  storeId: StoreId,
  state: OrderState,
  customer: Type.String({ description: 'nickname with its middle hidden' }),
  slotStart: Maybe(Instant),
  placedAt: Instant,
  remark: Type.String(),
  ifShort: Type.String(),
  lines: Type.Array(
    Type.Object({
      lineNo: Type.Integer(),
      name: Type.String(),
      unit: Type.String(),
      /** What is in the bag. */
      quantity: Type.Integer(),
      /** What was refunded before and stays in the store. */
      withdrawnQuantity: Type.Integer(),
      shelf: Maybe(Type.String()),
      picture: Maybe(Picture),
      weight: Maybe(LineWeight),
      /** What to pick for the bundles in the bag; empty for other goods. */
      components: Type.Array(
        Type.Object({
          name: Type.String(),
          unit: Type.String(),
          quantity: Type.Integer(),
          shelf: Maybe(Type.String()),
        }),
      ),
    }),
  ),
})
const CodeInput = Strict({
  storeId: StoreId,
  code: Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x20-\\x7e]+$' }),
})
const HANDOVER_ERRORS = [
  'fulfilment.code_unknown',
  'fulfilment.code_expired',
  'fulfilment.wrong_store',
  'fulfilment.refunding',
  'fulfilment.already_handed',
  'fulfilment.locked',
  'staff.out_of_scope',
] as const

export const staffFulfilmentRoutes = defineRoutes({
  'GET /staff/v1/stores/:storeId/pickups': {
    summary: 'Paid orders waiting at my store, oldest first',
    access: 'staff',
    permission: 'handovers.write',
    params: Strict({ storeId: StoreId }),
    query: Strict({ state: Type.Optional(OneOf(['PAID', 'READY'] as const)) }),
    ok: Type.Object({ items: Type.Array(HandoverSheet) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /staff/v1/orders/:orderId/readiness': {
    summary: 'The bag is packed: tell the shopper',
    access: 'staff',
    permission: 'handovers.write',
    params: ByOrder,
    ok: HandoverSheet,
    errors: [
      'orders.missing',
      'orders.waits_for_group',
      'fulfilment.not_paid',
      'fulfilment.goods_awaited',
      'fulfilment.already_handed',
      'fulfilment.refunding',
      'fulfilment.weight_missing',
      'orders.desk_full',
    ],
  },
  'POST /staff/v1/orders/:orderId/weights': {
    summary: 'What the scales say of weighed lines; may be corrected until the bag is handed over',
    access: 'staff',
    permission: 'handovers.write',
    params: ByOrder,
    body: WeighInput,
    ok: HandoverSheet,
    errors: WEIGH_ERRORS,
  },
  'POST /staff/v1/handover-checks': {
    summary: 'Read a code without handing over: shows the order sheet',
    access: 'staff',
    permission: 'handovers.write',
    body: CodeInput,
    ok: HandoverSheet,
    errors: HANDOVER_ERRORS,
  },
  'POST /staff/v1/handovers': {
    summary: 'Hand the bag over: checks the code and completes the order',
    access: 'staff',
    permission: 'handovers.write',
    body: CodeInput,
    ok: HandoverSheet,
    errors: [...HANDOVER_ERRORS, 'fulfilment.weight_missing', 'orders.desk_full'],
  },
})
