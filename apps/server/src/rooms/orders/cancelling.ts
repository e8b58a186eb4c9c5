import { type MemberActor, signature, SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { Problem, refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { Cancel } from './commands.ts'
import { claimTimeouts, type OrderRow } from './orders.sql.ts'
import { alreadyPaid, orderMissing, paymentsUnavailable } from './problems.ts'
import { findInScope, findMine } from './reading.ts'
import type { Room } from './room.ts'

const TURNS = 3
const CLAIM = 200
const AT_ONCE = 32
const ROUNDS_AT_MOST = 50
const LOOK_AGAIN_SECONDS = 60

/**
 * Closes an unpaid order. A payment that is open is closed at WeChat first, and only its confirmed end lets go of the stock: between a query and a
 * close a shopper can still pay.
 */
async function cancelUnpaid(room: Room, command: Cancel): Promise<void> {
  for (let turn = 1; turn <= TURNS; turn++) {
    const answer = await room.submit(command)
    if (answer.kind === 'refused') refuse(answer.problem, answer.data)
    if (answer.kind !== 'payment_open') return
    const left = await room.payments.settle(command.orderId)
    if (left === 'paid') refuse(alreadyPaid)
    if (left === 'unknown') refuse(paymentsUnavailable)
  }
  refuse(paymentsUnavailable)
}

export async function cancelMine(
  room: Room,
  actor: MemberActor,
  orderId: string,
  reason: string,
): Promise<void> {
  await findMine(room, actor.memberId, orderId)
  await cancelUnpaid(room, {
    verb: 'cancel',
    orderId,
    who: 'member',
    reason,
    dueAt: null,
    by: signature(actor),
    at: room.ctx.clock.now(),
  })
}

export async function cancelForShopper(
  room: Room,
  call: AuditedCall,
  orderId: string,
  reason: string,
): Promise<void> {
  const before = await findInScope(room, call.actor, orderId)
  await cancelUnpaid(room, {
    verb: 'cancel',
    orderId,
    who: 'staff',
    reason,
    dueAt: null,
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  })
  await auditOrder(room, call, before, 'orders.cancelled', { reason })
}

/** What a member of staff did to an order, when it did change something. The order's own event was written with the change itself. */
export async function auditOrder(
  room: Room,
  call: AuditedCall,
  before: OrderRow,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  const after = (await findInScope(room, call.actor, before.id)) ?? refuse(orderMissing)
  const axes = ({ state, payState, refundState }: OrderRow) => ({ state, payState, refundState })
  if (JSON.stringify(axes(before)) === JSON.stringify(axes(after))) return
  await inTx(room.ctx.db, (tx) =>
    room.staff.audit(tx, call, {
      action,
      subject: `order:${before.id}`,
      storeId: before.storeId,
      before: axes(before),
      after: { ...axes(after), ...details },
    }),
  )
}

/** The sweep: closes orders that nobody paid in time. What WeChat does not answer is looked at again later. */
export async function closeOverdue(room: Room): Promise<void> {
  const { clock, db } = room.ctx
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const now = clock.now()
    const again = secondsAfter(now, LOOK_AGAIN_SECONDS)
    const ids = await inTx(db, (tx) => claimTimeouts(tx, { now, again, limit: CLAIM }))
    for (let i = 0; i < ids.length; i += AT_ONCE)
      await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => timeOut(room, id, now)))
    if (ids.length < CLAIM) return
  }
}

/** Read by the shopper and by head office. */
const OVERDUE = '超过付款时间，自动关闭'

async function timeOut(room: Room, orderId: string, now: Date): Promise<void> {
  try {
    await cancelUnpaid(room, {
      verb: 'cancel',
      orderId,
      who: 'system',
      reason: OVERDUE,
      dueAt: now,
      by: SYSTEM,
      at: now,
    })
  } catch (error) {
    if (error instanceof Problem) room.ctx.log.info({ problem: error.code, orderId }, 'not timed out')
    else room.ctx.log.error({ err: error, orderId }, 'time-out failed')
  }
}
