import type { ShareTerms } from '@linli/contract/shares'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { AuditedCall, Staff } from '#room/staff'
import * as sql from './terms.sql.ts'

type Shown = Static<typeof ShareTerms>
/** Terms change a few times a year. */
const MOST_SHOWN = 100

const shown = ({ id, since, ...row }: sql.TermsRow): Shown => ({
  ...row,
  id: String(id),
  since: since.toISOString(),
})

/** For how long an order is put down to a share. Rows are only added; orders of before stay where they are. */
export const createTerms = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>, staff: Pick<Staff, 'audit'>) => ({
  list: async (): Promise<Shown[]> => (await sql.listTerms(db, MOST_SHOWN)).map(shown),

  set: (call: AuditedCall, { active, days }: { active: boolean; days: number }): Promise<Shown> =>
    inTx(db, async (tx) => {
      const [before] = await sql.listTerms(tx, 1)
      const row = await sql.insertTerms(tx, { active, days, since: clock.now(), by: signature(call.actor) })
      await staff.audit(tx, call, {
        action: 'shares.terms_changed',
        subject: `share_terms:${row.id}`,
        ...(before ? { before: { active: before.active, days: before.days } } : {}),
        after: { active, days },
      })
      return shown(row)
    }),
})
export type Terms = ReturnType<typeof createTerms>
