import { Type } from 'typebox'
import { ByCampaign } from './campaigns.ts'
import { Day, Fen, Instant, Maybe, OneOf, Picture, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** RUNNING has a place in its store, and an order every week; PAUSED has neither; ENDED is over for good. */
export const BOX_STATES = ['RUNNING', 'PAUSED', 'ENDED'] as const
/** Who paused it: its member, or two orders in a row that nobody paid. */
export const BOX_PAUSES = ['member', 'lapsed'] as const
/**
 * PLANNED: its order is yet to be placed. SKIPPED: not this week, the member says so. DUE: the order is being placed. ORDERED: it waits for money. PAID: it
 * is an order like any other. LAPSED: nobody paid in time. SHORT: no order could be placed.
 */
export const BOX_WEEK_STATES = ['PLANNED', 'SKIPPED', 'DUE', 'ORDERED', 'PAID', 'LAPSED', 'SHORT'] as const

export const BoxState = OneOf(BOX_STATES)
const Quantity = Type.Integer({ minimum: 1, maximum: 20, description: 'boxes every week' })

const Goods = Type.Object({
  skuId: Uuid,
  productId: Uuid,
  name: Type.String(),
  unit: Type.String(),
  picture: Maybe(Picture),
  priceFen: Fen,
  /** What is in one of them; empty where it is no bundle. */
  contents: Type.Array(
    Type.Object({ skuId: Uuid, name: Type.String(), unit: Type.String(), quantity: Type.Integer() }),
  ),
})
/** Where it can be collected. */
const Stores = Type.Array(Type.Object({ id: StoreId, name: Type.String() }))
const times = {
  /** The day that it is collected on; what a week is called. */
  week: Day,
  ordersAt: Instant,
  payUntil: Instant,
}
export const BoxWeek = Type.Object({
  ...times,
  state: OneOf(BOX_WEEK_STATES),
  storeId: StoreId,
  quantity: Type.Integer(),
  orderId: Maybe(Uuid),
})
export const Box = Type.Object({
  id: Uuid,
  campaignId: Uuid,
  /** What the campaign is called. */
  name: Type.String(),
  storeId: StoreId,
  storeName: Type.String(),
  state: BoxState,
  pausedBy: Maybe(OneOf(BOX_PAUSES)),
  quantity: Type.Integer(),
  most: Type.Integer({ description: 'boxes that one member may have every week' }),
  /** Orders in a row that nobody paid; the second one pauses it. */
  lapses: Type.Integer(),
  startedAt: Instant,
  stores: Stores,
  /** Null: the store does not sell it any more. */
  goods: Maybe(Goods),
  /** Those that were, and those that are to come, by day. */
  weeks: Type.Array(BoxWeek),
  /** When the server said this: what a screen counts from. */
  now: Instant,
})

export const ByBox = Strict({ boxId: Uuid })
const ByBoxWeek = Strict({ boxId: Uuid, week: Day })
const RUNS = [
  'campaigns.missing',
  'campaigns.not_now',
  'campaigns.paused',
  'campaigns.not_for_you',
  'boxes.no_box',
] as const
const MINE = ['boxes.missing', 'boxes.ended'] as const
const SKIPS = [...MINE, 'boxes.week_unknown', 'boxes.week_placed'] as const
const PLACES = ['boxes.full', 'boxes.too_many'] as const

export const boxRoutes = defineRoutes({
  'GET /v1/campaigns/:campaignId/box-offer': {
    summary: 'What a store offers every week, when it is ordered and paid, and how many places are left',
    access: 'public',
    params: ByCampaign,
    query: Strict({ storeId: StoreId }),
    ok: Type.Object({
      campaignId: Uuid,
      name: Type.String(),
      storeId: StoreId,
      goods: Maybe(Goods),
      most: Type.Integer({ description: 'boxes that one member may have every week' }),
      placesLeft: Type.Integer(),
      /** Weeks whose orders are yet to be placed. */
      weeks: Type.Array(Type.Object(times)),
      rules: Type.Array(Type.Object({ title: Type.String(), words: Type.String() })),
      now: Instant,
    }),
    errors: ['campaigns.missing', 'stores.missing', 'boxes.no_box'],
  },
  'POST /v1/boxes': {
    summary: 'Subscribe; the box I have in this campaign again. Nothing is paid until an order of a week is',
    access: 'member',
    body: Strict({ campaignId: Uuid, storeId: StoreId, quantity: Quantity }),
    ok: Box,
    errors: [...RUNS, ...PLACES],
  },
  'GET /v1/boxes': {
    summary: 'My boxes, newest first, 50 at most',
    access: 'member',
    ok: Type.Object({ items: Type.Array(Box) }),
    errors: [],
  },
  'GET /v1/boxes/:boxId': {
    summary: 'One of my boxes',
    access: 'member',
    params: ByBox,
    ok: Box,
    errors: ['boxes.missing'],
  },
  'PUT /v1/boxes/:boxId/skips/:week': {
    summary: 'Not this week; until its order is placed. Safe to repeat',
    access: 'member',
    params: ByBoxWeek,
    ok: Box,
    errors: SKIPS,
  },
  'DELETE /v1/boxes/:boxId/skips/:week': {
    summary: 'This week after all; until its orders are due to be paid. Safe to repeat',
    access: 'member',
    params: ByBoxWeek,
    ok: Box,
    errors: SKIPS,
  },
  'POST /v1/boxes/:boxId/pause': {
    summary: 'No orders for now; the place goes to somebody else. What was ordered stays ordered',
    access: 'member',
    params: ByBox,
    ok: Box,
    errors: MINE,
  },
  'POST /v1/boxes/:boxId/resume': {
    summary: 'Orders again, from the next week on, if a place is left',
    access: 'member',
    params: ByBox,
    ok: Box,
    errors: [...MINE, ...RUNS, ...PLACES],
  },
  'PUT /v1/boxes/:boxId/store': {
    summary: 'Collect it in another store from now on; what was ordered stays where it is',
    access: 'member',
    params: ByBox,
    body: Strict({ storeId: StoreId }),
    ok: Box,
    errors: [...MINE, ...RUNS, ...PLACES],
  },
  'PUT /v1/boxes/:boxId/quantity': {
    summary: 'So many every week from now on',
    access: 'member',
    params: ByBox,
    body: Strict({ quantity: Quantity }),
    ok: Box,
    errors: [...MINE, ...PLACES],
  },
  'POST /v1/boxes/:boxId/end': {
    summary: 'No more orders, for good. Safe to repeat',
    access: 'member',
    params: ByBox,
    ok: Box,
    errors: ['boxes.missing'],
  },
})
