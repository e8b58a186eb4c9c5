import { Type } from 'typebox'
import { Day, Fen, Instant, Limit, OneOf, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { Tender } from './payments.ts'
import { defineRoutes } from './route.ts'

const Sum = Type.Object({ count: Type.Integer(), fen: Fen })
/** What came in and went back with one tender in one store on one business day; what belongs to late or double payments is in both. */
const TakingsRow = Type.Object({ day: Day, storeId: StoreId, provider: Tender, in: Sum, out: Sum })
const TakingsEntry = Type.Object({
  id: Uuid,
  way: OneOf(['in', 'out'] as const),
  provider: Tender,
  storeId: StoreId,
  orderId: Uuid,
  orderNo: Type.String(),
  amountFen: Fen,
  at: Instant,
  /** Towards the provider: of the payment, or of the refund. */
  number: Type.String(),
})

const READ = { access: 'console', permission: 'payments.read' } as const
export const consoleTakingsRoutes = defineRoutes({
  'GET /console/v1/takings': {
    summary:
      'What came in and went back by tender, per store and business day, the last day first; 92 days at most',
    ...READ,
    query: Strict({ from: Day, to: Day, storeId: Type.Optional(StoreId) }),
    ok: Type.Object({ rows: Type.Array(TakingsRow) }),
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
  'GET /console/v1/takings/:day/entries': {
    summary: 'The payments and refunds behind these sums, the last first',
    ...READ,
    params: Strict({ day: Day }),
    query: Strict({
      storeId: Type.Optional(StoreId),
      provider: Type.Optional(Tender),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(TakingsEntry),
    errors: ['staff.out_of_scope', 'request.invalid'],
  },
})
