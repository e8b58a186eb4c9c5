/**
 * Staff: accounts, roles, the stores people may see, their sessions, and the trail of what they did.
 *
 * Owns staff, staff_store, staff_login_guard, staff_session and audit_event. Promises that a caller is who the token says, that a session which
 * was ended is refused in every process, that guessing passwords slows down per account name, that a password somebody else made serves for choosing one's own and
 * nothing else, that head office is never without an active account, and that the trail is only ever added to. Tells others who may do what where.
 */
import { inScope, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import { createAccounts } from './accounts.ts'
import { type Audit, createAudit } from './audit.ts'
import { type StaffDesk, staffDesk } from './desk.sql.ts'
import { outOfScope } from './problems.ts'
import { createRoster } from './roster.ts'
import { mountStaff } from './routes.ts'
import { createSessions } from './sessions.ts'

export type { Audit, AuditedCall, AuditedChange } from './audit.ts'
export { openHeadOffice, resetByHand } from './by-hand.ts'
export { type DeskAudit, type DeskAuditor, type StaffDesk, staffDesk } from './desk.sql.ts'
export { hashPassword } from './passwords.ts'

export interface Staff {
  /** Who is calling, by token; refuses with `session.ended`. */
  authenticate(bearer: string, access: 'staff' | 'console'): Promise<StaffActor>
  /** Refuses with `staff.out_of_scope` when the store is not one of theirs. */
  requireScope(actor: StaffActor, storeId: string): void
  /** Stores the person may see; null means all. */
  scopeOf(actor: StaffActor): readonly string[] | null
  audit: Audit
  desk: StaffDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createStaff(ctx: Ctx): Promise<Staff> {
  const audit = createAudit(ctx)
  const roster = await createRoster(ctx)
  const sessions = await createSessions(ctx, roster, audit)
  const accounts = createAccounts(ctx, roster, audit)
  if (!roster.hasHeadOffice())
    ctx.log.warn('nobody can sign in to the console yet: npm run staff -- add ACCOUNT NAME')
  return {
    authenticate: async (bearer, access) => sessions.authenticate(bearer, access),
    requireScope: (actor, storeId) => (inScope(actor, storeId) ? undefined : refuse(outOfScope, { storeId })),
    scopeOf: (actor) => actor.storeIds,
    audit,
    desk: staffDesk,
    routes: (http) => mountStaff(http, ctx, sessions, accounts),
    sweeps: [{ name: 'staff.sessions', seconds: 3600, run: () => sessions.sweep() }],
  }
}
