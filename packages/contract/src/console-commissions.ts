import { Type } from 'typebox'
import {
  APPLICATION_STATES,
  CommissionPosting,
  CommissionStatement,
  CommissionSums,
  CommissionTerms,
  commissionTerms,
  LevelCode,
  Month,
  Withdrawal,
  WITHDRAWAL_STATES,
} from './commission-parts.ts'
import { ByMonth } from './commissions.ts'
import { MemberAtDesk } from './members.ts'
import {
  Cursor,
  Fen,
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  Nothing,
  OneOf,
  PageNo,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const PromoterAtDesk = Type.Object({
  member: MemberAtDesk,
  accountId: Uuid,
  active: Type.Boolean(),
  level: LevelCode,
  since: Instant,
  inviter: Maybe(MemberAtDesk),
  bound: Type.Integer(),
  sums: CommissionSums,
})
const Application = Type.Object({
  id: Uuid,
  member: MemberAtDesk,
  inviter: Maybe(MemberAtDesk),
  words: Type.String(),
  state: OneOf(APPLICATION_STATES),
  at: Instant,
  decidedAt: Maybe(Instant),
  decidedBy: Maybe(Type.String()),
  reason: Maybe(Type.String()),
})
const AccountOwner = Type.Object({
  accountId: Uuid,
  member: Maybe(MemberAtDesk),
  staffName: Maybe(Type.String()),
})
const Check = Type.Object({
  id: Uuid,
  at: Instant,
  nightly: Type.Boolean(),
  by: Type.String(),
  accounts: Type.Integer(),
  faults: Type.Array(Type.Object({ subject: Type.String(), kept: Type.Integer(), postings: Type.Integer() })),
})
const ByApplication = Strict({ applicationId: Uuid })
const ByPromoter = Strict({ memberId: Uuid })
const ByAccount = Strict({ accountId: Uuid })
const READ = { access: 'console', permission: 'commissions.read' } as const
const WRITE = { access: 'console', permission: 'commissions.write' } as const
const Reasoned = Strict({ reason: Line(200) })

export const consoleCommissionRoutes = defineRoutes({
  'GET /console/v1/commission-terms': {
    summary: 'What promoting is worth, every version, latest first',
    ...READ,
    ok: Type.Object({ nowId: Maybe(Type.String()), items: Type.Array(CommissionTerms) }),
    errors: [],
  },
  'POST /console/v1/commission-terms': {
    summary: 'Other terms from now or a later moment on; orders are judged by the terms of their moment',
    ...WRITE,
    body: Strict({ ...commissionTerms, since: Maybe(InstantInput) }),
    ok: CommissionTerms,
    status: 201,
    errors: ['commissions.terms_unsound'],
  },
  'GET /console/v1/promoter-applications': {
    summary: 'Who wants to promote, newest first',
    ...READ,
    query: Strict({ state: Type.Optional(OneOf(APPLICATION_STATES)), page: PageNo, limit: Limit }),
    ok: TablePage(Application),
    errors: [],
  },
  'POST /console/v1/promoter-applications/:applicationId/approval': {
    summary: 'They may promote from now on, at this level',
    ...WRITE,
    params: ByApplication,
    body: Strict({ level: LevelCode }),
    ok: Nothing,
    status: 204,
    errors: [
      'commissions.application_missing',
      'commissions.application_decided',
      'commissions.level_unknown',
    ],
  },
  'POST /console/v1/promoter-applications/:applicationId/refusal': {
    summary: 'They may not, and why; they read the reason and may apply again',
    ...WRITE,
    params: ByApplication,
    body: Reasoned,
    ok: Nothing,
    status: 204,
    errors: ['commissions.application_missing', 'commissions.application_decided'],
  },
  'GET /console/v1/promoters': {
    summary: 'Promoters with their sums, newest first',
    ...READ,
    query: Strict({ q: Type.Optional(Text(40)), page: PageNo, limit: Limit }),
    ok: TablePage(PromoterAtDesk),
    errors: [],
  },
  'POST /console/v1/promoters/:memberId/standing': {
    summary: 'Another level, stop or go on; counts for orders placed from now on',
    ...WRITE,
    params: ByPromoter,
    body: Strict({ active: Type.Boolean(), level: LevelCode, reason: Line(200) }),
    ok: Nothing,
    status: 204,
    errors: ['commissions.promoter_missing', 'commissions.level_unknown', 'commissions.standing_same'],
  },
  'GET /console/v1/commission-accounts': {
    summary: 'Accounts of staff whose rewards are kept here, with their sums',
    ...READ,
    ok: Type.Object({
      items: Type.Array(Type.Object({ accountId: Uuid, staffName: Type.String(), sums: CommissionSums })),
    }),
    errors: [],
  },
  'GET /console/v1/commission-accounts/:accountId/postings': {
    summary: 'The ledger of one account, newest first',
    ...READ,
    params: ByAccount,
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Type.Object({
      owner: AccountOwner,
      sums: CommissionSums,
      items: Type.Array(CommissionPosting),
      nextCursor: Maybe(Type.String()),
    }),
    errors: ['commissions.account_missing', 'commissions.cursor_invalid'],
  },
  'GET /console/v1/commission-accounts/:accountId/statements/:month': {
    summary: 'The statement of one account and month, as its owner reads it',
    ...READ,
    params: Strict({ accountId: Uuid, month: Month }),
    ok: Type.Object({ owner: AccountOwner, statement: CommissionStatement }),
    errors: ['commissions.account_missing'],
  },
  'POST /console/v1/commission-accounts/:accountId/wages': {
    summary: 'What somebody of the staff earned here was paid with their wages',
    ...WRITE,
    params: ByAccount,
    body: Strict({ amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }), note: Line(100) }),
    ok: CommissionSums,
    errors: ['commissions.account_missing', 'commissions.wages_only', 'commissions.short'],
  },
  'GET /console/v1/commission-withdrawals': {
    summary: 'Withdrawals, newest first',
    ...READ,
    query: Strict({ state: Type.Optional(OneOf(WITHDRAWAL_STATES)), page: PageNo, limit: Limit }),
    ok: TablePage(
      Type.Object({
        ...Withdrawal.properties,
        owner: AccountOwner,
        tries: Type.Integer(),
        transferBillNo: Maybe(Type.String()),
      }),
    ),
    errors: [],
  },
  'GET /console/v1/commission-taxes/:month': {
    summary: 'What was paid out and withheld in a month, person by person',
    ...READ,
    params: ByMonth,
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          owner: AccountOwner,
          documentTail: Maybe(Type.String()),
          times: Type.Integer(),
          amountFen: Fen,
          taxFen: Fen,
          netFen: Fen,
        }),
      ),
      amountFen: Fen,
      taxFen: Fen,
    }),
    errors: [],
  },
  'POST /console/v1/commission-taxes/:month/declarations': {
    summary:
      'The same with names and identity cards, to declare payments for labour; every such list is in the trail',
    access: 'console',
    permission: 'members.reveal',
    params: ByMonth,
    body: Reasoned,
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          accountId: Uuid,
          /** Null where the real name was never given: nothing was withheld then. */
          name: Maybe(Type.String()),
          document: Maybe(Type.String()),
          times: Type.Integer(),
          amountFen: Fen,
          taxFen: Fen,
          netFen: Fen,
        }),
      ),
    }),
    errors: [],
  },
  'POST /console/v1/commission-accounts/:accountId/identity-reveals': {
    summary: 'Name and identity card, to declare taxes; every look is in the trail',
    access: 'console',
    permission: 'members.reveal',
    params: ByAccount,
    body: Reasoned,
    ok: Type.Object({ name: Type.String(), document: Type.String() }),
    errors: ['commissions.account_missing', 'commissions.identity_missing'],
  },
  'GET /console/v1/commission-checks': {
    summary: 'Comparisons of accounts with their postings, newest first',
    ...READ,
    ok: Type.Object({ items: Type.Array(Check) }),
    errors: [],
  },
  'POST /console/v1/commission-checks': {
    summary: 'Compare now, for the record',
    ...WRITE,
    ok: Check,
    status: 201,
    errors: ['commissions.check_running'],
  },
})
