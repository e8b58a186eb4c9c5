import type { Ctx } from '#kernel/ctx'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { findTerms, type TermsRow } from './points.sql.ts'

export type PointsTerms = TermsRow

/** The terms that hold now, in memory, read again whenever the table says so; null where the chain has no points. */
export async function keepTerms({
  db,
  listener,
  log,
}: Pick<Ctx, 'db' | 'listener' | 'log'>): Promise<() => PointsTerms | null> {
  let terms: PointsTerms | null = null
  const reload = oneAtATime(async () => {
    terms = (await findTerms(db)) ?? null
  })
  const again = untilFresh(reload, (error) => {
    log.error({ err: error }, 'terms of points could not be read again')
  })
  await listener.on('points_terms', again)
  listener.onReconnect(again)
  await reload()
  return () => terms
}
