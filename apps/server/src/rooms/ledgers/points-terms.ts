import type { Input } from '@linli/contract'
import type { consolePointsRoutes } from '@linli/contract/points'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { beginsAt, keepVersions, type KeptVersions } from '#kernel/versions'
import type { Catalog } from '#room/catalog'
import type { AuditedCall, Staff } from '#room/staff'
import { insertTerms, listTerms, type TermsRow } from './points.sql.ts'
import { categoryMissing, termsUnfit } from './problems.ts'

export type { PointsTerms } from './points.sql.ts'
export type NewTerms = Input<(typeof consolePointsRoutes)['POST /console/v1/points-terms']>['body']

export type KeptTerms = KeptVersions<TermsRow>
/** The terms of points in memory. */
export const keepTerms = (ctx: Pick<Ctx, 'db' | 'listener' | 'log' | 'clock'>): Promise<KeptTerms> =>
  keepVersions(ctx, 'points_terms', listTerms)

export interface TermsDeps {
  staff: Pick<Staff, 'audit'>
  catalog: Pick<Catalog, 'hasCategory'>
}
/** Other terms from a moment on: a row more. What was earned and spent before stays as it was. */
export async function setTerms(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { staff, catalog }: TermsDeps,
  call: AuditedCall,
  { since, ...terms }: NewTerms,
): Promise<TermsRow> {
  for (const categoryId of terms.exceptCategoryIds)
    if (!catalog.hasCategory(categoryId)) refuse(categoryMissing, { categoryId })
  const from = beginsAt(since, clock.now()) ?? refuse(termsUnfit, { since })
  const row = { ...terms, since: from, by: signature(call.actor) }
  return inTx(db, async (tx) => {
    const [before] = await listTerms(tx, 1)
    const { id } = await insertTerms(tx, row)
    await staff.audit(tx, call, {
      action: 'points.terms_set',
      subject: 'points_terms',
      storeId: null,
      ...(before ? { before } : {}),
      after: row,
    })
    return { ...row, id }
  })
}
