import type { Input, Output } from '@linli/contract'
import type { consoleOrderRoutes } from '@linli/contract/console-orders'
import { createHash } from 'node:crypto'
import { signature, type StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { auditorOf, refundIds } from './commands.ts'
import { notRefundable, refundTooMany } from './problems.ts'
import { findInScope } from './reading.ts'
import { planRefund, type WantedLine } from './refund-plan.ts'
import type { Room } from './room.ts'
import { withParts } from './tenders.ts'

type RefundBody = NonNullable<
  Input<(typeof consoleOrderRoutes)['POST /console/v1/orders/:orderId/refunds']>['body']
>
export type RefundQuote = Output<
  (typeof consoleOrderRoutes)['POST /console/v1/orders/:orderId/refund-quotes']
>

/** What was asked for, without the key: SHA-256 in hex. The order of the lines is no difference. */
function hashOf({ lines, expectFen, reason }: RefundBody): string {
  const pieces = lines?.map(({ lineNo, quantity }) => [lineNo, quantity]).sort(([a = 0], [b = 0]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([pieces ?? null, expectFen, reason]))
    .digest('hex')
}

/** What a refund would give back now. The desk plans it again with the rows locked. */
export async function quoteRefund(
  room: Room,
  actor: StaffActor,
  orderId: string,
  lines: readonly WantedLine[] | undefined,
): Promise<RefundQuote> {
  const order = await findInScope(room, actor, orderId)
  const money = await room.payments.ofOrder(orderId)
  const planned = planRefund(order, order.lines, money.refunds, lines ?? null)
  if (planned.kind === 'too_many')
    return refuse(refundTooMany, { lineNo: planned.lineNo, leftQuantity: planned.leftQuantity })
  if (planned.kind === 'nothing')
    return refuse(notRefundable, { state: order.state, refundState: order.refundState })
  return { ...withParts(planned.plan, money), lines: [...planned.plan.lines] }
}

/** Gives back the pieces asked for, or all that is left of what was paid. Safe to repeat with the same key. */
export async function refundOrder(
  room: Room,
  call: AuditedCall,
  orderId: string,
  body: RefundBody,
): Promise<void> {
  await findInScope(room, call.actor, orderId)
  const { idempotencyKey, lines, expectFen, reason } = body
  const answer = await room.submit({
    verb: 'refund',
    orderId,
    refundIds: refundIds(),
    key: idempotencyKey,
    bodyHash: hashOf(body),
    lines: lines ?? null,
    expectFen,
    reason,
    uncollected: false,
    auditor: auditorOf(call),
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
}
