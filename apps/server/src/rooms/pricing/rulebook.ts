import type { PriceRuleInput } from '@linli/contract/pricing'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { stepFault } from '#kernel/steps'
import type { Catalog } from '#room/catalog'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import * as sql from './price-rules.sql.ts'
import { categoryMissing, ruleMissing, ruleOver, rulesFull, ruleUnsound, skuMissing } from './problems.ts'
import { periodFault } from './soundness.ts'
import { EVERYTHING, type StepTerm } from './terms.ts'

export type RuleInput = Static<typeof PriceRuleInput>
export interface RuleQuery {
  state?: 'planned' | 'live' | 'over'
  page?: number
  limit?: number
}
export interface RulebookDeps {
  stores: Pick<Stores, 'require' | 'list'>
  staff: Staff
  catalog: Pick<Catalog, 'sellable' | 'hasCategory'>
}

/** The rules that are live or planned, in memory; the table says when to read them again. */
export interface Rulebook {
  /** What this store takes off at this instant. What is only planned is nobody's business yet. */
  rulesOf(storeId: string, at: Date): readonly StepTerm[]
  list(
    actor: StaffActor,
    query: RuleQuery,
  ): Promise<{ items: sql.RuleRow[]; total: number; counts: sql.RuleCounts }>
  /** A rule that does not exist yet, as if it were live; refuses what `add` would refuse of its terms. */
  draft(input: RuleInput): StepTerm
  add(call: AuditedCall, input: RuleInput): Promise<sql.RuleRow>
  end(call: AuditedCall, id: string): Promise<sql.RuleRow>
}

/** Live and planned together: every quote of a store looks at each of them. */
const MOST_OPEN = 200

const termOf = (row: sql.RuleRow): StepTerm => ({
  id: row.id,
  label: row.label,
  stage: row.stage,
  steps: row.steps,
  stackGroup: row.stackGroup,
  exclusiveWith: row.exclusiveWith,
  appliesTo: {
    ...EVERYTHING,
    storeIds: row.storeIds,
    categoryIds: row.categoryIds,
    skuIds: row.skuIds,
    exceptCategoryIds: row.exceptCategoryIds,
    exceptSkuIds: row.exceptSkuIds,
    fulfilments: row.stage === 'pickup' ? ['pickup'] : null,
  },
  funding: row.funding,
  maxOffFen: row.maxOffFen,
  from: row.startsAt,
  until: row.endsAt,
})

/** In place of a store where a rule speaks of all: only head office has that in its scope. */
const EVERY_STORE = '*'
function requireScope(staff: Staff, actor: StaffActor, storeIds: readonly string[] | null): void {
  for (const id of storeIds ?? [EVERY_STORE]) staff.requireScope(actor, id)
}

function requireSound({ stores, catalog }: RulebookDeps, input: RuleInput, rule: sql.NewRule): void {
  const fault = stepFault(input.steps) ?? periodFault(rule, rule.createdAt)
  if (fault) refuse(ruleUnsound, { fault })
  for (const id of input.storeIds ?? []) stores.require(id)
  for (const categoryId of [...input.categoryIds, ...input.exceptCategoryIds])
    if (!catalog.hasCategory(categoryId)) refuse(categoryMissing, { categoryId })
  const storeIds = input.storeIds ?? stores.list().map(({ id }) => id)
  for (const skuId of [...input.skuIds, ...input.exceptSkuIds])
    if (!storeIds.some((storeId) => catalog.sellable(storeId, skuId))) refuse(skuMissing, { skuId })
}

/** The trail of a store holds what is that store's alone. */
const subjectOf = ({ id, storeIds }: sql.NewRule) => ({
  subject: `price_rule:${id}`,
  storeId: (storeIds?.length === 1 && storeIds[0]) || null,
})

const newRule = (input: RuleInput, createdAt: Date, createdBy: string): sql.NewRule => ({
  ...input,
  id: newId(),
  startsAt: new Date(input.startsAt),
  endsAt: input.endsAt === null ? null : new Date(input.endsAt),
  createdAt,
  createdBy,
})

type Kept = Pick<Ctx, 'db' | 'clock' | 'listener' | 'log'>

/** Open rules in memory, read again whenever the table says so. */
async function keepOpen({
  db,
  clock,
  listener,
  log,
}: Kept): Promise<Pick<Rulebook, 'rulesOf'> & { reload(): Promise<void> }> {
  let open: readonly StepTerm[] = []
  const reload = oneAtATime(async () => {
    open = (await sql.listOpen(db, clock.now())).map(termOf)
  })
  const again = untilFresh(reload, (error) => {
    log.error({ err: error }, 'price rules could not be read again')
  })
  await listener.on('price_rules', again)
  listener.onReconnect(again)
  await reload()
  return {
    reload,
    rulesOf: (storeId, at) =>
      open.filter(
        ({ appliesTo, from, until }) =>
          (appliesTo.storeIds?.includes(storeId) ?? true) && from <= at && (until === null || at < until),
      ),
  }
}

/** Refuses when as many rules are open as every quote can bear; additions take turns. */
async function requireRoom(tx: Tx, at: Date): Promise<void> {
  await sql.lockRules(tx)
  if ((await sql.countOpen(tx, at)) >= MOST_OPEN) refuse(rulesFull, { most: MOST_OPEN })
}

export async function createRulebook(ctx: Kept, deps: RulebookDeps): Promise<Rulebook> {
  const { db, clock } = ctx
  const { staff } = deps
  const { reload, rulesOf } = await keepOpen(ctx)

  async function end(tx: Tx, call: AuditedCall, id: string): Promise<sql.RuleRow> {
    const before = (await sql.lockRule(tx, id)) ?? refuse(ruleMissing, { ruleId: id })
    requireScope(staff, call.actor, before.storeIds)
    const stamp = { at: clock.now(), by: signature(call.actor) }
    if (!(await sql.endRule(tx, id, stamp))) refuse(ruleOver, { ruleId: id })
    const after = { ...before, endedAt: stamp.at, endedBy: stamp.by }
    await staff.audit(tx, call, { action: 'pricing.rule_ended', ...subjectOf(before), before, after })
    return after
  }

  return {
    rulesOf,

    async list(actor, { state, page = 1, limit = 20 }) {
      const filter = { state, storeIds: staff.scopeOf(actor), at: clock.now() }
      const [items, counts] = await Promise.all([
        sql.listRules(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countRules(db, filter),
      ])
      const total = state ? counts[state] : counts.planned + counts.live + counts.over
      return { items, total, counts }
    },

    draft(input) {
      const rule = { ...newRule(input, clock.now(), 'draft'), endedAt: null, endedBy: null }
      requireSound(deps, input, rule)
      return { ...termOf(rule), from: rule.createdAt, until: null }
    },

    async add(call, input) {
      const rule = newRule(input, clock.now(), signature(call.actor))
      requireScope(staff, call.actor, input.storeIds)
      requireSound(deps, input, rule)
      await inTx(db, async (tx) => {
        if (rule.replaces !== null) await end(tx, call, rule.replaces)
        await requireRoom(tx, rule.createdAt)
        await sql.insertRule(tx, rule)
        await staff.audit(tx, call, { action: 'pricing.rule_added', ...subjectOf(rule), after: rule })
      })
      await reload()
      return { ...rule, endedAt: null, endedBy: null }
    },

    async end(call, id) {
      const ended = await inTx(db, (tx) => end(tx, call, id))
      await reload()
      return ended
    },
  }
}
