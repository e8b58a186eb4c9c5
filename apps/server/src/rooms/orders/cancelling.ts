import { type MemberActor, signature, SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { Problem, refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { sendAgreed } from './agreed.ts'
import { auditorOf, type Cancel, refundIds } from './commands.ts'
import { claimTimeouts } from './orders.sql.ts'
import { alreadyPaid, paymentsUnavailable } from './problems.ts'
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
export async function cancelUnpaid(room: Room, command: Cancel): Promise<void> {
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
  const { state } = await findMine(room, actor.memberId, orderId)
  if (state === 'WAIT_GROUP') return leaveGroup(room, actor, orderId, reason)
  await cancelUnpaid(room, {
    verb: 'cancel',
    orderId,
    who: 'member',
    reason,
    dueAt: null,
    refundIds: refundIds(),
    auditor: null,
    by: signature(actor),
    at: room.ctx.clock.now(),
  })
}

/** Gives up a seat of a group that is not full: all of its money goes back. */
async function leaveGroup(room: Room, actor: MemberActor, orderId: string, reason: string): Promise<void> {
  const problem = await sendAgreed(room, {
    orderId,
    key: 'leave',
    lines: null,
    uncollected: true,
    leaves: true,
    reason,
    ourFault: false,
    by: signature(actor),
  })
  if (problem) refuse(problem)
}

export async function cancelForShopper(
  room: Room,
  call: AuditedCall,
  orderId: string,
  reason: string,
): Promise<void> {
  await findInScope(room, call.actor, orderId)
  await cancelUnpaid(room, {
    verb: 'cancel',
    orderId,
    who: 'staff',
    reason,
    dueAt: null,
    refundIds: refundIds(),
    auditor: auditorOf(call),
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  })
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
      refundIds: refundIds(),
      auditor: null,
      by: SYSTEM,
      at: now,
    })
  } catch (error) {
    if (error instanceof Problem) room.ctx.log.info({ problem: error.code, orderId }, 'not timed out')
    else room.ctx.log.error({ err: error, orderId }, 'time-out failed')
  }
}
