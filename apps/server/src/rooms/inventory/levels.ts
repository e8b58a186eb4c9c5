import type { consoleStockRoutes, StockLevel } from '@linli/contract/console-stock'
import type { Input } from '@linli/contract'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import { inTx, type Tx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { freeOf, type LevelKey } from './level.ts'
import * as sql from './levels.sql.ts'
import { belowReserved, keyReused, levelMissing, nothingToChange } from './problems.ts'
import type { StockRoom } from './room.ts'

type Level = Static<typeof StockLevel>
type Asked = NonNullable<Input<(typeof consoleStockRoutes)['GET /console/v1/stock-levels']>['query']>
type AdjustBody = Input<
  (typeof consoleStockRoutes)['POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments']
>['body']

const pictureOf = (id: string | null): Level['picture'] =>
  id === null ? null : { id, s: `/media/${id}/s.webp`, m: `/media/${id}/m.webp`, l: `/media/${id}/l.webp` }
const shown = ({ activityLocked, pictureId, updatedAt, ...row }: sql.LevelRow): Level => ({
  ...row,
  picture: pictureOf(pictureId),
  locked: activityLocked,
  available: Math.max(0, freeOf({ ...row, activityLocked })),
  updatedAt: updatedAt.toISOString(),
})

/** The level as it is now, here and in what shoppers see. */
export const show = async ({ ctx, snapshot }: StockRoom, key: LevelKey): Promise<Level> => {
  await snapshot.refreshOne(key)
  return shown((await sql.findLevel(ctx.db, key)) ?? refuse(levelMissing))
}

/** A page of levels within scope, least available first, with the counts of what needs a look. */
export async function listLevels(
  { ctx, staff }: StockRoom,
  actor: StaffActor,
  { storeId, q, categoryId, only, page = 1, limit = 20 }: Asked,
): Promise<{ items: Level[]; total: number; soldOut: number; low: number; short: number; asOf: string }> {
  if (storeId) staff.requireScope(actor, storeId)
  const filter = {
    storeIds: storeId ? [storeId] : staff.scopeOf(actor),
    q: q?.trim() || undefined,
    categoryId,
  }
  const [rows, { total, soldOut, low, reserved, short }] = await Promise.all([
    sql.listLevels(ctx.db, filter, { only, limit, offset: (page - 1) * limit }),
    sql.countLevels(ctx.db, filter),
  ])
  const totals = { all: total, sold_out: soldOut, low, reserved, short }
  const asOf = ctx.clock.now().toISOString()
  return { items: rows.map(shown), total: totals[only ?? 'all'], soldOut, low, short, asOf }
}

/** Corrects the count on hand, never below what shoppers have ordered. Safe to repeat with the same key. */
export async function adjust(
  room: StockRoom,
  call: AuditedCall,
  key: LevelKey,
  body: AdjustBody,
): Promise<Level> {
  room.staff.requireScope(call.actor, key.storeId)
  if (body.delta === 0) refuse(nothingToChange)
  await inTx(room.ctx.db, (tx) => adjustIn(tx, room, call, { key, body }))
  return show(room, key)
}

async function adjustIn(
  tx: Tx,
  { ctx: { clock }, staff }: StockRoom,
  call: AuditedCall,
  { key, body: { idempotencyKey, delta, reason, note } }: { key: LevelKey; body: AdjustBody },
): Promise<void> {
  const { onHand, reserved } = (await sql.lockLevel(tx, key)) ?? refuse(levelMissing)
  const first = await sql.findAdjustment(tx, key, idempotencyKey)
  if (first) {
    if (first.delta !== delta || first.reason !== reason || first.note !== note) refuse(keyReused)
    return
  }
  const at = clock.now()
  if (!(await sql.changeOnHand(tx, key, delta, at))) refuse(belowReserved, { onHand, reserved })
  await sql.insertAdjustment(tx, {
    ...key,
    reason,
    delta,
    onHandAfter: onHand + delta,
    reservedAfter: reserved,
    key: idempotencyKey,
    note,
    by: signature(call.actor),
    at,
  })
  await staff.audit(tx, call, {
    action: 'inventory.adjusted',
    subject: `sku:${key.skuId}`,
    storeId: key.storeId,
    before: { onHand },
    after: { onHand: onHand + delta, reason, note },
  })
}
