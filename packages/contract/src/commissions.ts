import { Type } from 'typebox'
import {
  APPLICATION_STATES,
  COMMISSION_STATES,
  CommissionShare,
  CommissionStatement,
  CommissionSums,
  Key,
  PublicTerms,
  IdempotencyKey,
  Withdrawal,
  WithdrawalToConfirm,
  Month,
} from './commission-parts.ts'
import {
  Cursor,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  Nothing,
  OneOf,
  Page,
  PageNo,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

const ByKey = Strict({ key: Key })
const ByWithdrawal = Strict({ withdrawalId: Uuid })
export const ByMonth = Strict({ month: Month })

export const commissionRoutes = defineRoutes({
  'GET /v1/promoter': {
    summary: 'How I stand as a promoter: terms, application, sums, who brought me',
    access: 'member',
    ok: Type.Object({
      terms: Maybe(PublicTerms),
      application: Maybe(
        Type.Object({ state: OneOf(APPLICATION_STATES), at: Instant, reason: Maybe(Type.String()) }),
      ),
      me: Maybe(
        Type.Object({
          active: Type.Boolean(),
          levelName: Type.String(),
          rateBp: Type.Integer(),
          key: Key,
          since: Instant,
          bound: Type.Integer({ description: 'members bound now' }),
          invited: Type.Integer({ description: 'promoters who applied with my code' }),
          sums: CommissionSums,
          identityTail: Maybe(Type.String({ description: 'end of the identity card that was given' })),
          open: Maybe(Withdrawal),
        }),
      ),
      boundTo: Maybe(Type.Object({ name: Type.String({ description: 'masked' }), until: Instant })),
    }),
    errors: [],
  },
  'POST /v1/promoter-applications': {
    summary: 'I want to promote. Costs nothing, asks for no purchase; head office answers',
    access: 'member',
    body: Strict({ words: Line(200), invite: Type.Optional(Key) }),
    ok: Nothing,
    status: 204,
    errors: ['commissions.off', 'commissions.applied_already', 'commissions.key_unknown'],
  },
  'POST /v1/promoter-bindings': {
    summary: 'I came by this promoter’s link. Safe to repeat',
    access: 'member',
    body: ByKey,
    ok: Type.Object({
      bound: Type.Boolean({ description: 'false: bound to somebody else, or not open' }),
      name: Type.String({ description: 'of the promoter, masked' }),
    }),
    errors: ['commissions.key_unknown'],
  },
  'GET /v1/promoter/code': {
    summary: 'My 小程序码, as WeChat draws it',
    access: 'member',
    ok: Type.Object({ scene: Type.String(), picture: Type.String({ description: 'data URL' }) }),
    errors: ['commissions.not_promoter', 'commissions.picture_unavailable'],
  },
  'GET /v1/promoter/bindings': {
    summary: 'Who is bound to me, masked, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        boundAt: Instant,
        until: Instant,
        ended: Type.Boolean(),
      }),
    ),
    errors: ['commissions.not_promoter', 'commissions.cursor_invalid'],
  },
  'GET /v1/promoter/shares': {
    summary: 'My shares of orders, newest first, each with what explains it',
    access: 'member',
    query: Strict({ state: Type.Optional(OneOf(COMMISSION_STATES)), page: PageNo, limit: Limit }),
    ok: TablePage(CommissionShare),
    errors: ['commissions.not_promoter'],
  },
  'GET /v1/promoter/statements/:month': {
    summary: 'My statement of one month: what was owed, what came, what went, every row',
    access: 'member',
    params: ByMonth,
    ok: CommissionStatement,
    errors: ['commissions.not_promoter'],
  },
  'PUT /v1/promoter/identity': {
    summary: 'My real name and identity card, for transfers and taxes; kept sealed',
    access: 'member',
    body: Strict({ name: Line(30), document: Type.String({ pattern: '^[1-9][0-9]{16}[0-9X]$' }) }),
    ok: Nothing,
    status: 204,
    errors: ['commissions.not_promoter', 'commissions.document_invalid', 'commissions.withdrawal_open'],
  },
  'POST /v1/promoter/withdrawal-quotes': {
    summary: 'What would arrive of so much, and what is withheld',
    access: 'member',
    body: Strict({ amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }) }),
    ok: Type.Object({ amountFen: Fen, taxFen: Fen, netFen: Fen, needsIdentity: Type.Boolean() }),
    errors: ['commissions.not_promoter', 'commissions.off'],
  },
  'POST /v1/promoter/withdrawals': {
    summary: 'Withdraw to WeChat; the promoter confirms there within a day. Safe to repeat under its key',
    access: 'member',
    body: Strict({
      idempotencyKey: IdempotencyKey,
      amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
      expectNetFen: Fen,
    }),
    ok: WithdrawalToConfirm,
    status: 201,
    errors: [
      'commissions.not_promoter',
      'commissions.off',
      'commissions.too_little',
      'commissions.too_much_today',
      'commissions.short',
      'commissions.identity_missing',
      'commissions.net_changed',
      'commissions.withdrawal_open',
      'commissions.key_reused',
    ],
  },
  'GET /v1/promoter/withdrawals': {
    summary: 'My withdrawals, newest first',
    access: 'member',
    query: Strict({ page: PageNo, limit: Limit }),
    ok: TablePage(Withdrawal),
    errors: ['commissions.not_promoter'],
  },
  'GET /v1/promoter/withdrawals/:withdrawalId': {
    summary:
      'One withdrawal, asked at WeChat unless that was done a moment ago, and what the telephone confirms it with',
    access: 'member',
    params: ByWithdrawal,
    ok: WithdrawalToConfirm,
    errors: ['commissions.not_promoter', 'commissions.withdrawal_missing'],
  },
  'POST /v1/promoter/withdrawals/:withdrawalId/cancellation': {
    summary: 'Take it back before it is confirmed; what WeChat says decides',
    access: 'member',
    params: ByWithdrawal,
    ok: WithdrawalToConfirm,
    errors: ['commissions.not_promoter', 'commissions.withdrawal_missing', 'commissions.withdrawal_ended'],
  },
})
