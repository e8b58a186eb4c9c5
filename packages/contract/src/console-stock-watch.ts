import { Type } from 'typebox'
import { STOCK_REASONS, StockEntry } from './console-stock.ts'
import { Instant, Limit, Maybe, OneOf, PageNo, StoreId, Strict, TablePage, Text, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const Goods = { skuId: Uuid, name: Type.String(), barcode: Type.String(), unit: Type.String() }

export const StockLot = Type.Object({
  id: Uuid,
  storeId: StoreId,
  ...Goods,
  shelf: Maybe(Type.String()),
  batchNo: Maybe(Type.String()),
  madeOn: Maybe(Type.String()),
  expiresOn: Type.String(),
  remaining: Type.Integer({ description: 'presumed: first expired, first out' }),
  onHand: Type.Integer(),
  mark: OneOf(['expired', 'today', 'near', 'fresh'] as const),
  daysLeft: Type.Integer({ description: '0: the last day it may be sold; below 0: past its date' }),
})
const StockFault = Type.Object({
  storeId: StoreId,
  ...Goods,
  onHand: Type.Integer(),
  ledgerOnHand: Type.Integer(),
  reserved: Type.Integer(),
  ledgerReserved: Type.Integer(),
  locked: Type.Integer(),
  ledgerLocked: Type.Integer(),
})
export const StockCheck = Type.Object({
  id: Uuid,
  at: Instant,
  nightly: Type.Boolean(),
  by: Type.String(),
  levels: Type.Integer({ description: 'levels compared, in the whole chain' }),
  faults: Type.Array(StockFault, {
    description: 'levels in your stores that are not the sum of their ledger',
  }),
  elsewhere: Type.Integer({ description: 'faults in stores you do not see' }),
})

export const consoleStockWatchRoutes = defineRoutes({
  'GET /console/v1/stock-entries': {
    summary: 'The stock ledger across SKUs, newest first',
    access: 'console',
    permission: 'stock.read',
    query: Strict({
      storeId: Type.Optional(StoreId),
      reason: Type.Optional(OneOf(STOCK_REASONS)),
      q: Type.Optional(Text(40)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      items: Type.Array(Type.Object({ ...StockEntry.properties, storeId: StoreId, ...Goods })),
      total: Type.Integer({ description: 'counted up to 10,000' }),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/stock-lots': {
    summary: 'Lots with a date, soonest first',
    access: 'console',
    permission: 'stock.read',
    query: Strict({
      storeId: Type.Optional(StoreId),
      only: Type.Optional(OneOf(['near', 'expired'] as const)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(StockLot).properties,
      near: Type.Integer(),
      expired: Type.Integer(),
      asOf: Instant,
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/stock-checks': {
    summary: 'The last thirty comparisons of levels with their ledger',
    access: 'console',
    permission: 'stock.read',
    ok: Type.Object({ items: Type.Array(StockCheck) }),
    errors: [],
  },
  'POST /console/v1/stock-checks': {
    summary: 'Compare every level with its ledger now',
    access: 'console',
    permission: 'stock.adjust',
    ok: StockCheck,
    errors: ['inventory.check_running'],
  },
  'GET /console/v1/restock-waits': {
    summary: 'What shoppers wait for, most wanted first',
    access: 'console',
    permission: 'stock.read',
    query: Strict({ storeId: Type.Optional(StoreId), page: PageNo, limit: Limit }),
    ok: TablePage(
      Type.Object({
        storeId: StoreId,
        ...Goods,
        waiting: Type.Integer(),
        since: Instant,
        available: Type.Integer(),
      }),
    ),
    errors: ['staff.out_of_scope'],
  },
})
