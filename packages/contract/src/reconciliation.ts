import { Type } from 'typebox'
import { Day, Instant, Limit, Line, Maybe, OneOf, PageNo, Strict, StoreId, TablePage, Uuid } from './parts.ts'
import { Provider } from './payments.ts'
import { defineRoutes } from './route.ts'

const SignedFen = Type.Integer({ description: 'integer fen, may be negative' })

export const DIFFERENCE_KINDS = [
  'local_only',
  'remote_only',
  'amount_diff',
  'status_diff',
  'funds_diff',
] as const
export const DIFFERENCE_STATES = ['WAITING', 'OPEN', 'CLOSED', 'RESOLVED'] as const
export const DIFFERENCE_SOURCES = ['payment', 'refund', 'transfer', 'funds'] as const
/** What a person may say that a difference was. */
export const RESOLUTIONS = [
  'merchant_console',
  'platform_subsidy',
  'booked_by_hand',
  'returned',
  'written_off',
  'other',
] as const

/** Both sides of one kind of money on one day. */
const Sides = Type.Object({
  ours: Type.Integer(),
  oursFen: SignedFen,
  theirs: Type.Integer(),
  theirsFen: SignedFen,
})
export const ReconciliationDay = Type.Object({
  provider: Provider,
  day: Day,
  state: OneOf(['DUE', 'DONE', 'FAILED'] as const),
  tries: Type.Integer({ description: 'tries since it last went well' }),
  nextTryAt: Maybe(Instant),
  trouble: Maybe(Type.String({ description: 'why the last try did not go well' })),
  reconciledAt: Maybe(Instant),
  tradeAt: Maybe(Instant),
  fundsAt: Maybe(Instant),
  billRows: Type.Integer(),
  fundRows: Type.Integer(),
  payments: Sides,
  refunds: Sides,
  settleFen: SignedFen,
  feeMilliFen: Type.Integer({
    description: 'fees in thousandths of a fen: bills state five decimals of a yuan',
  }),
  fundsInFen: SignedFen,
  fundsOutFen: SignedFen,
  waiting: Type.Integer(),
  open: Type.Integer(),
  closed: Type.Integer(),
  resolved: Type.Integer(),
  signedOff: Maybe(
    Type.Object(
      {
        at: Instant,
        byName: Type.String(),
        reopenedAt: Maybe(Instant),
        reopenedBy: Maybe(Type.String()),
      },
      {
        description:
          'head office was done with this day; a difference that was found or opened later reopened it',
      },
    ),
  ),
})

export const Difference = Type.Object({
  id: Uuid,
  provider: Provider,
  no: Type.String({ description: 'e.g. D-1121-02' }),
  day: Day,
  source: OneOf(DIFFERENCE_SOURCES),
  kind: OneOf(DIFFERENCE_KINDS),
  state: OneOf(DIFFERENCE_STATES),
  number: Type.String({ description: "the provider's number" }),
  ourNo: Maybe(Type.String()),
  orderId: Maybe(Uuid),
  orderNo: Maybe(Type.String()),
  storeId: Maybe(StoreId),
  oursFen: Maybe(SignedFen),
  theirsFen: Maybe(SignedFen),
  oursState: Maybe(Type.String()),
  theirsState: Maybe(Type.String()),
  happenedAt: Instant,
  foundAt: Instant,
  endedAt: Maybe(Instant),
  resolution: Maybe(Type.String()),
  note: Maybe(Type.String()),
  owner: Maybe(Type.Object({ account: Type.String(), name: Type.String(), mine: Type.Boolean() })),
})

export const DifferenceDetail = Type.Object({
  difference: Difference,
  ours: Maybe(
    Type.Object({
      number: Maybe(Type.String()),
      state: Type.String(),
      amountFen: SignedFen,
      at: Maybe(Instant),
      reason: Maybe(Type.String()),
    }),
  ),
  theirs: Maybe(
    Type.Object({
      day: Day,
      state: Type.String(),
      amountFen: SignedFen,
      settleFen: SignedFen,
      couponFen: SignedFen,
      feeMilliFen: Type.Integer(),
      rate: Type.String(),
      at: Instant,
      outTradeNo: Type.String(),
    }),
  ),
  events: Type.Array(
    Type.Object({
      verb: Type.String(),
      by: Type.String(),
      byName: Maybe(Type.String({ description: 'of a staff member' })),
      at: Instant,
      note: Maybe(Type.String()),
    }),
  ),
})

