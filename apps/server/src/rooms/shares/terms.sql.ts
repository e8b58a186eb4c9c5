import type { Reader, Tx } from '#kernel/db'

export interface TermsRow {
  id: number
  active: boolean
  days: number
  since: Date
  by: string
}
const TERMS = ['id', 'active', 'days', 'since', 'by'] as const

/** Newest first; the first holds. */
export const listTerms = (db: Reader, limit: number): Promise<TermsRow[]> =>
  db.selectFrom('share_terms').select(TERMS).orderBy('id', 'desc').limit(limit).execute()

export const insertTerms = (tx: Tx, row: Omit<TermsRow, 'id'>): Promise<TermsRow> =>
  tx.insertInto('share_terms').values(row).returning(TERMS).executeTakeFirstOrThrow()
