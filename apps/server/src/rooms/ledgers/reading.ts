import type { Output } from '@linli/contract'
import type { pointsRoutes } from '@linli/contract/points'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { cursorAfter, readCursor } from '#kernel/cursor'
import * as sql from './points.sql.ts'
import type { PointsTerms } from './points-terms.ts'
import { cursorInvalid } from './problems.ts'

type Balance = Output<(typeof pointsRoutes)['GET /v1/points']>
type Page = Output<(typeof pointsRoutes)['GET /v1/points/postings']>

/** What a member has: usable, frozen, owed, and what ends next. */
export async function readSums(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  memberId: string,
): Promise<Omit<Balance, 'terms'>> {
  const today = businessDay(clock.now())
  const [sums, lots] = await Promise.all([sql.findSums(db, memberId), sql.listLots(db, memberId)])
  const usable = lots.filter(({ day }) => day >= today)
  const [next] = usable
  return {
    available: usable.reduce((sum, { available }) => sum + available, 0),
    frozen: sums?.frozen ?? 0,
    held: sums?.held ?? 0,
    debt: sums?.debt ?? 0,
    nextEnd: next ? { lastDay: next.day, points: next.available } : null,
  }
}

/** The same for its member, with the terms that hold now. */
export const readBalance = async (
  ctx: Pick<Ctx, 'db' | 'clock'>,
  memberId: string,
  terms: PointsTerms | null,
): Promise<Balance> => ({
  ...(await readSums(ctx, memberId)),
  terms: terms && {
    pointsPerYuan: terms.pointsPerYuan,
    capBp: terms.capBp,
    minOrderFen: terms.minOrderFen,
    fenPerPoint: terms.fenPerPoint,
    frozenDays: terms.frozenDays,
    validMonths: terms.validMonths,
  },
})

/** A page of what changed, newest first. */
export async function listPostings(
  { db }: Pick<Ctx, 'db'>,
  memberId: string,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
): Promise<Page> {
  const before = cursor === undefined ? null : readCursor(cursor, cursorInvalid)
  const rows = await sql.listPostings(db, memberId, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  return {
    items: page.map(({ id, at, ...row }) => ({ id: String(id), at: at.toISOString(), ...row })),
    nextCursor: rows.length > limit ? cursorAfter(page) : null,
  }
}
