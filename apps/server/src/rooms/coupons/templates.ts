import type { CouponTemplateInput } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { maskName } from '#kernel/mask'
import { stepFault } from '#kernel/steps'
import type { Catalog } from '#room/catalog'
import type { Members } from '#room/members'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import {
  categoryMissing,
  grantedOut,
  memberMissing,
  skuMissing,
  templateMissing,
  templateOver,
  templateUnsound,
} from './problems.ts'
import * as sql from './templates.sql.ts'
import { effectFault } from './terms.ts'

export type TemplateInput = Static<typeof CouponTemplateInput>
export interface TemplateDeps {
  stores: Pick<Stores, 'require' | 'list'>
  staff: Staff
  members: Pick<Members, 'cards' | 'idsByPhoneTail'>
  catalog: Pick<Catalog, 'sellable' | 'hasCategory' | 'categoryName'>
}

/** In place of a store where a coupon holds in all: only head office has that in its scope. */
const EVERY_STORE = '*'

/** Templates of coupons, and how members come to have them. */
export function createTemplates({ db, clock }: Pick<Ctx, 'db' | 'clock'>, deps: TemplateDeps) {
  const { stores, staff, members, catalog } = deps

  const requireScope = (actor: StaffActor, storeIds: readonly string[] | null): void => {
    for (const id of storeIds ?? [EVERY_STORE]) staff.requireScope(actor, id)
  }
  const subjectOf = ({ id, storeIds }: Pick<sql.TemplateRow, 'id' | 'storeIds'>) => ({
    subject: `coupon_template:${id}`,
    storeId: (storeIds?.length === 1 && storeIds[0]) || null,
  })

  function requireSound(input: TemplateInput): void {
    const fault = effectFault(input) ?? stepFault(input.steps)
    if (fault) refuse(templateUnsound, { fault })
    for (const id of input.storeIds ?? []) stores.require(id)
    for (const categoryId of [...input.categoryIds, ...input.exceptCategoryIds])
      if (!catalog.hasCategory(categoryId)) refuse(categoryMissing, { categoryId })
    const storeIds = input.storeIds ?? stores.list().map(({ id }) => id)
    for (const skuId of [...input.skuIds, ...input.exceptSkuIds])
      if (!storeIds.some((storeId) => catalog.sellable(storeId, skuId))) refuse(skuMissing, { skuId })
  }

  /** A template of one's own stores that is not over, locked. */
  async function lockOpen(tx: Tx, { actor }: AuditedCall, id: string): Promise<sql.TemplateRow> {
    const template = (await sql.lockTemplate(tx, id)) ?? refuse(templateMissing, { templateId: id })
    requireScope(actor, template.storeIds)
    return template.endedAt ? refuse(templateOver, { templateId: id }) : template
  }

  return {
    async list(actor: StaffActor, { page = 1, limit = 20 }: { page?: number; limit?: number }) {
      const scope = staff.scopeOf(actor)
      const [items, total] = await Promise.all([
        sql.listTemplates(db, scope, { limit, offset: (page - 1) * limit }),
        sql.countTemplates(db, scope),
      ])
      return { items, total }
    },

    async add(call: AuditedCall, input: TemplateInput): Promise<sql.TemplateRow> {
      requireScope(call.actor, input.storeIds)
      requireSound(input)
      const stamp = { createdAt: clock.now(), createdBy: signature(call.actor) }
      const row = { ...input, ...stamp, id: newId(), granted: 0, endedAt: null, endedBy: null }
      await inTx(db, async (tx) => {
        await sql.insertTemplate(tx, row)
        await staff.audit(tx, call, { action: 'coupons.template_added', ...subjectOf(row), after: row })
      })
      return row
    },

    end: (call: AuditedCall, id: string): Promise<sql.TemplateRow> =>
      inTx(db, async (tx) => {
        const before = await lockOpen(tx, call, id)
        const stamp = { at: clock.now(), by: signature(call.actor) }
        if (!(await sql.endTemplate(tx, id, stamp))) refuse(templateOver, { templateId: id })
        const after = { ...before, endedAt: stamp.at, endedBy: stamp.by }
        await staff.audit(tx, call, {
          action: 'coupons.template_ended',
          ...subjectOf(before),
          before,
          after,
        })
        return after
      }),

    /** One coupon for each of these members, unless they have as many as one may have; all who can get it, or a refusal. */
    async grant(
      call: AuditedCall,
      id: string,
      { idempotencyKey: key, memberIds }: { idempotencyKey: string; memberIds: readonly string[] },
    ): Promise<{ granted: number; full: string[] }> {
      const known = await members.cards(memberIds)
      const unknown = memberIds.find((memberId) => !known.has(memberId))
      if (unknown !== undefined) refuse(memberMissing, { memberId: unknown })
      return inTx(db, async (tx) => {
        const template = await lockOpen(tx, call, id)
        const holders = await sql.listHolders(tx, id, memberIds, key)
        const fresh = memberIds.filter(
          (memberId) => !holders.some((each) => each.memberId === memberId && each.again),
        )
        const full = fresh.filter((memberId) =>
          holders.some((each) => each.memberId === memberId && each.had >= template.mostEach),
        )
        const rows = fresh
          .filter((memberId) => !full.includes(memberId))
          .map((memberId) => ({ id: newId(), memberId }))
        const left = template.most - template.granted
        if (rows.length > left) refuse(grantedOut, { left })
        const at = clock.now()
        const granted = await sql.grantCoupons(tx, {
          templateId: id,
          key,
          rows,
          expiresAt: instantOf(dayAfter(businessDay(at), template.validDays)),
          by: signature(call.actor),
          at,
        })
        if (granted > 0)
          await staff.audit(tx, call, {
            action: 'coupons.granted',
            ...subjectOf(template),
            before: { granted: template.granted },
            after: { granted: template.granted + granted, memberIds: rows.map(({ memberId }) => memberId) },
          })
        return { granted: memberIds.length - full.length, full }
      })
    },

    /** Members to grant to, by the tail of their phone: as little of them as tells two apart. */
    async findMembers(phoneTail: string) {
      const cards = await members.cards(await members.idsByPhoneTail(phoneTail))
      return [...cards.values()].map(({ id, nickname, phoneTail: tail }) => ({
        id,
        name: maskName(nickname),
        phoneTail: tail,
      }))
    },
  }
}
export type Templates = ReturnType<typeof createTemplates>
