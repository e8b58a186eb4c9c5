import type { Output } from '@linli/contract'
import type { consoleRedemptionRoutes } from '@linli/contract/coupon-redemptions'
import { createHash } from 'node:crypto'
import { inScope, signature, type StaffActor } from '#kernel/actor'
import { businessDay } from '#kernel/clock'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { TakeBack } from './commands.ts'
import { undoingOf } from './counter.ts'
import { redemptionMissing, redemptionOver } from './problems.ts'
import * as sql from './redemptions.sql.ts'
import type { Room } from './room.ts'

type Routes = typeof consoleRedemptionRoutes
type Listed = Output<Routes['GET /console/v1/coupon-redemptions']>
type Shown = Listed['items'][number]

async function shown({ ctx, members }: Room, rows: readonly sql.RedemptionRow[]): Promise<Shown[]> {
  const today = businessDay(ctx.clock.now())
  const cards = await members.atDesk([...new Set(rows.map(({ memberId }) => memberId))])
  return rows.map(({ id, storeId, at, by, memberId, lines, coupons, goodsFen, payFen, ...row }) => ({
    id,
    storeId,
    at: at.toISOString(),
    by,
    member: cards.get(memberId) ?? { id: memberId, name: '', phoneTail: null },
    lines: lines.map((line) => ({
      barcode: line.barcode,
      name: line.name,
      quantity: line.quantity,
      unitFen: line.unitFen,
      payFen: line.payFen,
    })),
    coupons,
    goodsFen,
    payFen,
    reversible: row.reversedAt === null && businessDay(at) === today,
    reversed: row.reversedAt && {
      at: row.reversedAt.toISOString(),
      by: row.reversedBy ?? '',
      reason: row.reason ?? '',
    },
  }))
}

/** What staff redeemed at counters within this person's reach. */
export async function listRedemptions(
  room: Room,
  actor: StaffActor,
  { storeId, page = 1, limit = 20 }: { storeId?: string; page?: number; limit?: number },
): Promise<Listed> {
  const { ctx, staff } = room
  if (storeId !== undefined) staff.requireScope(actor, storeId)
  const storeIds = storeId === undefined ? staff.scopeOf(actor) : [storeId]
  const [rows, total] = await Promise.all([
    sql.listRedemptions(ctx.db, storeIds, { limit, offset: (page - 1) * limit }),
    sql.countRedemptions(ctx.db, storeIds),
  ])
  return { items: await shown(room, rows), total }
}

function undoing(
  room: Room,
  { actor, requestId }: AuditedCall,
  row: sql.RedemptionRow,
  reason: string,
): TakeBack {
  const at = room.ctx.clock.now()
  return {
    verb: 'take_back',
    partnerId: null,
    storeId: row.storeId,
    posTxnId: undoingOf(row.posTxnId),
    returnOf: row.posTxnId,
    by: signature(actor),
    at,
    tillId: newId(),
    hash: createHash('sha256').update(`undo ${row.id}`).digest('hex'),
    soldAt: at,
    lines: row.lines.map((line) => ({ ...line, earnedPoints: 0, pieces: null, resellable: false })),
    undoing: {
      reason,
      deed: {
        auditor: { id: newId(), staffId: actor.staffId, requestId },
        action: 'tills.redemption_reversed',
        details: { reason },
      },
    },
  }
}

/** Takes a redemption back, on its business day: a return of everything, by which the coupons go back to their holder. Once, however often it is asked for. */
export async function reverseRedemption(
  room: Room,
  call: AuditedCall,
  { redemptionId, reason }: { redemptionId: string; reason: string },
): Promise<Shown> {
  const find = async (): Promise<sql.RedemptionRow> => {
    const row = await sql.findRedemption(room.ctx.db, redemptionId)
    return row && inScope(call.actor, row.storeId) ? row : refuse(redemptionMissing)
  }
  const row = await find()
  if (row.reversedAt === null) {
    if (businessDay(row.at) !== businessDay(room.ctx.clock.now())) refuse(redemptionOver)
    const answer = await room.submit(undoing(room, call, row, reason))
    if (answer.kind === 'refused') refuse(answer.problem, answer.data)
  }
  const [now] = await shown(room, [await find()])
  return now ?? refuse(redemptionMissing)
}
