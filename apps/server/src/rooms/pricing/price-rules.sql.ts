import type { PriceRule as PriceRuleSchema } from '@linli/contract/pricing'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Reader, Tx } from '#kernel/db'

type Wire = Static<typeof PriceRuleSchema>
/** A rule as it is kept. */
export interface RuleRow extends Omit<Wire, 'state' | 'startsAt' | 'endsAt' | 'createdAt' | 'endedAt'> {
  startsAt: Date
  endsAt: Date | null
  createdAt: Date
  endedAt: Date | null
}
export type NewRule = Omit<RuleRow, 'endedAt' | 'endedBy'>

// Stage, funding and the shape of the steps are held by constraints of the table and by the route that writes them.
const COLUMNS = [
  'id',
  sql<RuleRow['stage']>`stage`.as('stage'),
  'label',
  sql<RuleRow['steps']>`steps`.as('steps'),
  'max_off_fen as maxOffFen',
  'stack_group as stackGroup',
  'exclusive_with as exclusiveWith',
  sql<RuleRow['funding']>`funding`.as('funding'),
  'store_ids as storeIds',
  'category_ids as categoryIds',
  'sku_ids as skuIds',
  'except_category_ids as exceptCategoryIds',
  'except_sku_ids as exceptSkuIds',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'replaces',
  'created_at as createdAt',
  'created_by as createdBy',
  'ended_at as endedAt',
  'ended_by as endedBy',
] as const

const openAt = (at: Date) => sql<boolean>`ended_at is null and (ends_at is null or ends_at > ${at})`
const STATES = {
  planned: (at: Date) => sql<boolean>`${openAt(at)} and starts_at > ${at}`,
  live: (at: Date) => sql<boolean>`${openAt(at)} and starts_at <= ${at}`,
  over: (at: Date) => sql<boolean>`not (${openAt(at)})`,
}

/** Rules that are live or will be. */
export const listOpen = (db: Reader, at: Date): Promise<RuleRow[]> =>
  db.selectFrom('price_rule').select(COLUMNS).where(openAt(at)).orderBy('id').execute()

export async function countOpen(db: Reader, at: Date): Promise<number> {
  const { count } = await db
    .selectFrom('price_rule')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(openAt(at))
    .executeTakeFirstOrThrow()
  return count
}

export interface RuleFilter {
  state: keyof typeof STATES | undefined
  /** Stores of the reader; null: all. */
  storeIds: readonly string[] | null
  at: Date
}
const matching = (db: Reader, { state, storeIds, at }: RuleFilter) => {
  let query = db.selectFrom('price_rule')
  if (state) query = query.where(STATES[state](at))
  if (storeIds)
    query = query.where(sql<boolean>`(store_ids is null or store_ids && ${[...storeIds]}::text[])`)
  return query
}
/** Newest first. */
export const listRules = (
  db: Reader,
  filter: RuleFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<RuleRow[]> =>
  matching(db, filter)
    .select(COLUMNS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export interface RuleCounts {
  planned: number
  live: number
  over: number
}
export const countRules = (db: Reader, filter: Omit<RuleFilter, 'state'>): Promise<RuleCounts> =>
  matching(db, { ...filter, state: undefined })
    .select([
      sql<number>`count(*) filter (where ${STATES.planned(filter.at)})`.as('planned'),
      sql<number>`count(*) filter (where ${STATES.live(filter.at)})`.as('live'),
      sql<number>`count(*) filter (where ${STATES.over(filter.at)})`.as('over'),
    ])
    .executeTakeFirstOrThrow()

/** Makes additions take turns until the transaction ends: the limit on open rules rests on it. */
export async function lockRules(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select pg_advisory_xact_lock(hashtextextended('price rules', 0))`.execute(tx)
  return rows.length === 1
}

export const lockRule = (tx: Tx, id: string): Promise<RuleRow | undefined> =>
  tx.selectFrom('price_rule').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertRule(tx: Tx, rule: NewRule): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('price_rule')
    .values({
      id: rule.id,
      stage: rule.stage,
      label: rule.label,
      steps: JSON.stringify(rule.steps),
      max_off_fen: rule.maxOffFen,
      stack_group: rule.stackGroup,
      exclusive_with: rule.exclusiveWith,
      funding: rule.funding,
      store_ids: rule.storeIds,
      category_ids: rule.categoryIds,
      sku_ids: rule.skuIds,
      except_category_ids: rule.exceptCategoryIds,
      except_sku_ids: rule.exceptSkuIds,
      starts_at: rule.startsAt,
      ends_at: rule.endsAt,
      replaces: rule.replaces,
      created_at: rule.createdAt,
      created_by: rule.createdBy,
    })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False when it was over already. */
export async function endRule(tx: Tx, id: string, { at, by }: { at: Date; by: string }): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('price_rule')
    .set({ ended_at: at, ended_by: by })
    .where('id', '=', id)
    .where(openAt(at))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
