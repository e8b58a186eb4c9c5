import type { Input } from '@linli/contract'
import type { consoleStaffRoutes } from '@linli/contract/staff'
import type { StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './accounts.sql.ts'
import type { Audit, AuditedCall } from './audit.ts'
import { endSessions, type Ending } from './ending.ts'
import { hashPassword, newTemporaryPassword, temporaryUntil } from './passwords.ts'
import {
  accountMissing,
  accountTaken,
  lastHeadOffice,
  outOfReach,
  outOfScope,
  storesUnfit,
  yourself,
} from './problems.ts'
import { grantable, looksAfter, type Post, type RoleName, sees, storesFit } from './reach.ts'
import { roleOf } from './roles.ts'
import type { Roster } from './roster.ts'
import { forgetTries } from './sessions.sql.ts'

type Routes = typeof consoleStaffRoutes
export type AccountQuery = NonNullable<Input<Routes['GET /console/v1/staff']>['query']>
export type AccountWish = Input<Routes['POST /console/v1/staff']>['body']
export type AccountChange = Input<Routes['PUT /console/v1/staff/:staffId']>['body']

export type Account = Omit<sql.AccountRow, 'storeIds'> & Post & { role: RoleName; editable: boolean }
export interface TemporaryPassword {
  password: string
  passwordTemporaryUntil: Date
}

/** Opening, changing and closing the accounts of those who work here. Nobody changes their own. */
export interface Accounts {
  list(
    actor: StaffActor,
    query: AccountQuery,
  ): Promise<{ items: Account[]; total: number; active: number; inactive: number }>
  open(call: AuditedCall, wish: AccountWish): Promise<TemporaryPassword & { staff: Account }>
  change(call: AuditedCall, id: string, change: AccountChange): Promise<Account>
  setActive(call: AuditedCall, id: string, active: boolean): Promise<Account>
  resetPassword(call: AuditedCall, id: string): Promise<TemporaryPassword>
}

const postOf = ({ role, storeIds }: sql.AccountRow): Post => ({
  role,
  storeIds: roleOf(role).everyStore ? null : storeIds,
})
const accountFor =
  (actor: StaffActor) =>
  (row: sql.AccountRow): Account => ({
    ...row,
    ...postOf(row),
    role: row.role,
    editable: row.id !== actor.staffId && looksAfter(actor, postOf(row)),
  })
/** What the trail keeps of an account. */
const tracked = ({ name, role, storeIds, active }: sql.AccountRow) => ({ name, role, storeIds, active })

export function createAccounts(ctx: Ctx, roster: Roster, audit: Audit): Accounts {
  const { clock, config, db } = ctx
  const withDemo = !config.production

  function mayGrant(actor: StaffActor, { role, storeIds }: { role: RoleName; storeIds: readonly string[] }) {
    if (!grantable(actor.role).includes(role)) refuse(outOfReach, { role })
    if (!storesFit(role, storeIds)) refuse(storesUnfit, { role, storeIds })
    const foreign = storeIds.find((id) => actor.storeIds !== null && !actor.storeIds.includes(id))
    if (foreign !== undefined) refuse(outOfScope, { storeId: foreign })
  }

  /** The account, locked, if the actor may change it. */
  async function take(tx: Tx, actor: StaffActor, id: string): Promise<sql.AccountRow> {
    const row = await sql.lockAccount(tx, id)
    if (!row || (row.demo && !withDemo) || !sees(actor, postOf(row)))
      return refuse(accountMissing, { staffId: id })
    if (row.id === actor.staffId) return refuse(yourself)
    return looksAfter(actor, postOf(row)) ? row : refuse(outOfReach, { role: row.role })
  }

  /** Takes head-office accounts first and in order, so that the last of them is known for certain. */
  async function takeKeepingHeadOffice(tx: Tx, actor: StaffActor, id: string, stays: boolean) {
    const heads = await sql.lockHeadOffices(tx, withDemo)
    const row = await take(tx, actor, id)
    if (!stays && heads.every((head) => head.id === id)) refuse(lastHeadOffice)
    return row
  }

  async function putStores(tx: Tx, id: string, storeIds: readonly string[]): Promise<void> {
    await sql.dropStores(tx, id, storeIds)
    if (storeIds.length === 0) return
    await sql.addStores(tx, id, storeIds).catch((error: unknown) => {
      if (violates(error, 'staff_store_store_id_fkey')) refuse(storesUnfit, { storeIds })
      throw error
    })
  }

  /** Writes the new state of an account with its event, and ends what it may no longer do. */
  async function write(
    tx: Tx,
    call: AuditedCall,
    { action, before, after }: { action: string; before: sql.AccountRow; after: sql.AccountRow },
  ): Promise<Ending> {
    await sql.updateAccount(tx, after.id, after)
    await putStores(tx, after.id, after.storeIds)
    const subject = `staff:${after.account}`
    await audit(tx, call, { action, subject, before: tracked(before), after: tracked(after) })
    const stays = after.active && after.role === before.role
    return stays ? [] : endSessions(tx, { staffId: after.id, at: clock.now() })
  }

  async function settle(actor: StaffActor, id: string, ended: Ending): Promise<Account> {
    for (const { id: sessionId, expiresAt } of ended) ctx.tokens.end(sessionId, expiresAt)
    await roster.reload()
    const row = (await sql.findAccount(db, id)) ?? refuse(accountMissing, { staffId: id })
    return accountFor(actor)(row)
  }

  return {
    async list(actor, { q, role, storeId, active, page = 1, limit = 20 }) {
      if (storeId !== undefined && actor.storeIds && !actor.storeIds.includes(storeId))
        refuse(outOfScope, { storeId })
      const filter = { storeIds: actor.storeIds, q: q?.trim() || undefined, role, storeId, withDemo }
      const [rows, counts] = await Promise.all([
        sql.listAccounts(db, { ...filter, active }, { limit, offset: (page - 1) * limit }),
        sql.countAccounts(db, filter),
      ])
      const all = counts.active + counts.inactive
      const total = active === undefined ? all : active ? counts.active : counts.inactive
      return { items: rows.map(accountFor(actor)), total, ...counts }
    },

    async open(call, wish) {
      mayGrant(call.actor, wish)
      const { account, name, role, storeIds } = wish
      const id = newId()
      const password = newTemporaryPassword()
      const passwordTemporaryUntil = temporaryUntil(clock.now())
      const passwordHash = await hashPassword(password)
      await inTx(db, async (tx) => {
        const fresh = { id, account, name, role, passwordHash, passwordTemporaryUntil }
        if (!(await sql.insertAccount(tx, fresh))) refuse(accountTaken, { account })
        await putStores(tx, id, storeIds)
        await audit(tx, call, {
          action: 'staff.account_opened',
          subject: `staff:${account}`,
          after: { name, role, storeIds },
        })
      })
      return { staff: await settle(call.actor, id, []), password, passwordTemporaryUntil }
    },

    async change(call, id, change) {
      const { actor } = call
      const ended = await inTx(db, async (tx) => {
        const before = await takeKeepingHeadOffice(tx, actor, id, change.role === 'hq')
        mayGrant(actor, change)
        const after = { ...before, ...change, storeIds: change.storeIds.toSorted() }
        return write(tx, call, { action: 'staff.account_changed', before, after })
      })
      return settle(actor, id, ended)
    },

    async setActive(call, id, active) {
      const { actor } = call
      const ended = await inTx(db, async (tx) => {
        const before = await takeKeepingHeadOffice(tx, actor, id, active)
        if (before.active === active) return []
        const action = active ? 'staff.account_enabled' : 'staff.account_disabled'
        return write(tx, call, { action, before, after: { ...before, active } })
      })
      return settle(actor, id, ended)
    },

    async resetPassword(call, id) {
      const { actor } = call
      const password = newTemporaryPassword()
      const at = clock.now()
      const until = temporaryUntil(at)
      const passwordHash = await hashPassword(password)
      const ended = await inTx(db, async (tx) => {
        const row = await take(tx, actor, id)
        await sql.putTemporaryPassword(tx, id, { passwordHash, until })
        // Whoever forgot the password has usually locked the name as well.
        await forgetTries(tx, row.account.toLowerCase())
        await audit(tx, call, { action: 'staff.password_reset', subject: `staff:${row.account}` })
        return endSessions(tx, { staffId: id, at })
      })
      await settle(actor, id, ended)
      return { password, passwordTemporaryUntil: until }
    },
  }
}
