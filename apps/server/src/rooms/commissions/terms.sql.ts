import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Level, Terms } from './rules.ts'

export interface TermsRow extends Terms {
  id: number
  active: boolean
  since: Date
  by: string
}
const TERMS = [
  'id',
  'active',
  'depth',
  sql<Terms['bindMode']>`bind_mode`.as('bindMode'),
  'bind_days as bindDays',
  'self_reward as selfReward',
  'hold_days as holdDays',
  sql<Level[]>`levels`.as('levels'),
  'least_fen as leastFen',
  'daily_fen as dailyFen',
  sql<Terms['tax']>`tax`.as('tax'),
  'tax_note as taxNote',
  'since',
  'by',
] as const

/** What begins last first; of two for one moment the later added. */
export const listTerms = (db: Reader, limit: number): Promise<TermsRow[]> =>
  db
    .selectFrom('commission_terms')
    .select(TERMS)
    .orderBy('since', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const insertTerms = (tx: Tx, row: Omit<TermsRow, 'id'>): Promise<TermsRow> =>
  tx
    .insertInto('commission_terms')
    .values({
      active: row.active,
      depth: row.depth,
      bind_mode: row.bindMode,
      bind_days: row.bindDays,
      self_reward: row.selfReward,
      hold_days: row.holdDays,
      levels: JSON.stringify(row.levels),
      least_fen: row.leastFen,
      daily_fen: row.dailyFen,
      tax: row.tax,
      tax_note: row.taxNote,
      since: row.since,
      by: row.by,
    })
    .returning(TERMS)
    .executeTakeFirstOrThrow()
