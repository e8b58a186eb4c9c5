import { Type } from 'typebox'
import {
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  Picture,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** Every change of stock has one of these reasons. */
export const STOCK_REASONS = [
  'OPENING',
  'RESERVE',
  'RELEASE',
  'SHIP',
  'POS_SALE',
  'RECEIVE',
  'WASTE',
  'ADJUST',
  'TRANSFER',
  'RETURN',
  'SYNC',
  'LOCK',
  'UNLOCK',
] as const

export const StockLevel = Type.Object({
  storeId: StoreId,
  skuId: Uuid,
  productId: Uuid,
  name: Type.String(),
  barcode: Type.String(),
  unit: Type.String(),
  picture: Maybe(Picture),
  shelf: Maybe(Type.String()),
  onHand: Type.Integer(),
  reserved: Type.Integer(),
  safety: Type.Integer(),
  locked: Type.Integer({ description: 'set aside for activities' }),
  expired: Type.Integer({ description: 'presumed past their date: on hand, not for sale' }),
  buffer: Type.Integer({ description: 'kept back while the counts of the store are too old' }),
  available: Type.Integer({
    description: 'onHand − reserved − safety − locked − expired − buffer, never shown below 0',
  }),
  coverDays: Maybe(Type.Integer({ description: 'safety follows this many days of sales' })),
  updatedAt: Instant,
})
/** Which part of a level an entry moves; a hand-over moves both. */
export const STOCK_ACCOUNTS = ['on_hand', 'reserved', 'locked'] as const
export const StockEntry = Type.Object({
  id: Type.String(),
  at: Instant,
  reason: OneOf(STOCK_REASONS),
  onHandDelta: Type.Integer(),
  reservedDelta: Type.Integer(),
  /** Of what is kept for campaigns. */
  lockedDelta: Type.Integer(),
  onHandAfter: Type.Integer(),
  reservedAfter: Type.Integer(),
  reference: Maybe(Type.String()),
  note: Maybe(Type.String()),
  by: Type.String(),
})

export const consoleStockRoutes = defineRoutes({
  'GET /console/v1/stock-levels': {
    summary: 'Stock per store and SKU',
    access: 'console',
    permission: 'stock.read',
    query: Strict({
      storeId: Type.Optional(StoreId),
      q: Type.Optional(Text(40)),
      categoryId: Type.Optional(Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9_-]+$' })),
      only: Type.Optional(OneOf(['sold_out', 'low', 'reserved', 'short'] as const)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(StockLevel).properties,
      soldOut: Type.Integer(),
      low: Type.Integer(),
      short: Type.Integer({ description: 'ordered by shoppers, and not enough fit for sale to hand over' }),
      asOf: Instant,
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/stores/:storeId/stock-levels/:skuId/entries': {
    summary: 'The stock ledger of one SKU in one store, newest first',
    access: 'console',
    permission: 'stock.read',
    params: Strict({ storeId: StoreId, skuId: Uuid }),
    query: Strict({ account: Type.Optional(OneOf(STOCK_ACCOUNTS)), page: PageNo, limit: Limit }),
    ok: TablePage(StockEntry),
    errors: ['staff.out_of_scope', 'inventory.level_missing'],
  },
  'POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments': {
    summary: 'Correct the count on hand, with a reason that stays in the ledger',
    access: 'console',
    permission: 'stock.adjust',
    params: Strict({ storeId: StoreId, skuId: Uuid }),
    body: Strict({
      idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
      delta: Type.Integer({ minimum: -100_000, maximum: 100_000 }),
      reason: OneOf(['ADJUST', 'RECEIVE', 'RETURN'] as const),
      note: Line(120),
    }),
    ok: StockLevel,
    errors: [
      'staff.out_of_scope',
      'inventory.level_missing',
      'inventory.below_reserved',
      'inventory.nothing_to_change',
      'inventory.key_reused',
    ],
  },
  'PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety': {
    summary: 'Set the safety stock: fixed, or as many as some days sell',
    access: 'console',
    permission: 'stock.adjust',
    params: Strict({ storeId: StoreId, skuId: Uuid }),
    body: Strict({
      safety: Type.Integer({ minimum: 0, maximum: 100_000, description: 'pieces; with coverDays the least' }),
      coverDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
      reason: Line(120),
    }),
    ok: StockLevel,
    errors: ['staff.out_of_scope', 'inventory.level_missing'],
  },
})
