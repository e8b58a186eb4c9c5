import { Type } from 'typebox'
import { Fen, Instant, Limit, OneOf, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'business day, e.g. 2026-11-22' })
const Places = { debtorStoreId: StoreId, creditorStoreId: StoreId }

/** What one store owes another: for goods that it put on its own shelf, or that the other gave away for it. */
export const StoreDue = Type.Object({
  id: Type.Integer(),
  aftersaleId: Uuid,
  orderId: Uuid,
  orderNo: Type.String(),
  name: Type.String(),
  unit: Type.String(),
  quantity: Type.Integer(),
  /** What the shopper had paid for these pieces. */
  amountFen: Fen,
  ...Places,
  /** The debtor took goods onto its shelf, or the creditor gave a replacement away. */
  reason: OneOf(['returned', 'replaced'] as const),
  at: Instant,
})

export const storeDueRoutes = defineRoutes({
  'GET /console/v1/store-dues': {
    summary:
      'What my stores owe each other for goods that were brought back elsewhere, newest first, and the sums by pair of stores',
    access: 'console',
    permission: 'aftersales.read',
    query: Strict({
      /** Both ends count; absent: from the beginning, until now. */
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      storeId: Type.Optional(StoreId),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(StoreDue).properties,
      sums: Type.Array(Type.Object({ ...Places, count: Type.Integer(), amountFen: Fen })),
    }),
    errors: ['staff.out_of_scope', 'aftersales.day_invalid'],
  },
})
