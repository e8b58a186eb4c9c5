import { signature } from '#kernel/actor'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { auditorOf } from './commands.ts'
import { findInScope } from './reading.ts'
import type { Room } from './room.ts'

/** Gives back all that is left of what was paid, and closes the order. Safe to repeat with the same key. */
export async function refundOrder(
  room: Room,
  call: AuditedCall,
  orderId: string,
  { idempotencyKey, expectFen, reason }: { idempotencyKey: string; expectFen: number; reason: string },
): Promise<void> {
  await findInScope(room, call.actor, orderId)
  const answer = await room.submit({
    verb: 'refund',
    orderId,
    refundId: newId(),
    key: idempotencyKey,
    expectFen,
    reason,
    auditor: auditorOf(call),
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
}
