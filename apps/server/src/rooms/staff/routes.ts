import { consoleStaffRoutes, staffRoutes } from '@linli/contract/staff'
import type { Ctx } from '#kernel/ctx'
import { type Http, mount } from '#kernel/http'
import { readTrail } from './audit.ts'
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

export function mountStaff(http: Http, ctx: Ctx, sessions: StaffSessions): void {
  mount(http, staffRoutes, {
    'POST /staff/v1/sessions': async ({ body, requestId }) =>
      signedInOf(await sessions.signIn('floor', body, requestId)),
    'DELETE /staff/v1/sessions/current': async ({ actor }) => {
      await sessions.signOut(actor)
      return null
    },
    'GET /staff/v1/me': ({ actor }) => personOf(actor),
  })
  mount(http, consoleStaffRoutes, {
    'POST /console/v1/sessions': async ({ body, requestId }) =>
      signedInOf(await sessions.signIn('console', body, requestId)),
    'DELETE /console/v1/sessions/current': async ({ actor }) => {
      await sessions.signOut(actor)
      return null
    },
    'GET /console/v1/me': ({ actor }) => personOf(actor),
    'PUT /console/v1/me/password': async ({ actor, requestId, body }) => {
      await sessions.changePassword({ actor, requestId }, body)
      return null
    },
    'GET /console/v1/audit-events': async ({ actor, query }) => {
      const { items, total } = await readTrail(ctx, actor, query)
      return { items: items.map((item) => ({ ...item, at: item.at.toISOString() })), total }
    },
  })
}
