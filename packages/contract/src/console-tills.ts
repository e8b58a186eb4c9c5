import { Type } from 'typebox'
import { Fen, Instant, Limit, Line, Maybe, OneOf, PageNo, StoreId, Strict, TablePage, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

export const CONFLICT_KINDS = [
  'barcode_unknown',
  'stock_short',
  'benefit_missing',
  'basket_changed',
  'return_unmatched',
  'coupon_refused',
  'sale_missing',
] as const
export const CONFLICT_RESOLUTIONS = ['store_bears', 'hq_bears', 'claimed', 'corrected', 'no_loss'] as const
/** What a conflict ended with: what somebody said, or that the sale came which a return had waited for. */
export const CONFLICT_ENDS = [...CONFLICT_RESOLUTIONS, 'sale_came'] as const
const Conflict = Type.Object({
  id: Uuid,
  kind: OneOf(CONFLICT_KINDS),
  storeId: StoreId,
  posTxnId: Type.String(),
  partnerName: Type.String(),
  detail: Type.Unknown(),
  amountFen: Fen,
  openedAt: Instant,
  owner: Maybe(Type.Object({ account: Type.String(), name: Type.String(), mine: Type.Boolean() })),
  resolvedAt: Maybe(Instant),
  resolution: Maybe(OneOf(CONFLICT_ENDS)),
  note: Maybe(Type.String()),
})
const ByConflict = Strict({ conflictId: Uuid })
const work = { access: 'console', permission: 'tills.resolve', params: ByConflict } as const
const workErrors = ['tills.conflict_missing', 'tills.conflict_over', 'tills.conflict_owned'] as const

export const consoleTillRoutes = defineRoutes({
  'GET /console/v1/till-conflicts': {
    summary: 'What tills told us and our books do not bear out',
    access: 'console',
    permission: 'tills.read',
    query: Strict({
      open: Type.Optional(Type.Boolean()),
      mine: Type.Optional(Type.Boolean()),
      kind: Type.Optional(OneOf(CONFLICT_KINDS)),
      storeId: Type.Optional(StoreId),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({ ...TablePage(Conflict).properties, open: Type.Integer(), over: Type.Integer() }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/till-conflicts/:conflictId': {
    summary: 'A conflict with its receipt, who bears what was taken off, and what became of it',
    access: 'console',
    permission: 'tills.read',
    params: ByConflict,
    ok: Type.Object({
      conflict: Conflict,
      sale: Type.Object({
        soldAt: Maybe(Instant),
        paidFen: Maybe(Fen),
        lines: Type.Array(
          Type.Object({
            barcode: Type.String(),
            name: Type.String(),
            known: Type.Boolean(),
            quantity: Type.Integer(),
            payFen: Fen,
          }),
        ),
        discounts: Type.Array(
          Type.Object({
            label: Type.String(),
            offFen: Fen,
            points: Type.Integer(),
            funding: OneOf(['store', 'hq', 'supplier'] as const),
          }),
        ),
      }),
      events: Type.Array(
        Type.Object({ verb: Type.String(), by: Type.String(), at: Instant, note: Maybe(Type.String()) }),
      ),
    }),
    errors: ['tills.conflict_missing'],
  },
  'POST /console/v1/till-conflicts/:conflictId/owner': {
    summary: 'I work on it',
    ...work,
    ok: Conflict,
    errors: workErrors,
  },
  'DELETE /console/v1/till-conflicts/:conflictId/owner': {
    summary: 'I do not work on it any more',
    ...work,
    ok: Conflict,
    errors: workErrors,
  },
  'POST /console/v1/till-conflicts/:conflictId/resolution': {
    summary: 'Say who bears it, and why',
    ...work,
    body: Strict({ resolution: OneOf(CONFLICT_RESOLUTIONS), note: Line(200) }),
    ok: Conflict,
    errors: workErrors,
  },
})
