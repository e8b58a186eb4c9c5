import type { Input, Output } from '@linli/contract'
import type { consoleTierRoutes } from '@linli/contract/tiers'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { beginsAt, keepVersions, type KeptVersions } from '#kernel/versions'
import type { Catalog } from '#room/catalog'
import type { AuditedCall, Staff } from '#room/staff'
import { ladderFault, tierUnder } from './ladder.ts'
import { categoryMissing, termsUnfit } from './problems.ts'
import { countByRung, insertTerms, listTerms, type TermsRow } from './terms.sql.ts'

export type { TermsRow, TierTerms } from './terms.sql.ts'
export type NewTerms = Input<(typeof consoleTierRoutes)['POST /console/v1/tier-terms']>['body']
type Preview = Output<(typeof consoleTierRoutes)['POST /console/v1/tier-terms/previews']>

export type KeptTerms = KeptVersions<TermsRow>
/** The terms of tiers in memory. */
export const keepTerms = (ctx: Pick<Ctx, 'db' | 'listener' | 'log' | 'clock'>): Promise<KeptTerms> =>
  keepVersions(ctx, 'tier_terms', listTerms)

export interface TermsDeps {
  staff: Pick<Staff, 'audit'>
  catalog: Pick<Catalog, 'hasCategory'>
}
type Kept = Pick<Ctx, 'db' | 'clock'>

function requireSound({ catalog }: TermsDeps, { tiers, exceptCategoryIds }: NewTerms): void {
  const fault = ladderFault(tiers)
  if (fault) refuse(termsUnfit, { fault })
  for (const categoryId of exceptCategoryIds)
    if (!catalog.hasCategory(categoryId)) refuse(categoryMissing, { categoryId })
}

/** Other terms from a moment on: a row more. Growth that was counted stays as it is. */
export async function setTerms(
  { db, clock }: Kept,
  deps: TermsDeps,
  call: AuditedCall,
  { since, ...terms }: NewTerms,
): Promise<TermsRow> {
  requireSound(deps, { since, ...terms })
  const from = beginsAt(since, clock.now()) ?? refuse(termsUnfit, { fault: 'since', since })
  const row = { ...terms, since: from, by: signature(call.actor) }
  return inTx(db, async (tx) => {
    const [before] = await listTerms(tx, 1)
    const { id } = await insertTerms(tx, row)
    await deps.staff.audit(tx, call, {
      action: 'tiers.terms_set',
      subject: 'tier_terms',
      storeId: null,
      ...(before ? { before } : {}),
      after: row,
    })
    return { ...row, id }
  })
}

/** How many members would change tiers if these terms held now; changes nothing. Only members with growth have one of their own. */
export async function previewTerms(
  { db }: Kept,
  deps: TermsDeps,
  draft: NewTerms,
  latest: TermsRow | null,
): Promise<Preview> {
  requireSound(deps, draft)
  const before = latest?.tiers ?? []
  const counts = await countByRung(
    db,
    draft.tiers.map(({ atGrowth }) => atGrowth),
  )
  const moves = new Map<string, { from: string; to: string; members: number }>()
  for (const { tier, rung, members } of counts) {
    // Any growth of the rung is as good as any other: no threshold lies between them. Below the first it is negative.
    const growth = draft.tiers[rung - 1]?.atGrowth ?? -1
    const to = tierUnder(draft.tiers, { tier, growth }, before).code
    const name = `${tier} ${to}`
    const sum = moves.get(name) ?? { from: tier, to, members: 0 }
    moves.set(name, { ...sum, members: sum.members + members })
  }
  return { moves: [...moves.values()] }
}
