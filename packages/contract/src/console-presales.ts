import { Type } from 'typebox'
import { ByOrder, Fen, Instant, Line, Maybe, StoreId, Strict, Uuid } from './parts.ts'
import { OrderState } from './orders.ts'
import { defineRoutes } from './route.ts'

const goods = { campaignId: Uuid, storeId: StoreId, skuId: Uuid }
const PresaleGoods = Strict(goods)
/** Pieces that may be said to have come. */
export const Pieces = Type.Integer({ minimum: 1, maximum: 1_000_000 })

/** Goods of a presale in one store, with who waits for them. */
export const PresaleRow = Type.Object({
  ...goods,
  campaign: Type.String(),
  /** Of a box that comes every week. */
  ofBox: Type.Boolean(),
  name: Type.String(),
  unit: Type.String(),
  pickupFrom: Instant,
  promisedBy: Instant,
  /** Deposit paid, the balance is awaited. */
  balanceOrders: Type.Integer(),
  balancePieces: Type.Integer(),
  /** Paid in full, and not in the store yet. */
  waitingOrders: Type.Integer(),
  waitingPieces: Type.Integer(),
  arrivedPieces: Type.Integer(),
  /** Free in the store now: what may be set aside for them. */
  freePieces: Type.Integer(),
})
export const WaitingOrder = Type.Object({
  orderId: Uuid,
  no: Type.String(),
  state: OrderState,
  customer: Type.String({ description: 'masked' }),
  phoneTail: Maybe(Type.String()),
  pieces: Type.Integer(),
  totalFen: Fen,
  paidFen: Fen,
  /** Paid in full; null: the balance is awaited. */
  paidAt: Maybe(Instant),
})
/** Whom goods that have come are enough for, first paid first. */
export const Served = Type.Object({
  servedOrders: Type.Integer(),
  servedPieces: Type.Integer(),
  shortOrders: Type.Integer(),
  shortPieces: Type.Integer(),
})

/** One arrival: the same key again sets nothing aside twice. */
export const ArrivalKey = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' })
export const ARRIVAL_ERRORS = [
  'staff.out_of_scope',
  'orders.presale_missing',
  'orders.key_reused',
  'orders.desk_full',
] as const

export const consolePresaleRoutes = defineRoutes({
  'GET /console/v1/presales': {
    summary: 'Goods of presales that orders wait for in my stores, by the day they are promised for',
    access: 'console',
    permission: 'orders.read',
    ok: Type.Object({ items: Type.Array(PresaleRow) }),
    errors: [],
  },
  'GET /console/v1/presale-orders': {
    summary: 'Orders that wait for goods of a presale, or for their balance, first paid first; 500 at most',
    access: 'console',
    permission: 'orders.read',
    query: PresaleGoods,
    ok: Type.Object({ items: Type.Array(WaitingOrder) }),
    errors: ['staff.out_of_scope'],
  },
  'POST /console/v1/presale-arrival-trials': {
    summary: 'Whom so many pieces would be enough for. Changes nothing',
    access: 'console',
    permission: 'orders.read',
    body: Strict({ ...goods, pieces: Pieces }),
    ok: Type.Object({ ...Served.properties, freePieces: Type.Integer() }),
    errors: ['staff.out_of_scope'],
  },
  'POST /console/v1/presale-arrivals': {
    summary:
      'Goods of a presale are in the store: so many pieces at most are set aside for those who wait, first paid first. Safe to repeat with the same key',
    access: 'console',
    permission: 'stock.adjust',
    body: Strict({
      ...goods,
      pieces: Pieces,
      idempotencyKey: ArrivalKey,
    }),
    ok: Served,
    errors: ARRIVAL_ERRORS,
  },
  'GET /console/v1/presale-debts': {
    summary: 'Deposits that are owed a second time (民法典 587) and were not paid yet',
    access: 'console',
    permission: 'orders.read',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          orderId: Uuid,
          no: Type.String(),
          storeId: StoreId,
          customer: Type.String({ description: 'masked' }),
          phoneTail: Maybe(Type.String()),
          owedFen: Fen,
        }),
      ),
    }),
    errors: [],
  },
  'POST /console/v1/orders/:orderId/presale-debt': {
    summary: 'The second deposit was paid to the shopper by hand; says how',
    access: 'console',
    permission: 'orders.refund',
    params: ByOrder,
    body: Strict({ note: Line(60) }),
    ok: Type.Object({ owedFen: Fen, paidAt: Instant }),
    errors: ['orders.missing', 'orders.presale_missing'],
  },
})
