import { COUPON_STATES, type CouponTemplate, type CouponTemplateInput } from '@linli/contract/coupons'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { stepFault } from '#kernel/steps'
import type { Catalog } from '#room/catalog'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
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
  wordTaken,
} from './problems.ts'
import * as sql from './templates.sql.ts'
import { leftOf } from './claims.ts'
import { effectFault, offerFault } from './terms.ts'
import type { HeldCoupon } from './desk.sql.ts'

export type TemplateInput = Static<typeof CouponTemplateInput>
export interface TemplateDeps {
  stores: Pick<Stores, 'require' | 'list'>
  staff: Staff
  messages: Pick<Messages, 'tell'>
  members: Pick<Members, 'cards' | 'atDesk' | 'idsBy' | 'phoneHashes' | 'connect'>
  catalog: Pick<Catalog, 'sellable' | 'hasCategory' | 'categoryName'>
  ledgers: Pick<Ledgers, 'desk' | 'pointsTerms' | 'returnGifts'>
}

/** In place of an id, of a coupon that is only thought of. */
const DRAFT = 'draft'
/** In place of a store where a coupon holds in all: only head office has that in its scope. */
const EVERY_STORE = '*'
/** Only who has all the stores of a template in their scope may change anything about it. */
export function requireScope(
  staff: Pick<Staff, 'requireScope'>,
  actor: StaffActor,
  storeIds: readonly string[] | null,
): void {
  for (const id of storeIds ?? [EVERY_STORE]) staff.requireScope(actor, id)
}
/** Does a template have to do with these stores? Null: with all of them. */
export const touches = (storeIds: readonly string[] | null, scope: readonly string[] | null): boolean =>
  scope === null || storeIds === null || storeIds.some((id) => scope.includes(id))

type Counts = Static<typeof CouponTemplate>['counts']
export type CountedTemplate = sql.TemplateRow & { counts: Counts }
export interface TemplateQuery {
  state?: 'open' | 'over'
  kind?: sql.TemplateRow['kind']
  storeId?: string
  q?: string
  page?: number
  limit?: number
}

