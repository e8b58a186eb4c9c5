import type { Input } from '@linli/contract'
import type { CommissionTerms } from '@linli/contract/commission-parts'
import type { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { beginsAt, keepVersions, type KeptVersions } from '#kernel/versions'
import type { AuditedCall, Staff } from '#room/staff'
import { termsUnsound } from './problems.ts'
import { termsFault } from './rules.ts'
import * as sql from './terms.sql.ts'

export type KeptTerms = KeptVersions<sql.TermsRow>
export type NewTerms = Input<(typeof consoleCommissionRoutes)['POST /console/v1/commission-terms']>['body']

export const keepTerms = (ctx: Pick<Ctx, 'db' | 'listener' | 'log' | 'clock'>): Promise<KeptTerms> =>
  keepVersions(ctx, 'commission_terms', sql.listTerms)

export const shownTerms = ({ id, since, ...row }: sql.TermsRow): Static<typeof CommissionTerms> => ({
  ...row,
  id: String(id),
  since: since.toISOString(),
})

/** Other terms from a moment on: a row more. What was earned stays as it was earned. */
export async function setTerms(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  staff: Pick<Staff, 'audit'>,
  call: AuditedCall,
  { since, ...terms }: NewTerms,
): Promise<sql.TermsRow> {
  const fault = termsFault(terms)
  if (fault) refuse(termsUnsound, { fault })
  const from = beginsAt(since, clock.now()) ?? refuse(termsUnsound, { fault: 'since' })
  return inTx(db, async (tx) => {
    const [before] = await sql.listTerms(tx, 1)
    const row = await sql.insertTerms(tx, { ...terms, since: from, by: signature(call.actor) })
    await staff.audit(tx, call, {
      action: 'commissions.terms_set',
      subject: 'commission_terms',
      ...(before ? { before } : {}),
      after: row,
    })
    return row
  })
}
