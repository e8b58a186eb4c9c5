import type { Output } from '@linli/contract'
import type { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import { randomInt } from 'node:crypto'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { AuditedCall, Staff } from '#room/staff'
import { takeAccount } from './ledger.sql.ts'
import { decidedNotice } from './notices.ts'
import * as problems from './problems.ts'
import * as sql from './promoters.sql.ts'
import type { KeptTerms } from './terms.ts'

export interface ApplyingRoom {
  ctx: Pick<Ctx, 'db' | 'clock'>
  terms: KeptTerms
  staff: Pick<Staff, 'audit'>
  members: Pick<Members, 'atDesk' | 'idsBy'>
  messages: Pick<Messages, 'tell'>
}
type Applications = Output<(typeof consoleCommissionRoutes)['GET /console/v1/promoter-applications']>
type Promoters = Output<(typeof consoleCommissionRoutes)['GET /console/v1/promoters']>
type Asked = { page?: number; limit?: number }
const pageOf = ({ page = 1, limit = 20 }: Asked) => ({ limit, offset: (page - 1) * limit })

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
const KEY_LENGTH = 12
const newKey = (): string =>
  Array.from({ length: KEY_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

export const sumsOf = ({
  pendingFen,
  frozenFen,
  availableFen,
  withdrawingFen,
  paidFen,
}: sql.PromoterRow | Omit<Promoters['items'][number]['sums'], never>) => ({
  pendingFen,
  frozenFen,
  availableFen,
  withdrawingFen,
  paidFen,
})

/** Who may promote, and at which level. Nothing is asked for it and nothing is paid for bringing others to it. */
export function createApplying({ ctx: { db, clock }, terms, staff, members, messages }: ApplyingRoom) {
  const requireLevel = (code: string): void => {
    if (!terms.latest()?.levels.some((level) => level.code === code)) refuse(problems.levelUnknown)
  }
  const someone = async (ids: readonly (string | null)[]) => {
    const known = await members.atDesk([...new Set(ids.filter((id) => id !== null))])
    return (id: string) => known.get(id) ?? { id, name: '', phoneTail: null }
  }
  async function approve(tx: Tx, call: AuditedCall, application: sql.ApplicationRow, level: string) {
    const { id: applicationId, memberId, inviterId } = application
    const at = clock.now()
    const by = signature(call.actor)
    if (!(await sql.decide(tx, applicationId, { state: 'APPROVED', at, by, reason: null })))
      refuse(problems.applicationDecided)
    const { accountId } = await takeAccount(tx, { memberId })
    await sql.insertPromoter(tx, { memberId, accountId, applicationId, key: newKey(), inviterId, since: at })
    await sql.insertStanding(tx, { promoterId: memberId, active: true, level, at, by, reason: '通过申请' })
    await messages.tell(tx, [decidedNotice(application, at, null)])
  }
  const lock = async (tx: Tx, id: string) =>
    (await sql.lockApplication(tx, id)) ?? refuse(problems.applicationMissing)

  return {
    async apply(memberId: string, { words, invite }: { words: string; invite?: string }): Promise<void> {
      if (!terms.now()) refuse(problems.off)
      const at = clock.now()
      const inviter = invite === undefined ? undefined : await sql.findPromoter(db, { key: invite }, at)
      if (invite !== undefined && (!inviter?.active || inviter.memberId === memberId))
        refuse(problems.keyUnknown)
      if (await sql.findPromoter(db, { memberId }, at)) refuse(problems.appliedAlready)
      const row = { id: newId(), memberId, inviterId: inviter?.memberId ?? null, words, at }
      if (!(await inOneStatement(db, (tx) => sql.insertApplication(tx, row)))) refuse(problems.appliedAlready)
    },

    approve: (call: AuditedCall, id: string, level: string): Promise<void> => {
      requireLevel(level)
      return inTx(db, async (tx) => {
        const application = await lock(tx, id)
        await approve(tx, call, application, level)
        await staff.audit(tx, call, {
          action: 'commissions.approved',
          subject: `promoter:${application.memberId}`,
          after: { level },
        })
      })
    },

    refuse: (call: AuditedCall, id: string, reason: string): Promise<void> =>
      inTx(db, async (tx) => {
        const application = await lock(tx, id)
        const decision = { state: 'REFUSED', at: clock.now(), by: signature(call.actor), reason } as const
        if (!(await sql.decide(tx, id, decision))) refuse(problems.applicationDecided)
        await messages.tell(tx, [decidedNotice(application, decision.at, reason)])
        await staff.audit(tx, call, {
          action: 'commissions.refused',
          subject: `promoter:${application.memberId}`,
          after: { reason },
        })
      }),

    /** Counts for orders placed from now on. */
    setStanding: (
      call: AuditedCall,
      memberId: string,
      { active, level, reason }: { active: boolean; level: string; reason: string },
    ): Promise<void> => {
      requireLevel(level)
      return inTx(db, async (tx) => {
        if (!(await sql.lockPromoter(tx, memberId))) refuse(problems.promoterMissing)
        const at = clock.now()
        const before = (await sql.findPromoter(tx, { memberId }, at)) ?? refuse(problems.promoterMissing)
        if (before.active === active && before.level === level) refuse(problems.standingSame)
        const by = signature(call.actor)
        await sql.insertStanding(tx, { promoterId: memberId, active, level, at, by, reason })
        await staff.audit(tx, call, {
          action: 'commissions.standing_set',
          subject: `promoter:${memberId}`,
          before: { active: before.active, level: before.level },
          after: { active, level, reason },
        })
      })
    },

    async applications({ state, ...asked }: Asked & { state?: sql.ApplicationState }): Promise<Applications> {
      const [rows, total] = await Promise.all([
        sql.listApplications(db, { state, ...pageOf(asked) }),
        sql.countApplications(db, state),
      ])
      const who = await someone(rows.flatMap(({ memberId, inviterId }) => [memberId, inviterId]))
      return {
        items: rows.map(({ memberId, inviterId, at, decidedAt, ...row }) => ({
          ...row,
          member: who(memberId),
          inviter: inviterId === null ? null : who(inviterId),
          at: at.toISOString(),
          decidedAt: decidedAt?.toISOString() ?? null,
        })),
        total,
      }
    },

    async promoters({ q, ...asked }: Asked & { q?: string }): Promise<Promoters> {
      const memberIds = q === undefined || q.trim() === '' ? null : await members.idsBy(q)
      const [rows, total] = await Promise.all([
        sql.listPromoters(db, { memberIds, at: clock.now(), ...pageOf(asked) }),
        sql.countPromoters(db, memberIds),
      ])
      const who = await someone(rows.flatMap(({ memberId, inviterId }) => [memberId, inviterId]))
      return {
        items: rows.map((row) => ({
          member: who(row.memberId),
          accountId: row.accountId,
          active: row.active,
          level: row.level,
          since: row.since.toISOString(),
          inviter: row.inviterId === null ? null : who(row.inviterId),
          bound: row.bound,
          sums: sumsOf(row),
        })),
        total,
      }
    },
  }
}
export type Applying = ReturnType<typeof createApplying>