/** Templates of coupons, and how members come to have them. */
export function createTemplates({ db, clock }: Pick<Ctx, 'db' | 'clock'>, deps: TemplateDeps) {
  const { stores, staff, members, catalog } = deps

  async function counted(rows: readonly sql.TemplateRow[]): Promise<CountedTemplate[]> {
    const found = await sql.countCoupons(
      db,
      rows.map(({ id }) => id),
    )
    const of = (id: string, state: keyof Counts): number =>
      found.find((each) => each.templateId === id && each.state === state)?.count ?? 0
    return rows.map((row) => ({
      ...row,
      counts: Object.fromEntries(COUPON_STATES.map((state) => [state, of(row.id, state)])) as Counts,
    }))
  }
  const countedOne = async (row: sql.TemplateRow): Promise<CountedTemplate> => {
    const [one] = await counted([row])
    return one ?? refuse(templateMissing, { templateId: row.id })
  }
  const subjectOf = ({ id, storeIds }: Pick<sql.TemplateRow, 'id' | 'storeIds'>) => ({
    subject: `coupon_template:${id}`,
    storeId: (storeIds?.length === 1 && storeIds[0]) || null,
  })

  function requireSound(input: TemplateInput): void {
    const fault = effectFault(input) ?? stepFault(input.steps) ?? offerFault(input)
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
    requireScope(staff, actor, template.storeIds)
    return template.endedAt ? refuse(templateOver, { templateId: id }) : template
  }

  return {
    lockOpen,
    async list(
      actor: StaffActor,
      { state, kind, storeId, q, page = 1, limit = 20 }: TemplateQuery,
    ): Promise<{ items: CountedTemplate[]; total: number; counts: { open: number; over: number } }> {
      if (storeId !== undefined) staff.requireScope(actor, storeId)
      const filter = {
        storeIds: storeId === undefined ? staff.scopeOf(actor) : [storeId],
        kind,
        q: q?.trim() || undefined,
      }
      const [items, counts] = await Promise.all([
        sql.listTemplates(db, filter, { state, limit, offset: (page - 1) * limit }),
        sql.countTemplates(db, filter),
      ])
      const total = state === undefined ? counts.open + counts.over : counts[state]
      return { items: await counted(items), total, counts }
    },

    /** One template that touches one's own stores. */
    async find(actor: StaffActor, id: string): Promise<CountedTemplate> {
      const row = await sql.findTemplate(db, id)
      return row && touches(row.storeIds, staff.scopeOf(actor))
        ? countedOne(row)
        : refuse(templateMissing, { templateId: id })
    },

    /** A coupon of terms that are only thought of, as if somebody held it; refuses what `add` would refuse of them. */
    draft(input: TemplateInput): HeldCoupon {
      requireSound(input)
      const at = clock.now()
      return {
        ...input,
        couponId: DRAFT,
        templateId: DRAFT,
        memberId: DRAFT,
        state: 'UNUSED',
        boughtBefore: false,
        startsAt: at,
        expiresAt: instantOf(dayAfter(businessDay(at), input.validDays)),
      }
    },

    async add(call: AuditedCall, input: TemplateInput): Promise<CountedTemplate> {
      requireScope(staff, call.actor, input.storeIds)
      requireSound(input)
      const stamp = { createdAt: clock.now(), createdBy: signature(call.actor) }
      const row = {
        ...input,
        ...stamp,
        id: newId(),
        word: input.word?.toUpperCase() ?? null,
        opensAt: input.opensAt === null ? null : new Date(input.opensAt),
        closesAt: input.closesAt === null ? null : new Date(input.closesAt),
        granted: 0,
        grantedDay: null,
        grantedToday: 0,
        usedFen: 0,
        endedAt: null,
        endedBy: null,
      }
      await inTx(db, async (tx) => {
        await sql.insertTemplate(tx, row).catch((error: unknown) => {
          if (violates(error, 'coupon_template_word')) return refuse(wordTaken)
          throw error
        })
        await staff.audit(tx, call, { action: 'coupons.template_added', ...subjectOf(row), after: row })
      })
      return countedOne(row)
    },

    async end(call: AuditedCall, id: string): Promise<CountedTemplate> {
      const ended = await inTx(db, async (tx) => {
        const before = await lockOpen(tx, call, id)
        const stamp = { at: clock.now(), by: signature(call.actor) }
        if (!(await sql.endTemplate(tx, id, stamp))) refuse(templateOver, { templateId: id })
        const after = { ...before, endedAt: stamp.at, endedBy: stamp.by }
        await staff.audit(tx, call, { action: 'coupons.template_ended', ...subjectOf(before), before, after })
        return after
      })
      return countedOne(ended)
    },

    /** One coupon for each of these members, unless they have as many as one may have; all who can get it, or a refusal. */
    async grant(
      call: AuditedCall,
      id: string,
      { idempotencyKey: key, memberIds }: { idempotencyKey: string; memberIds: readonly string[] },
    ): Promise<{ granted: { memberId: string; couponId: string }[]; full: string[] }> {
      const known = await members.cards(memberIds)
      const unknown = memberIds.find((memberId) => !known.has(memberId))
      if (unknown !== undefined) refuse(memberMissing, { memberId: unknown })
      const phones = await members.phoneHashes(memberIds)
      return inTx(db, async (tx) => {
        const template = await lockOpen(tx, call, id)
        const people = memberIds.map((memberId) => ({ memberId, phone: phones.get(memberId) ?? null }))
        const holders = await sql.listHolders(tx, id, people, key)
        const fresh = people.filter(
          ({ memberId }) => !holders.some((each) => each.memberId === memberId && each.again),
        )
        const full = fresh.filter(({ memberId }) =>
          holders.some((each) => each.memberId === memberId && each.had >= template.mostEach),
        )
        const rows = fresh.filter((each) => !full.includes(each)).map((each) => ({ ...each, id: newId() }))
        const at = clock.now()
        const today = businessDay(at)
        const { left } = leftOf(template, today)
        if (rows.length > left) refuse(grantedOut, { left })
        const granted = await sql.grantCoupons(tx, {
          templateId: id,
          key,
          rows,
          today,
          expiresAt: instantOf(dayAfter(today, template.validDays)),
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
        return {
          granted: await sql.listGranted(tx, { templateId: id, key, memberIds }),
          full: full.map(({ memberId }) => memberId),
        }
      })
    },
  }
}
export type Templates = ReturnType<typeof createTemplates>
