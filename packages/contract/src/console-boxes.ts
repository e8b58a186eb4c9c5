import { Type } from 'typebox'
import { BOX_PAUSES, BoxState } from './boxes.ts'
import { ByCampaign } from './campaigns.ts'
import { OrderState } from './orders.ts'
import { Day, Instant, Limit, Maybe, OneOf, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const person = { customer: Type.String({ description: 'masked' }), phoneTail: Maybe(Type.String()) }
const ERRORS = ['campaigns.missing', 'staff.out_of_scope', 'boxes.no_box'] as const
const Boxes = Type.Integer({ description: 'boxes' })

/** Boxes of one week in one store, by what became of them. */
export const BoxWeekSums = Type.Object({
  week: Day,
  storeId: StoreId,
  ordersAt: Instant,
  payUntil: Instant,
  planned: Boxes,
  skipped: Boxes,
  /** Placed or about to be, and not paid yet. */
  ordered: Boxes,
  paid: Boxes,
  lapsed: Boxes,
  short: Boxes,
})
export const PackedBox = Type.Object({
  orderId: Uuid,
  no: Type.String(),
  state: OrderState,
  ...person,
  quantity: Boxes,
})

export const consoleBoxRoutes = defineRoutes({
  'GET /console/v1/campaigns/:campaignId/boxes': {
    summary: 'Who subscribed in my stores, newest first',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    query: Strict({ state: Type.Optional(BoxState), page: PageNo, limit: Limit }),
    ok: TablePage(
      Type.Object({
        id: Uuid,
        ...person,
        storeId: StoreId,
        quantity: Boxes,
        state: BoxState,
        pausedBy: Maybe(OneOf(BOX_PAUSES)),
        lapses: Type.Integer(),
        startedAt: Instant,
      }),
    ),
    errors: ERRORS,
  },
  'GET /console/v1/campaigns/:campaignId/box-weeks': {
    summary: 'Every week in each of my stores: how many boxes are planned, ordered, paid',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({ asOf: Instant, items: Type.Array(BoxWeekSums) }),
    errors: ERRORS,
  },
  'GET /console/v1/campaigns/:campaignId/box-packing': {
    summary: 'Boxes to pack for one week in one store, and what is in one of them',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    query: Strict({ week: Day, storeId: StoreId }),
    ok: Type.Object({
      name: Type.String(),
      contents: Type.Array(
        Type.Object({ skuId: Uuid, name: Type.String(), unit: Type.String(), quantity: Type.Integer() }),
      ),
      items: Type.Array(PackedBox),
    }),
    errors: [...ERRORS, 'boxes.week_unknown'],
  },
})
