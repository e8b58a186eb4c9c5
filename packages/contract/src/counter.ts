import { Type } from 'typebox'
import { ByOrder, Day, Fen, Instant, Line, Maybe, OneOf, StoreId, Strict, Uuid } from './parts.ts'
import { OrderState } from './orders.ts'
import { defineRoutes } from './route.ts'

/** What staff take at the counter of a store. */
export const COUNTER_TENDERS = ['cash', 'card'] as const
const CounterTender = OneOf(COUNTER_TENDERS)

/** An order as the counter sees it: no phone number, no full name. */
export const CounterBill = Type.Object({
  orderId: Uuid,
  no: Type.String(),
  storeId: StoreId,
  state: OrderState,
  customer: Type.String({ description: 'nickname with its middle hidden' }),
  placedAt: Instant,
  expiresAt: Maybe(Instant),
  pieces: Type.Integer(),
  first: Type.String({ description: 'name of its first line' }),
  totalFen: Fen,
  /** What is to be taken at the counter. */
  dueFen: Fen,
})
/** Money that a shopper gets back at the counter. */
export const CounterRefund = Type.Object({
  id: Uuid,
  orderId: Uuid,
  orderNo: Type.String(),
  storeId: StoreId,
  provider: CounterTender,
  slip: Maybe(Type.String()),
  amountFen: Fen,
  reason: Type.String(),
  since: Instant,
  handedAt: Maybe(Instant),
  handedBy: Maybe(Type.String()),
})

export const staffCounterRoutes = defineRoutes({
  'GET /staff/v1/stores/:storeId/unpaid-orders': {
    summary:
      'Orders of my store that wait for money, the balance of a presale too, newest first: 50 at most, or those whose number ends so',
    access: 'staff',
    permission: 'counter.write',
    params: Strict({ storeId: StoreId }),
    query: Strict({ tail: Type.Optional(Type.String({ minLength: 4, maxLength: 16, pattern: '^[0-9]+$' })) }),
    ok: Type.Object({ items: Type.Array(CounterBill) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /staff/v1/orders/:orderId/counter-payments': {
    summary:
      'Take cash or a card for an order of my store; closes an open payment first. Safe to repeat with its key',
    access: 'staff',
    permission: 'counter.write',
    params: ByOrder,
    body: Strict({
      idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' }),
      provider: CounterTender,
      expectFen: Type.Integer({ minimum: 1, maximum: 100_000_000_000 }),
      tenderedFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000_000 })),
      slip: Type.Optional(Line(32)),
    }),
    ok: Type.Object({ ...CounterBill.properties, changeFen: Fen }),
    status: 201,
    errors: [
      'orders.missing',
      'orders.price_changed',
      'orders.key_reused',
      'orders.desk_full',
      'payments.not_payable',
      'payments.balance_not_yet',
      'payments.already_paid',
      'payments.unavailable',
      'payments.counter_incomplete',
      'payments.tendered_short',
    ],
  },
  'GET /staff/v1/stores/:storeId/counter-refunds': {
    summary: 'Refunds that wait at my counter, oldest first; 200 at most',
    access: 'staff',
    permission: 'counter.write',
    params: Strict({ storeId: StoreId }),
    ok: Type.Object({ items: Type.Array(CounterRefund) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /staff/v1/counter-refunds/:refundId/handing': {
    summary: 'The shopper has the money back: ends the refund, with my name on it',
    access: 'staff',
    permission: 'counter.write',
    params: Strict({ refundId: Uuid }),
    body: Strict({ expectFen: Fen }),
    ok: CounterRefund,
    errors: ['payments.refund_missing', 'payments.refund_handed', 'orders.price_changed', 'orders.desk_full'],
  },
})

const Sum = Type.Object({ count: Type.Integer(), fen: Fen })
export const CounterDay = Type.Object({
  day: Day,
  /** By store and person. */
  rows: Type.Array(
    Type.Object({
      storeId: StoreId,
      staffId: Uuid,
      name: Type.String(),
      account: Type.String(),
      cashIn: Sum,
      cashOut: Sum,
      cardIn: Sum,
      cardOut: Sum,
    }),
  ),
  waiting: Type.Array(CounterRefund),
})
export const consoleCounterRoutes = defineRoutes({
  'GET /console/v1/counter-days/:day': {
    summary:
      'What each person took and gave back at the counters of my stores that day, and what waits to be given back',
    access: 'console',
    permission: 'counter.read',
    params: Strict({ day: Day }),
    query: Strict({ storeId: Type.Optional(StoreId) }),
    ok: CounterDay,
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
})
