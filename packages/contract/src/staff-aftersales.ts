import { Type } from 'typebox'
import { AftersaleKind, AftersaleReason, AftersaleState } from './aftersales.ts'
import { Instant, Maybe, Picture, ReturnCode, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** What the clerk sees of goods that come back or are exchanged: no phone number, no full name, no sum. */
export const ReturnSheet = Type.Object({
  aftersaleId: Uuid,
  orderNo: Type.String(),
  /** The store that sold it. */
  storeName: Type.String(),
  kind: AftersaleKind,
  reason: AftersaleReason,
  state: AftersaleState,
  customer: Type.String({ description: 'nickname with its middle hidden' }),
  appliedAt: Instant,
  /** Where the replacement waits. */
  holdStoreName: Maybe(Type.String()),
  note: Type.String(),
  lines: Type.Array(
    Type.Object({
      lineNo: Type.Integer(),
      name: Type.String(),
      unit: Type.String(),
      quantity: Type.Integer(),
      picture: Maybe(Picture),
    }),
  ),
})
const Read = Strict({ storeId: StoreId, code: ReturnCode })

export const EXCHANGE_ERRORS = [
  'staff.out_of_scope',
  'stores.missing',
  'aftersales.code_unknown',
  'aftersales.state_changed',
  'aftersales.wrong_store',
  'aftersales.money_back',
] as const

export const staffAftersaleRoutes = defineRoutes({
  'POST /staff/v1/return-checks': {
    summary: 'Which goods are awaited under a code, or which replacement waits; changes nothing',
    access: 'staff',
    permission: 'returns.receive',
    body: Read,
    ok: ReturnSheet,
    errors: ['staff.out_of_scope', 'stores.missing', 'aftersales.code_unknown'],
  },
  'POST /staff/v1/returns': {
    summary: 'Goods were brought back to my store; whoever may decide looks at them next',
    access: 'staff',
    permission: 'returns.receive',
    body: Read,
    ok: ReturnSheet,
    errors: ['staff.out_of_scope', 'stores.missing', 'aftersales.code_unknown', 'aftersales.state_changed'],
  },
  'POST /staff/v1/exchanges': {
    summary: 'The replacement was handed over in my store',
    access: 'staff',
    permission: 'handovers.write',
    body: Read,
    ok: ReturnSheet,
    errors: EXCHANGE_ERRORS,
  },
})
