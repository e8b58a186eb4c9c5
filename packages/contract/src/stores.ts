import { Type } from 'typebox'
import { ByStore, Instant, Line, Maybe, OneOf, StoreId, Strict, Text } from './parts.ts'
import { defineRoutes } from './route.ts'

/** Features a chain may switch on store by store (the two-store pilot). One joins the list when it exists, not before. */
export const FEATURES = ['pickup', 'pickup_slots', 'profit_sharing'] as const
export const Feature = OneOf(FEATURES)
/** How a store does business with others is nothing for its shoppers. */
export const SHOPPER_FEATURES = ['pickup', 'pickup_slots'] as const

/**
 * Whether a store takes orders, and if not, why: `paused` by its manager, `no_pickup` because pickup is switched off. Hours do not matter: while the
 * shop is shut it takes orders for later.
 */
export const ORDERING = ['open', 'paused', 'no_pickup'] as const
export const Ordering = OneOf(ORDERING)

const TimeOfDay = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'HH:MM in Asia/Shanghai',
})

/** One shelf zone: the same letter and colour on the aisle sign, the shelf chip and the floor plan. */
export const Zone = Type.Object({
  code: Type.String(),
  name: Type.String(),
  tint: Type.String(),
  ink: Type.String(),
})

const Box = { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() }
/** Drawn in one view box of 343 × 214; shelves carry their zone and aisle number. */
export const FloorPlan = Type.Object({
  width: Type.Number(),
  height: Type.Number(),
  shelves: Type.Array(Type.Object({ zone: Type.String(), aisle: Type.Integer(), ...Box })),
  marks: Type.Array(
    Type.Object({ kind: OneOf(['till', 'service', 'door'] as const), label: Type.String(), ...Box }),
  ),
})

export const Store = Type.Object({
  id: StoreId,
  name: Type.String(),
  district: Type.String(),
  town: Type.String(),
  address: Type.String(),
  phone: Maybe(Type.String()),
  lng: Type.Number(),
  lat: Type.Number(),
  opensAt: TimeOfDay,
  closesAt: TimeOfDay,
  openNow: Type.Boolean(),
  ordering: Ordering,
  distanceM: Maybe(Type.Integer({ description: 'metres from the position given, straight line' })),
  features: Type.Array(Feature),
})
export const StoreDetail = Type.Object({
  ...Store.properties,
  zones: Type.Array(Zone),
  floorPlan: FloorPlan,
  licences: Type.Array(Type.Object({ name: Type.String(), number: Type.String() })),
  pickupHint: Maybe(Type.String()),
})

export const storeRoutes = defineRoutes({
  'GET /v1/setup': {
    summary: 'What a client must know before its first screen',
    access: 'public',
    ok: Type.Object({
      chainName: Type.String(),
      now: Instant,
      sandbox: Maybe(Type.Object({ origin: Type.String() })),
      appId: Type.String(),
      icp: Maybe(Type.String()),
    }),
    errors: [],
  },
  'GET /v1/stores': {
    summary: 'Stores, nearest first when a position is given',
    access: 'public',
    query: Strict({
      lng: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
      lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
    }),
    ok: Type.Object({ items: Type.Array(Store) }),
    errors: [],
  },
  'GET /v1/stores/:storeId': {
    summary: 'One store with its floor plan and licences',
    access: 'public',
    params: ByStore,
    ok: StoreDetail,
    errors: ['stores.missing'],
  },
})

export const ConsoleStore = Type.Object({
  ...StoreDetail.properties,
  slotMinutes: Type.Integer(),
  slotCapacity: Type.Integer(),
  open: Type.Boolean({ description: 'false: closed for now, takes no orders' }),
})
export const StoreChange = Strict({
  name: Type.Optional(Line(40)),
  phone: Type.Optional(Maybe(Type.String({ pattern: '^[0-9 +-]{5,20}$' }))),
  address: Type.Optional(Line(120)),
  opensAt: Type.Optional(TimeOfDay),
  closesAt: Type.Optional(TimeOfDay),
  open: Type.Optional(Type.Boolean()),
  slotMinutes: Type.Optional(Type.Integer({ minimum: 15, maximum: 240 })),
  slotCapacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  pickupHint: Type.Optional(Maybe(Text(120))),
})
export const consoleStoreRoutes = defineRoutes({
  'GET /console/v1/stores': {
    summary: 'Stores within my scope',
    access: 'console',
    ok: Type.Object({ items: Type.Array(ConsoleStore) }),
    errors: [],
  },
  'PUT /console/v1/stores/:storeId': {
    summary: 'Change a store; absent fields stay',
    access: 'console',
    permission: 'stores.write',
    params: ByStore,
    body: StoreChange,
    ok: ConsoleStore,
    errors: ['stores.missing', 'stores.hours_invalid', 'staff.out_of_scope'],
  },
  'PUT /console/v1/stores/:storeId/features/:feature': {
    summary: 'Switch a feature on or off in one store',
    access: 'console',
    permission: 'stores.write',
    params: Strict({ storeId: StoreId, feature: Feature }),
    body: Strict({ on: Type.Boolean() }),
    ok: ConsoleStore,
    errors: ['stores.missing', 'staff.out_of_scope'],
  },
})
