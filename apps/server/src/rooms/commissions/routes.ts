import { commissionRoutes } from '@linli/contract/commissions'
import { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import { type Http, mount } from '#kernel/http'
import type { AuditedCall } from '#room/staff'
import type { Applying } from './applying.ts'
import type { BindingVerbs } from './binding.ts'
import type { CommissionChecks } from './checks.ts'
import type { Declaring } from './declaring.ts'
import type { Mine } from './mine.ts'
import type { Reading } from './reading.ts'
import type { StaffAccounts } from './staff-accounts.ts'
import { type KeptTerms, type NewTerms, shownTerms } from './terms.ts'
import type { TermsRow } from './terms.sql.ts'
import type { Withdrawing } from './withdrawing.ts'

export interface ShopperVerbs {
  mine: Mine
  applying: Applying
  binding: BindingVerbs
  reading: Reading
  withdrawing: Withdrawing
}
export const mountShopper = (
  http: Http,
  { mine, applying, binding, reading, withdrawing }: ShopperVerbs,
): void =>
  mount(http, commissionRoutes, {
    'GET /v1/promoter': ({ actor }) => mine.standing(actor.memberId),
    'POST /v1/promoter-applications': async ({ actor, body }) => {
      await applying.apply(actor.memberId, body)
      return null
    },
    'POST /v1/promoter-bindings': ({ actor, body }) => binding.bind(actor.memberId, body.key),
    'GET /v1/promoter/code': ({ actor }) => mine.code(actor.memberId),
    'GET /v1/promoter/bindings': async ({ actor, query }) => {
      await mine.promoterOf(actor.memberId)
      return binding.broughtBy(actor.memberId, query)
    },
    'GET /v1/promoter/shares': async ({ actor, query }) =>
      reading.shares((await mine.promoterOf(actor.memberId)).accountId, query),
    'GET /v1/promoter/statements/:month': async ({ actor, params }) =>
      reading.statement((await mine.promoterOf(actor.memberId)).accountId, params.month),
    'PUT /v1/promoter/identity': async ({ actor, body }) => {
      await withdrawing.setIdentity(await mine.payee(actor.memberId), body)
      return null
    },
    'POST /v1/promoter/withdrawal-quotes': async ({ actor, body }) =>
      withdrawing.quote(await mine.payee(actor.memberId), body.amountFen),
    'POST /v1/promoter/withdrawals': ({ actor, body }) => mine.withdraw(actor.memberId, body),
    'GET /v1/promoter/withdrawals': async ({ actor, query }) =>
      reading.withdrawalsOf((await mine.promoterOf(actor.memberId)).accountId, query),
    'GET /v1/promoter/withdrawals/:withdrawalId': ({ actor, params }) =>
      mine.withdrawal(actor.memberId, params.withdrawalId),
    'POST /v1/promoter/withdrawals/:withdrawalId/cancellation': ({ actor, params }) =>
      mine.cancel(actor.memberId, params.withdrawalId),
  })

export interface ConsoleVerbs {
  terms: KeptTerms
  set(call: AuditedCall, terms: NewTerms): Promise<TermsRow>
  applying: Applying
  reading: Reading
  staffAccounts: StaffAccounts
  declare: Declaring
  checks: CommissionChecks
}
export const mountConsole = (
  http: Http,
  { terms, set, applying, reading, staffAccounts, declare, checks }: ConsoleVerbs,
): void => {
  const done = async (deed: Promise<void>): Promise<null> => {
    await deed
    return null
  }
  mount(http, consoleCommissionRoutes, {
    'GET /console/v1/commission-terms': () => {
      const now = terms.latest()
      return { nowId: now && String(now.id), items: terms.rows().map(shownTerms) }
    },
    'POST /console/v1/commission-terms': async ({ actor, requestId, body }) => {
      const row = await set({ actor, requestId }, body)
      await terms.reload()
      return shownTerms(row)
    },
    'GET /console/v1/promoter-applications': ({ query }) => applying.applications(query),
    'POST /console/v1/promoter-applications/:applicationId/approval': (call) =>
      done(applying.approve(call, call.params.applicationId, call.body.level)),
    'POST /console/v1/promoter-applications/:applicationId/refusal': (call) =>
      done(applying.refuse(call, call.params.applicationId, call.body.reason)),
    'GET /console/v1/promoters': ({ query }) => applying.promoters(query),
    'POST /console/v1/promoters/:memberId/standing': (call) =>
      done(applying.setStanding(call, call.params.memberId, call.body)),
    'GET /console/v1/commission-accounts': () => reading.staffAccounts(),
    'GET /console/v1/commission-accounts/:accountId/postings': ({ params, query }) =>
      reading.book(params.accountId, query),
    'GET /console/v1/commission-accounts/:accountId/statements/:month': ({ params }) =>
      reading.statementAtDesk(params.accountId, params.month),
    'POST /console/v1/commission-accounts/:accountId/wages': (call) =>
      staffAccounts.payWithWages(call, call.params.accountId, call.body),
    'GET /console/v1/commission-withdrawals': ({ query }) => reading.withdrawals(query),
    'GET /console/v1/commission-taxes/:month': ({ params }) => reading.taxes(params.month),
    'POST /console/v1/commission-taxes/:month/declarations': (call) =>
      declare(call, call.params.month, call.body.reason),
    'POST /console/v1/commission-accounts/:accountId/identity-reveals': (call) =>
      staffAccounts.reveal(call, call.params.accountId, call.body.reason),
    'GET /console/v1/commission-checks': () => checks.list(),
    'POST /console/v1/commission-checks': ({ actor }) => checks.run(actor),
  })
}
