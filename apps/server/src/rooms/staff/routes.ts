import { consoleStaffRoutes, staffRoutes } from '@linli/contract/staff'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import type { Account, Accounts, TemporaryPassword } from './accounts.ts'
import { readTrail } from './audit.ts'
import { grantable } from './reach.ts'
import type { Profile } from './roster.ts'
import type { SignedIn, StaffSessions } from './sessions.ts'

const personOf = ({ staffId, account, name, role, permissions, storeIds }: Profile) => ({
  id: staffId,
  account,
  name,
  role,
  storeIds: storeIds && [...storeIds],
  permissions: [...permissions],
})
const signedInOf = ({ token, expiresAt, profile }: SignedIn) => ({
  token,
  expiresAt: expiresAt.toISOString(),
  staff: personOf(profile),
})

const instant = (at: Date | null): string | null => at && at.toISOString()
const colleagueOf = ({ storeIds, passwordTemporaryUntil, lastSignInAt, ...account }: Account) => ({
  ...account,
  storeIds: storeIds && [...storeIds],
  passwordTemporaryUntil: instant(passwordTemporaryUntil),
  lastSignInAt: instant(lastSignInAt),
})
const passwordOf = ({ password, passwordTemporaryUntil }: TemporaryPassword) => ({
  password,
  passwordTemporaryUntil: passwordTemporaryUntil.toISOString(),
})

export function mountStaff(http: Http, ctx: Ctx, sessions: StaffSessions, accounts: Accounts): void {
  mount(http, staffRoutes, {
    'POST /staff/v1/sessions': async ({ body, requestId }) =>
      signedInOf(await sessions.signIn('floor', body, requestId)),
    'DELETE /staff/v1/sessions/current': async ({ actor }) => {
      await sessions.signOut(actor)
      return null
    },
    'GET /staff/v1/me': ({ actor }) => personOf(actor),
    'PUT /staff/v1/me/password': async ({ body, ...call }) => {
      await sessions.changePassword(call, body)
      return null
    },
  })
  mount(http, consoleStaffRoutes, {
    'POST /console/v1/sessions': async ({ body, requestId }) =>
      signedInOf(await sessions.signIn('console', body, requestId)),
    'DELETE /console/v1/sessions/current': async ({ actor }) => {
      await sessions.signOut(actor)
      return null
    },
    'GET /console/v1/me': ({ actor }) => personOf(actor),
    'PUT /console/v1/me/password': async ({ body, ...call }) => {
      await sessions.changePassword(call, body)
      return null
    },
    'GET /console/v1/staff': async ({ actor, query }) => {
      const { items, ...counts } = await accounts.list(actor, query)
      return { items: items.map(colleagueOf), grantable: [...grantable(actor.role)], ...counts }
    },
    'POST /console/v1/staff': async ({ body, ...call }) => {
      const { staff, ...temporary } = await accounts.open(call, body)
      return { staff: colleagueOf(staff), ...passwordOf(temporary) }
    },
    'PUT /console/v1/staff/:staffId': async ({ params, body, ...call }) =>
      colleagueOf(await accounts.change(call, params.staffId, body)),
    'PUT /console/v1/staff/:staffId/active': async ({ params, body, ...call }) =>
      colleagueOf(await accounts.setActive(call, params.staffId, body.active)),
    'POST /console/v1/staff/:staffId/password': async ({ params, ...call }) =>
      passwordOf(await accounts.resetPassword(call, params.staffId)),
    'GET /console/v1/audit-events': async ({ actor, query }) => {
      const { items, total } = await readTrail(ctx, actor, query)
      return { items: items.map((item) => ({ ...item, at: item.at.toISOString() })), total }
    },
  })
}
