import type { consoleWebhookRoutes } from '@linli/contract/webhooks'
import type { Input, Output } from '@linli/contract'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { WebhookRoom } from './endpoints.ts'
import { findEndpoint } from './endpoints.sql.ts'
import * as sql from './messages.sql.ts'
import { endpointMissing, messageMissing } from './problems.ts'

type Routes = typeof consoleWebhookRoutes
type Query = NonNullable<Input<Routes['GET /console/v1/webhook-messages']>['query']>

/** What was told, newest first. */
export async function listMessages(
  { ctx: { db } }: WebhookRoom,
  { endpointId, state, page = 1, limit = 20 }: Query,
): Promise<Output<Routes['GET /console/v1/webhook-messages']>> {
  const filter = { endpointId, state }
  const [rows, total] = await Promise.all([
    sql.listMessages(db, filter, { limit, offset: (page - 1) * limit }),
    sql.countMessages(db, filter),
  ])
  return {
    items: rows.map(({ at, nextAt, endedAt, ...row }) => ({
      ...row,
      at: at.toISOString(),
      nextAt: nextAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    })),
    total,
  }
}

export async function showMessage(
  { ctx: { db } }: WebhookRoom,
  id: string,
): Promise<Output<Routes['GET /console/v1/webhook-messages/:messageId']>> {
  const message = (await sql.findMessage(db, id)) ?? refuse(messageMissing)
  const tries = await sql.listTries(db, id)
  return {
    id,
    body: message.body,
    tries: tries.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })),
  }
}

/** Sends one message again, whatever became of it: its number is the same, so that the other side may know it. */
export async function replayOne(
  room: WebhookRoom,
  call: AuditedCall,
  id: string,
): Promise<{ messages: number }> {
  const { endpointId } = (await sql.findMessage(room.ctx.db, id)) ?? refuse(messageMissing)
  return replay(room, call, { endpointId, messageId: id })
}

/** Sends again what an endpoint was told in a span. */
export async function replaySpan(
  room: WebhookRoom,
  call: AuditedCall,
  endpointId: string,
  span: { from: string; to: string },
): Promise<{ messages: number }> {
  if (!(await findEndpoint(room.ctx.db, endpointId))) refuse(endpointMissing)
  return replay(room, call, { endpointId, from: new Date(span.from), to: new Date(span.to) })
}

const replay = (
  { ctx, staff }: WebhookRoom,
  call: AuditedCall,
  which: { endpointId: string; messageId?: string; from?: Date; to?: Date },
): Promise<{ messages: number }> =>
  inTx(ctx.db, async (tx) => {
    const messages = await sql.replay(tx, which, ctx.clock.now())
    await staff.audit(tx, call, {
      action: 'webhooks.replayed',
      subject: `webhook_endpoint:${which.endpointId}`,
      after: { messages, from: which.from?.toISOString() ?? null, to: which.to?.toISOString() ?? null },
    })
    return { messages }
  })
