import type { Input, Output } from '@linli/contract'
import type { consoleOrderRoutes } from '@linli/contract/console-orders'
import { createHash } from 'node:crypto'
import { signature, type StaffActor } from '#kernel/actor'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { planFor } from './agreed.ts'
import { auditorOf, refundIds } from './commands.ts'
import { findInScope } from './reading.ts'
import type { Room } from './room.ts'

type RefundBody = NonNullable<
  Input<(typeof consoleOrderRoutes)['POST /console/v1/orders/:orderId/refunds']>['body']
>
type QuoteBody = NonNullable<
  Input<(typeof consoleOrderRoutes)['POST /console/v1/orders/:orderId/refund-quotes']>['body']
>
export type RefundQuote = Output<
  (typeof consoleOrderRoutes)['POST /console/v1/orders/:orderId/refund-quotes']
>

/** What was asked for, without the key: SHA-256 in hex. The order of the lines is no difference. */
function hashOf({ lines, expectFen, reason, ourFault = false }: RefundBody): string {
  const pieces = lines?.map(({ lineNo, quantity }) => [lineNo, quantity]).sort(([a = 0], [b = 0]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([pieces ?? null, expectFen, reason, ourFault]))
    .digest('hex')
}

/** What a refund would give back now. The desk plans it again with the rows locked. */
export async function quoteRefund(
  room: Room,
  actor: StaffActor,
  orderId: string,
  { lines, ourFault = false }: QuoteBody,
): Promise<RefundQuote> {
  const order = await findInScope(room, actor, orderId)
  const planned = await planFor(room, order, lines ?? null, { ourFault })
  return { ...planned, lines: [...planned.lines] }
}

/** Gives back the pieces asked for, or all that is left of what was paid. Safe to repeat with the same key. */
export async function refundOrder(
  room: Room,
  call: AuditedCall,
  orderId: string,
  body: RefundBody,
): Promise<void> {
  await findInScope(room, call.actor, orderId)
  const { idempotencyKey, lines, expectFen, reason, ourFault = false } = body
  const answer = await room.submit({
    verb: 'refund',
    orderId,
    refundIds: refundIds(),
    key: idempotencyKey,
    bodyHash: hashOf(body),
    lines: lines ?? null,
    expectFen,
    reason,
    ourFault,
    uncollected: false,
    auditor: auditorOf(call),
    by: signature(call.actor),
    at: room.ctx.clock.now(),
  })
  if (answer.kind === 'refused') refuse(answer.problem, answer.data)
}
