import type { Reader, Tx } from '#kernel/db'
import type { Terms } from './rules.ts'

export interface TermsRow extends Terms {
  id: number
  since: Date
  by: string
}
const TERMS = [
  'id',
  'active',
  'touch_days as touchDays',
  'hold_days as holdDays',
  'register_fen as registerFen',
  'order_fen as orderFen',
  'least_fen as leastFen',
  'in_ledger as inLedger',
  'since',
  'by',
] as const

/** Newest first; the first holds. */
export const listTerms = (db: Reader, limit: number): Promise<TermsRow[]> =>
  db.selectFrom('guide_terms').select(TERMS).orderBy('id', 'desc').limit(limit).execute()

export const insertTerms = (tx: Tx, { since, by, ...terms }: Omit<TermsRow, 'id'>): Promise<TermsRow> =>
  tx
    .insertInto('guide_terms')
    .values({
      active: terms.active,
      touch_days: terms.touchDays,
      hold_days: terms.holdDays,
      register_fen: terms.registerFen,
      order_fen: terms.orderFen,
      least_fen: terms.leastFen,
      in_ledger: terms.inLedger,
      since,
      by,
    })
    .returning(TERMS)
    .executeTakeFirstOrThrow()
