import type { consoleStockRoutes, StockEntry, StockLevel } from '@linli/contract/console-stock'
import type { Input } from '@linli/contract'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import { freeOf, type LevelKey } from './level.ts'
import * as sql from './levels.sql.ts'
import { belowReserved, keyReused, levelMissing, nothingToChange } from './problems.ts'
import type { Snapshot } from './snapshot.ts'

type Level = Static<typeof StockLevel>
type Asked = NonNullable<Input<(typeof consoleStockRoutes)['GET /console/v1/stock-levels']>['query']>
type AdjustBody = Input<
  (typeof consoleStockRoutes)['POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments']
>['body']
interface PageAsked {
  page?: number
  limit?: number
}

const pictureOf = (id: string | null): Level['picture'] =>
  id === null ? null : { id, s: `/media/${id}/s.webp`, m: `/media/${id}/m.webp`, l: `/media/${id}/l.webp` }
const shown = ({ activityLocked, pictureId, updatedAt, ...row }: sql.LevelRow): Level => ({
  ...row,
  picture: pictureOf(pictureId),
  locked: activityLocked,
  available: Math.max(0, freeOf({ ...row, activityLocked })),
  updatedAt: updatedAt.toISOString(),
})

/** What people do with stock: look, correct, keep some back. */
export interface StockRoom {
  list(
    actor: StaffActor,
    asked: Asked,
  ): Promise<{ items: Level[]; total: number; soldOut: number; low: number; asOf: string }>
  entries(
    actor: StaffActor,
    key: LevelKey,
    page: PageAsked,
  ): Promise<{ items: Static<typeof StockEntry>[]; total: number }>
  /** Corrects the count on hand, never below what shoppers have ordered. Safe to repeat with the same key. */
  adjust(call: AuditedCall, key: LevelKey, body: AdjustBody): Promise<Level>
  setSafety(call: AuditedCall, key: LevelKey, safety: number): Promise<Level>
}

export function createStockRoom({ db, clock }: Ctx, staff: Staff, snapshot: Snapshot): StockRoom {
  const show = async (key: LevelKey): Promise<Level> => {
    await snapshot.refreshOne(key)
    return shown((await sql.findLevel(db, key)) ?? refuse(levelMissing))
  }
  return {
    async list(actor, { storeId, q, categoryId, only, page = 1, limit = 20 }) {
      if (storeId) staff.requireScope(actor, storeId)
      const filter = {
        storeIds: storeId ? [storeId] : staff.scopeOf(actor),
        q: q?.trim() || undefined,
        categoryId,
      }
      const [rows, counts] = await Promise.all([
        sql.listLevels(db, filter, { only, limit, offset: (page - 1) * limit }),
        sql.countLevels(db, filter),
      ])
      const totals = {
        sold_out: counts.soldOut,
        low: counts.low,
        reserved: counts.reserved,
        all: counts.total,
      }
      return {
        items: rows.map(shown),
        total: totals[only ?? 'all'],
        soldOut: counts.soldOut,
        low: counts.low,
        asOf: clock.now().toISOString(),
      }
    },

    async entries(actor, key, { page = 1, limit = 20 }) {
      staff.requireScope(actor, key.storeId)
      const [level, rows, { total }] = await Promise.all([
        sql.findLevel(db, key),
        sql.listEntries(db, key, { limit, offset: (page - 1) * limit }),
        sql.countEntries(db, key),
      ])
      if (!level) refuse(levelMissing)
      const items = rows.map(({ id, at, orderNo, reason, ...row }) => ({
        ...row,
        id: String(id),
        at: at.toISOString(),
        reason: reason as Static<typeof StockEntry>['reason'],
        reference: orderNo,
      }))
      return { items, total }
    },

    async adjust(call, key, { idempotencyKey, delta, reason, note }) {
      staff.requireScope(call.actor, key.storeId)
      if (delta === 0) refuse(nothingToChange)
      const at = clock.now()
      await inTx(db, async (tx) => {
        const level = (await sql.lockLevel(tx, key)) ?? refuse(levelMissing)
        const first = await sql.findAdjustment(tx, key, idempotencyKey)
        if (first) {
          if (first.delta !== delta || first.reason !== reason || first.note !== note) refuse(keyReused)
          return
        }
        const { onHand, reserved } = level
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
      })
      return show(key)
    },

    async setSafety(call, key, safety) {
      staff.requireScope(call.actor, key.storeId)
      await inTx(db, async (tx) => {
        const level = (await sql.lockLevel(tx, key)) ?? refuse(levelMissing)
        if (level.safety === safety) return
        await sql.setSafety(tx, key, safety, clock.now())
        await staff.audit(tx, call, {
          action: 'inventory.safety_set',
          subject: `sku:${key.skuId}`,
          storeId: key.storeId,
          before: { safety: level.safety },
          after: { safety },
        })
      })
      return show(key)
    },
  }
}
