import type { GrantedCoupon } from '@linli/contract/console-coupons'
import type { CouponTemplate } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AtDesk } from '#room/members'
import type { AuditedCall } from '#room/staff'
import type { CouponState } from './coupons.ts'
import * as sql from './granted.sql.ts'
import { couponMissing } from './problems.ts'
import { requireScope, type TemplateDeps, touches } from './templates.ts'

type Granted = Static<typeof GrantedCoupon>
export type Counts = Static<typeof CouponTemplate>['counts']

const nobody = (id: string): AtDesk => ({ id, name: '', phoneTail: null })
const shown = (row: sql.GrantedRow, members: ReadonlyMap<string, AtDesk>): Granted => ({
  id: row.id,
  templateId: row.templateId,
  label: row.label,
  member: members.get(row.memberId) ?? nobody(row.memberId),
  state: row.state,
  grantedAt: row.grantedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  orderId: row.orderId,
})

/** Coupons in members' hands, as head office looks after them. */
export function createGranted(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { staff, members, ledgers }: Pick<TemplateDeps, 'staff' | 'members' | 'ledgers'>,
) {
  const atDesk = (rows: readonly sql.GrantedRow[]) =>
    members.atDesk([...new Set(rows.map(({ memberId }) => memberId))])
  return {
    async list(
      templateId: string,
      { state, q, page = 1, limit = 20 }: { state?: CouponState; q?: string; page?: number; limit?: number },
    ): Promise<{ items: Granted[]; total: number }> {
      const memberIds = q === undefined ? undefined : await members.idsBy(q)
      const filter = { templateId, state, memberIds }
      const [rows, total] = await Promise.all([
        sql.listGrantedOf(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countGrantedOf(db, filter),
      ])
      const known = await atDesk(rows)
      return { items: rows.map((row) => shown(row, known)), total }
    },

    async show(actor: StaffActor, id: string) {
      const row = await sql.findGranted(db, id)
      if (!row || !touches(row.storeIds, staff.scopeOf(actor))) return refuse(couponMissing, { couponId: id })
      const [known, events] = await Promise.all([atDesk([row]), sql.listEvents(db, id)])
      return {
        ...shown(row, known),
        events: events.map(({ at, expiresAt, ...event }) => ({
          ...event,
          expiresAt: expiresAt.toISOString(),
          at: at.toISOString(),
        })),
      }
    },

    /** Takes coupons away that nobody has used. What an order has, and what is over, stays, and the answer says so. */
    withdraw: (
      call: AuditedCall,
      { couponIds, reason }: { couponIds: readonly string[]; reason: string },
    ): Promise<{ withdrawn: string[]; kept: { couponId: string; state: CouponState }[] }> =>
      inTx(db, async (tx) => {
        const rows = await sql.lockGranted(tx, couponIds)
        const unknown = couponIds.find((id) => !rows.some((row) => row.id === id))
        if (unknown !== undefined) refuse(couponMissing, { couponId: unknown })
        for (const { storeIds } of rows) requireScope(staff, call.actor, storeIds)
        const at = clock.now()
        const withdrawn = await sql.withdrawCoupons(tx, {
          ids: couponIds,
          reason: reason.trim(),
          by: signature(call.actor),
          at,
        })
        await ledgers.returnGifts(tx, withdrawn, { by: signature(call.actor), at })
        for (const [templateId, ids] of Map.groupBy(withdrawn, (id) => templateOf(rows, id)))
          await staff.audit(tx, call, {
            action: 'coupons.withdrawn',
            subject: `coupon_template:${templateId}`,
            storeId: null,
            after: { reason: reason.trim(), couponIds: ids },
          })
        return {
          withdrawn: couponIds.filter((id) => withdrawn.includes(id)),
          kept: rows
            .filter(({ id }) => !withdrawn.includes(id))
            // The sweep comes by the minute: what is over is over at once.
            .map(({ id, state }) => ({ couponId: id, state: state === 'UNUSED' ? 'EXPIRED' : state })),
        }
      }),
  }
}
export type GrantedCoupons = ReturnType<typeof createGranted>

const templateOf = (rows: readonly sql.GrantedRow[], id: string): string =>
  rows.find((row) => row.id === id)?.templateId ?? ''
