import type { consoleStockWatchRoutes } from '@linli/contract/console-stock-watch'
import type { Input, Output } from '@linli/contract'
import type { StaffActor } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { settleLots } from './booking.ts'
import { markOf } from './lots.ts'
import * as sql from './lots.sql.ts'
import type { StockRoom } from './room.ts'

type List = (typeof consoleStockWatchRoutes)['GET /console/v1/stock-lots']

/** Lots that have a date, soonest first, marked by how near it is. */
export async function listLots(
  { ctx: { db, clock }, staff }: StockRoom,
  actor: StaffActor,
  { storeId, only, page = 1, limit = 20 }: NonNullable<Input<List>['query']>,
): Promise<Output<List>> {
  if (storeId) staff.requireScope(actor, storeId)
  const now = clock.now()
  const today = businessDay(now)
  const filter = { storeIds: storeId ? [storeId] : staff.scopeOf(actor), today }
  const [rows, { total, near, expired }] = await Promise.all([
    sql.listDated(db, { ...filter, only }, { limit, offset: (page - 1) * limit }),
    sql.countDated(db, filter),
  ])
  return {
    items: rows.map(({ nearOn, ...row }) => ({
      ...row,
      ...markOf({ expiresOn: row.expiresOn, nearOn }, today),
    })),
    total: { all: total, near, expired }[only ?? 'all'],
    near,
    expired,
    asOf: now.toISOString(),
  }
}

const ROUNDS = 25

/** Lets lots follow the sales and, after midnight, holds back what is past its date (docs/adr/0012). */
export const settleSweep = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Sweep => ({
  name: 'inventory.lots',
  seconds: 60,
  async run() {
    const now = clock.now()
    // One level at a time: whoever sells waits for one look at most. At midnight there may be thousands; the rest waits a minute.
    for (let round = 0; round < ROUNDS; round++) {
      const keys = await sql.listUnsettled(db, businessDay(now))
      for (const key of keys) await inTx(db, (tx) => settleLots(tx, [key], now))
      if (keys.length === 0) return
    }
  },
})
