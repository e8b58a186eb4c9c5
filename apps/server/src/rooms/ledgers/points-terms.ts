import type { Input } from '@linli/contract'
import type { consolePointsRoutes } from '@linli/contract/points'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { AuditedCall, Staff } from '#room/staff'
import { keep } from '#kernel/kept'
import { insertTerms, listTerms, type PointsTerms, type TermsRow } from './points.sql.ts'
import { categoryMissing, termsUnfit } from './problems.ts'

export type { PointsTerms } from './points.sql.ts'
export type NewTerms = Input<(typeof consolePointsRoutes)['POST /console/v1/points-terms']>['body']

/** So many rows are kept at hand and shown; terms change a few times a year. */
const KEPT = 100
const FURTHEST_AHEAD_MS = 366 * 86_400_000

/** The row that holds at an instant: the latest that has begun. */
export const rowAt = (rows: readonly TermsRow[], at: Date): TermsRow | null =>
  rows.find(({ since }) => since <= at) ?? null

export interface KeptTerms {
  rows(): readonly TermsRow[]
  /** What holds now, if points are on. */
  now(): PointsTerms | null
  /** What holds now, or held last before points were switched off: what members have goes on by it. */
  latest(): TermsRow | null
  /** Reads the table now, without waiting to be told. */
  reload(): Promise<void>
}

/** The terms of points in memory, read again whenever the table says so. */
export async function keepTerms(ctx: Pick<Ctx, 'db' | 'listener' | 'log' | 'clock'>): Promise<KeptTerms> {
  const { now: rows, reload } = await keep(ctx, 'points_terms', (db) => listTerms(db, KEPT))
  const latest = () => rowAt(rows(), ctx.clock.now())
  return {
    rows,
    reload,
    latest,
    now() {
      const row = latest()
      return row?.active ? row : null
    },
  }
}

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
  const now = clock.now()
  const from = since === null ? now : new Date(since)
  if (!(from >= now) || from.getTime() > now.getTime() + FURTHEST_AHEAD_MS) refuse(termsUnfit, { since })
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
