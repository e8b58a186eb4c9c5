import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Tier } from './ladder.ts'

export interface TierTerms {
  /** Growth for each yuan really paid. */
  growthPerYuan: number
  periodMonths: number
  /** Goods of these have no member price. */
  exceptCategoryIds: string[]
  tiers: Tier[]
  /** False: nobody has a tier, and nothing is counted. */
  active: boolean
  since: Date
}
export interface TermsRow extends TierTerms {
  id: number
  by: string
}
/** What tiers were, are and will be, what begins last first. */
export const listTerms = (db: Reader, limit: number): Promise<TermsRow[]> =>
  db
    .selectFrom('tier_terms')
    .select([
      'id',
      'growth_per_yuan as growthPerYuan',
      'period_months as periodMonths',
      'except_category_ids as exceptCategoryIds',
      sql<Tier[]>`tiers`.as('tiers'),
      'active',
      'since',
      'by',
    ])
    .orderBy('since', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const insertTerms = (tx: Tx, row: Omit<TermsRow, 'id'>): Promise<{ id: number }> =>
  tx
    .insertInto('tier_terms')
    .values({
      growth_per_yuan: row.growthPerYuan,
      period_months: row.periodMonths,
      except_category_ids: row.exceptCategoryIds,
      tiers: JSON.stringify(row.tiers),
      active: row.active,
      since: row.since,
      by: row.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

/** How many members of each tier have growth between which thresholds: `rung` counts the thresholds that were reached. */
export async function countByRung(
  db: Reader,
  thresholds: readonly number[],
): Promise<{ tier: string; rung: number; members: number }[]> {
  const { rows } = await sql<{ tier: string; rung: number; members: number }>`
    select tier, width_bucket(growth, ${thresholds}::bigint[]) as rung, count(*) as members from growth_account group by 1, 2 order by 1, 2`.execute(
    db,
  )
  return rows
}
