import { Type } from 'typebox'
import { Aftersale, AftersaleKind, AftersaleSummary, ByAftersale } from './aftersales.ts'
import {
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  ReturnCode,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { RefundQuote } from './console-orders.ts'
import { defineRoutes } from './route.ts'
import { EXCHANGE_ERRORS } from './staff-aftersales.ts'

/** How a desk groups them; each request is in one group. */
export const AFTERSALE_TABS = ['applied', 'appealed', 'returning', 'refunding', 'failed', 'ended'] as const

export const ConsoleAftersaleRow = Type.Object({
  ...AftersaleSummary.properties,
  memberName: Type.String(),
  phoneTail: Maybe(Type.String()),
  ownerName: Maybe(Type.String()),
  photos: Type.Integer(),
  trouble: Maybe(Type.String()),
  /** Since when it is in this state. */
  since: Instant,
})
/** What the person asking may do with it now. */
export const AFTERSALE_DEEDS = [
  'approve',
  'reject',
  'inspect',
  'judge_appeal',
  'own',
  'resend',
  'settle',
] as const
export const ConsoleAftersale = Type.Object({
  ...Aftersale.properties,
  memberName: Type.String(),
  phoneTail: Maybe(Type.String()),
  ownerName: Maybe(Type.String()),
  trouble: Maybe(Type.String()),
  since: Instant,
  returnStoreId: Maybe(StoreId),
  holdStoreId: Maybe(StoreId),
  /** The merchant's doing: coupons that come back live three days more at least. */
  ourFault: Type.Boolean(),
  goods: Type.Array(
    Type.Object({
      lineNo: Type.Integer(),
      perishable: Type.Boolean(),
      payFen: Fen,
      boughtQuantity: Type.Integer(),
      refundedQuantity: Type.Integer(),
      goodsTo: Maybe(OneOf(['shelf', 'waste'] as const)),
    }),
  ),
  order: Type.Object({
    state: Type.String(),
    totalFen: Fen,
    refundedFen: Fen,
    completedAt: Maybe(Instant),
  }),
  deeds: Type.Array(OneOf(AFTERSALE_DEEDS)),
})

const DECISION_ERRORS = ['aftersales.missing', 'aftersales.state_changed', 'staff.out_of_scope'] as const

export const consoleAftersaleRoutes = defineRoutes({
  'GET /console/v1/aftersales': {
    summary:
      'After-sales requests within my scope; what waits longest comes first, what ended last comes first',
    access: 'console',
    permission: 'aftersales.read',
    query: Strict({
      tab: Type.Optional(OneOf(AFTERSALE_TABS)),
      storeId: Type.Optional(StoreId),
      kind: Type.Optional(AftersaleKind),
      /** Everything about one order; without a tab, in every state. */
      orderId: Type.Optional(Uuid),
      q: Type.Optional(Text(40)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(ConsoleAftersaleRow).properties,
      counts: Type.Record(Type.String(), Type.Integer(), {
        description: 'rows per tab under the other filters',
      }),
      /** Requests past their time, whatever the tab. */
      overdue: Type.Integer(),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/aftersales/:aftersaleId': {
    summary: 'One request from both sides: what was bought and what is asked for',
    access: 'console',
    permission: 'aftersales.read',
    params: ByAftersale,
    ok: ConsoleAftersale,
    errors: ['aftersales.missing'],
  },
  'POST /console/v1/aftersales/:aftersaleId/refund-quotes': {
    summary: 'What agreeing would give back now: money, points and coupons; changes nothing',
    access: 'console',
    permission: 'aftersales.read',
    params: ByAftersale,
    body: Strict({ ourFault: Type.Boolean() }),
    ok: RefundQuote,
    errors: ['aftersales.missing', 'orders.missing', 'orders.not_refundable', 'orders.refund_too_many'],
  },
  'POST /console/v1/aftersales/:aftersaleId/approval': {
    summary: 'Agree: the refund is sent, or the goods may be brought back',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    body: Strict({ words: Type.Optional(Text(120)), ourFault: Type.Optional(Type.Boolean()) }),
    ok: ConsoleAftersale,
    errors: [...DECISION_ERRORS, 'aftersales.goods_moved'],
  },
  'POST /console/v1/aftersales/:aftersaleId/rejection': {
    summary: 'Reject, with words for the shopper',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    body: Strict({ words: Line(120) }),
    ok: ConsoleAftersale,
    errors: DECISION_ERRORS,
  },
  'POST /console/v1/aftersales/:aftersaleId/appeal-judgement': {
    summary: 'Head office decides an appeal, for good',
    access: 'console',
    permission: 'aftersales.appeal',
    params: ByAftersale,
    body: Strict({ grant: Type.Boolean(), words: Line(120), ourFault: Type.Optional(Type.Boolean()) }),
    ok: ConsoleAftersale,
    errors: [...DECISION_ERRORS, 'aftersales.goods_moved'],
  },
  'POST /console/v1/return-checks': {
    summary:
      'Which request a code belongs to, whether goods are awaited or a replacement waits; changes nothing',
    access: 'console',
    permission: 'aftersales.decide',
    body: Strict({ storeId: StoreId, code: ReturnCode }),
    ok: ConsoleAftersale,
    errors: ['staff.out_of_scope', 'stores.missing', 'aftersales.code_unknown'],
  },
  'POST /console/v1/returns': {
    summary: 'Goods were brought back to this store, whichever store of the chain sold them',
    access: 'console',
    permission: 'aftersales.decide',
    body: Strict({ storeId: StoreId, code: ReturnCode }),
    ok: ConsoleAftersale,
    errors: ['staff.out_of_scope', 'stores.missing', 'aftersales.code_unknown', 'aftersales.state_changed'],
  },
  'POST /console/v1/exchanges': {
    summary: 'The replacement was handed over in this store',
    access: 'console',
    permission: 'aftersales.decide',
    body: Strict({ storeId: StoreId, code: ReturnCode }),
    ok: ConsoleAftersale,
    errors: EXCHANGE_ERRORS,
  },
  'POST /console/v1/aftersales/:aftersaleId/inspection': {
    summary:
      'The goods were looked at: taken back (to the shelf or as waste) and refunded, or given back to the shopper',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    body: Strict({
      accept: Type.Boolean(),
      /** Lines that are fit for sale again; the others are waste. Fresh goods never are. */
      toShelf: Type.Optional(
        Type.Array(Type.Integer({ minimum: 1, maximum: 1000 }), { maxItems: 100, uniqueItems: true }),
      ),
      words: Type.Optional(Text(120)),
      ourFault: Type.Optional(Type.Boolean()),
    }),
    ok: ConsoleAftersale,
    errors: [
      ...DECISION_ERRORS,
      'aftersales.line_unknown',
      'aftersales.never_on_shelf',
      'aftersales.words_needed',
      'inventory.level_missing',
    ],
  },
  'POST /console/v1/aftersales/:aftersaleId/ownership': {
    summary: 'Take a failed refund into my own hands',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    ok: ConsoleAftersale,
    errors: DECISION_ERRORS,
  },
  'POST /console/v1/aftersales/:aftersaleId/resending': {
    summary: 'Send a failed refund again, under a new number',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    ok: ConsoleAftersale,
    errors: [...DECISION_ERRORS, 'aftersales.refund_alive', 'aftersales.money_back'],
  },
  'POST /console/v1/aftersales/:aftersaleId/settlement': {
    summary: 'Say how a failed refund was settled outside this system',
    access: 'console',
    permission: 'aftersales.decide',
    params: ByAftersale,
    body: Strict({ words: Line(120) }),
    ok: ConsoleAftersale,
    errors: [...DECISION_ERRORS, 'aftersales.refund_alive'],
  },
})
