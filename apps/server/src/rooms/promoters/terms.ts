import type { GuideTerms } from '@linli/contract/guidance'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import type { AuditedCall, Staff } from '#room/staff'
import type { Terms } from './rules.ts'
import * as sql from './terms.sql.ts'

type Shown = Static<typeof GuideTerms>
const MOST_SHOWN = 100

export const shownTerms = ({ id, since, ...row }: sql.TermsRow): Shown => ({
  id: String(id),
  ...row,
  since: since.toISOString(),
})

/** The terms that hold now; undefined before anybody made any. */
export const termsNow = async (db: Reader): Promise<sql.TermsRow | undefined> =>
  (await sql.listTerms(db, 1))[0]

export const createTerms = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>, staff: Pick<Staff, 'audit'>) => ({
  list: async (): Promise<Shown[]> => (await sql.listTerms(db, MOST_SHOWN)).map(shownTerms),

  set: (call: AuditedCall, terms: Terms): Promise<Shown> =>
    inTx(db, async (tx) => {
      const before = await termsNow(tx)
      const row = await sql.insertTerms(tx, { ...terms, since: clock.now(), by: signature(call.actor) })
      await staff.audit(tx, call, {
        action: 'promoters.terms_changed',
        subject: `guide_terms:${row.id}`,
        ...(before ? { before: only(before) } : {}),
        after: only(row),
      })
      return shownTerms(row)
    }),
})

const only = ({ active, touchDays, holdDays, registerFen, orderFen, leastFen, inLedger }: Terms): Terms => ({
  active,
  touchDays,
  holdDays,
  registerFen,
  orderFen,
  leastFen,
  inLedger,
})
