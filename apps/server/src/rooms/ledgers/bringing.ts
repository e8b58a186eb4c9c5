import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import {
  bringPoints,
  type Bringer,
  monthEndAfter,
  newAccount,
  type PostingStamp,
  takePointsBack,
} from './points.ts'
import type { PointsTerms } from './points-terms.ts'
import * as sql from './points.sql.ts'

export interface BroughtPoints {
  bringer: Bringer
  memberId: string
  points: number
  by: string
}
/** Where the chain has no terms of points yet, points of old cards live for a year. */
const VALID_MONTHS = 12

function stampOf({ clock }: Pick<Ctx, 'clock'>, by: string): PostingStamp {
  const at = clock.now()
  return { by, at, today: businessDay(at) }
}

/** Points that come with an old card, or as a reward. A debt is paid first, as by any points that come. */
export async function bring(
  tx: Tx,
  ctx: Pick<Ctx, 'clock'>,
  { bringer, memberId, points, by }: BroughtPoints,
  terms: PointsTerms | null,
): Promise<void> {
  if (points === 0) return
  const stamp = stampOf(ctx, by)
  const [account = newAccount(memberId)] = await sql.lockAccounts(tx, [memberId])
  const day = monthEndAfter(stamp.today, terms?.validMonths ?? VALID_MONTHS)
  await sql.insertPostings(tx, bringPoints(account, { bringer, points, day }, stamp))
}

/** What it had brought goes again. */
export async function takeBack(
  tx: Tx,
  ctx: Pick<Ctx, 'clock'>,
  { bringer, memberId, points, by }: BroughtPoints,
): Promise<void> {
  if (points === 0) return
  const stamp = stampOf(ctx, by)
  const [account = newAccount(memberId)] = await sql.lockAccounts(tx, [memberId])
  await sql.insertPostings(tx, takePointsBack(account, { bringer, points }, stamp))
}
