import { secondsAfter } from '#kernel/clock'
import * as sql from './presales.sql.ts'
import type { ErrandSource, Room } from './room.ts'

/** A day's notice for whoever has to order the goods. */
const SOON_SECONDS = 86_400

/** Goods of presales that people who have paid may come for by tomorrow, and that are not set aside for them yet. */
export async function presaleErrands(
  { ctx: { db, clock } }: Pick<Room, 'ctx'>,
  storeIds: Parameters<ErrandSource>[0],
): ReturnType<ErrandSource> {
  const now = clock.now()
  const due = await sql.listDue(db, storeIds, { now, soon: secondsAfter(now, SOON_SECONDS) })
  return due.map(({ storeId, orders, pieces, late, since }) => ({
    kind: 'presale_due' as const,
    storeId,
    count: orders,
    since: since <= now ? since.toISOString() : null,
    detail: `等 ${pieces} 件${late > 0 ? `，其中 ${late} 单过了说好的日子` : ''}`,
  }))
}
