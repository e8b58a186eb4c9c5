import type { consoleStockRoutes } from '@linli/contract/console-stock'
import type { consoleStockWatchRoutes } from '@linli/contract/console-stock-watch'
import type { Input, Output } from '@linli/contract'
import type { StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import * as sql from './entries.sql.ts'
import type { LevelKey } from './level.ts'
import { findLevel } from './levels.sql.ts'
import { levelMissing } from './problems.ts'
import type { StockRoom } from './room.ts'

type OfOne = (typeof consoleStockRoutes)['GET /console/v1/stores/:storeId/stock-levels/:skuId/entries']
type OfAll = (typeof consoleStockWatchRoutes)['GET /console/v1/stock-entries']

const shown = <Row extends sql.EntryRow>({ id, at, reason, ...row }: Row) => ({
  ...row,
  id: String(id),
  at: at.toISOString(),
  reason: reason as Output<OfOne>['items'][number]['reason'], // the table's constraint knows no other words
})

/** A page of one level's ledger, newest first; of one account only the entries that move it. */
export async function listEntries(
  { ctx: { db }, staff }: StockRoom,
  actor: StaffActor,
  key: LevelKey,
  { account, page = 1, limit = 20 }: NonNullable<Input<OfOne>['query']>,
): Promise<Output<OfOne>> {
  staff.requireScope(actor, key.storeId)
  const [level, rows, { total }] = await Promise.all([
    findLevel(db, key),
    sql.listEntries(db, key, { account, limit, offset: (page - 1) * limit }),
    sql.countEntries(db, key, account),
  ])
  if (!level) refuse(levelMissing)
  return { items: rows.map(shown), total }
}

/** A page of the ledger across SKUs within scope: what happened in the stock room, newest first. */
export async function listEveryEntry(
  { ctx: { db }, staff }: StockRoom,
  actor: StaffActor,
  { storeId, reason, q, page = 1, limit = 20 }: NonNullable<Input<OfAll>['query']>,
): Promise<Output<OfAll>> {
  if (storeId) staff.requireScope(actor, storeId)
  const filter = {
    storeIds: storeId ? [storeId] : staff.scopeOf(actor),
    reason,
    q: q?.trim() || undefined,
  }
  const [rows, total] = await Promise.all([
    sql.listEveryEntry(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countEveryEntry(db, filter),
  ])
  return { items: rows.map(shown), total }
}