const READ = { access: 'console', permission: 'reconciliation.read' } as const
const WRITE = { access: 'console', permission: 'reconciliation.write' } as const
const ByDay = Strict({ day: Day })
/** WeChat's where nothing is said. */
const OfProvider = { provider: Type.Optional(Provider) }
const ByDifference = Strict({ differenceId: Uuid })

export const consoleReconciliationRoutes = defineRoutes({
  'GET /console/v1/reconciliation/days': {
    summary: 'Business days and how their bills agree with our books, the last first',
    ...READ,
    query: Strict({ ...OfProvider, page: PageNo, limit: Limit }),
    ok: Type.Object({
      ...TablePage(ReconciliationDay).properties,
      failed: Type.Integer(),
      providers: Type.Array(Provider, { description: 'those whose bills are fetched' }),
      nextFetchAt: Type.String({ description: 'when the next day is fetched by itself' }),
    }),
    errors: [],
  },
  'GET /console/v1/reconciliation/days/:day': {
    summary: 'One business day',
    ...READ,
    params: ByDay,
    query: Strict(OfProvider),
    ok: ReconciliationDay,
    errors: ['reconciliation.day_missing'],
  },
  'POST /console/v1/reconciliation/days/:day/runs': {
    summary: 'Fetch the bills of a day and compare again, in the background. Safe to repeat',
    ...WRITE,
    params: ByDay,
    query: Strict(OfProvider),
    ok: ReconciliationDay,
    status: 202,
    errors: ['reconciliation.day_out_of_reach'],
  },
  'POST /console/v1/reconciliation/days/:day/sign-off': {
    summary:
      'Be done with a day that is reconciled and has no open difference. A later difference reopens it',
    ...WRITE,
    params: ByDay,
    query: Strict(OfProvider),
    ok: ReconciliationDay,
    errors: [
      'reconciliation.day_missing',
      'reconciliation.day_not_reconciled',
      'reconciliation.day_unsettled',
      'reconciliation.day_signed_off',
    ],
  },
  'GET /console/v1/reconciliation/differences': {
    summary: 'Differences between our books and the bills',
    ...READ,
    query: Strict({
      provider: Type.Optional(Provider),
      day: Type.Optional(Day),
      view: Type.Optional(OneOf(['open', 'mine', 'closed', 'resolved'] as const)),
      kind: Type.Optional(OneOf(DIFFERENCE_KINDS)),
      source: Type.Optional(OneOf(DIFFERENCE_SOURCES)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(Difference).properties,
      deltaFen: Type.Integer({
        description: 'theirs less ours over all rows of the filter that have not closed by themselves',
      }),
      counts: Type.Object({
        all: Type.Integer(),
        open: Type.Integer(),
        mine: Type.Integer(),
        closed: Type.Integer(),
        resolved: Type.Integer(),
      }),
    }),
    errors: ['reconciliation.day_missing'],
  },
  'GET /console/v1/reconciliation/differences/:differenceId': {
    summary: 'One difference with both sides and its history',
    ...READ,
    params: ByDifference,
    ok: DifferenceDetail,
    errors: ['reconciliation.difference_missing'],
  },
  'POST /console/v1/reconciliation/differences/:differenceId/assignment': {
    summary: 'Take a difference on, or let go of it',
    ...WRITE,
    params: ByDifference,
    body: Strict({ mine: Type.Boolean() }),
    ok: DifferenceDetail,
    errors: [
      'reconciliation.difference_missing',
      'reconciliation.difference_ended',
      'reconciliation.not_yours',
    ],
  },
  'POST /console/v1/reconciliation/differences/:differenceId/resolution': {
    summary: 'Say what a difference was; it becomes yours when it was nobody’s',
    ...WRITE,
    params: ByDifference,
    body: Strict({ resolution: OneOf(RESOLUTIONS), note: Line(200) }),
    ok: DifferenceDetail,
    errors: [
      'reconciliation.difference_missing',
      'reconciliation.difference_ended',
      'reconciliation.not_yours',
    ],
  },
  'POST /console/v1/reconciliation/differences/:differenceId/reopening': {
    summary: 'Take back what was said about a difference',
    ...WRITE,
    params: ByDifference,
    body: Strict({ note: Line(200) }),
    ok: DifferenceDetail,
    errors: ['reconciliation.difference_missing', 'reconciliation.difference_open'],
  },
  'POST /console/v1/reconciliation/differences/:differenceId/notes': {
    summary: 'Add a sentence to the history of a difference',
    ...WRITE,
    params: ByDifference,
    body: Strict({ note: Line(200) }),
    ok: DifferenceDetail,
    errors: ['reconciliation.difference_missing'],
  },
})
