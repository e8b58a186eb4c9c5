import type { consoleWebhookRoutes, WebhookEndpoint } from '@linli/contract/webhooks'
import type { Input } from '@linli/contract'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import { urlFault } from './address.ts'
import * as sql from './endpoints.sql.ts'
import { addressInside, addressInvalid, endpointMissing, endpointsFull } from './problems.ts'
import { contextOf } from './secrets.ts'
import { newSecret } from './signing.ts'

type Routes = typeof consoleWebhookRoutes
type Values = Input<Routes['POST /console/v1/webhook-endpoints']>['body']
type Change = Input<Routes['PUT /console/v1/webhook-endpoints/:endpointId']>['body']
type Shown = Static<typeof WebhookEndpoint>

/** What the verbs of this room need. */
export interface WebhookRoom {
  ctx: Ctx
  staff: Pick<Staff, 'audit'>
  stores: Pick<Stores, 'require'>
}

const MOST = 20
/** So long messages are signed with the secret before as well. */
const CHANGE_OVER_S = 86_400

const shown = ({ beforeUntil, failingSince, stoppedAt, createdAt, ...rest }: sql.Endpoint): Shown => ({
  id: rest.id,
  name: rest.name,
  url: rest.url,
  topics: rest.topics,
  storeIds: rest.storeIds,
  active: rest.active,
  beforeUntil: beforeUntil?.toISOString() ?? null,
  failingSince: failingSince?.toISOString() ?? null,
  stoppedAt: stoppedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})
const show = async ({ ctx }: WebhookRoom, id: string): Promise<Shown> =>
  shown((await sql.findEndpoint(ctx.db, id)) ?? refuse(endpointMissing))

export const listEndpoints = async ({ ctx }: WebhookRoom): Promise<{ items: Shown[] }> => ({
  items: (await sql.listEndpoints(ctx.db)).map(shown),
})

function check({ ctx, stores }: WebhookRoom, { url, storeIds }: Values): void {
  const fault = urlFault(url, ctx.config.webhookInside)
  if (fault) refuse(fault === 'address_inside' ? addressInside : addressInvalid)
  for (const storeId of storeIds ?? []) stores.require(storeId)
}

/** Adds an address; its secret is in the answer and nowhere else. */
export async function addEndpoint(
  room: WebhookRoom,
  call: AuditedCall,
  values: Values,
): Promise<{ endpoint: Shown; secret: string }> {
  check(room, values)
  const { ctx } = room
  const [id, secret] = [newId(), newSecret()]
  await inTx(ctx.db, async (tx) => {
    if ((await sql.listEndpoints(tx)).length >= MOST) refuse(endpointsFull)
    const sealed = ctx.secrets.seal(secret, contextOf(id))
    await sql.insertEndpoint(tx, { id, values, sealed, at: ctx.clock.now(), by: signature(call.actor) })
    await room.staff.audit(tx, call, {
      action: 'webhooks.added',
      subject: `webhook_endpoint:${id}`,
      after: values,
    })
  })
  return { endpoint: await show(room, id), secret }
}

export async function changeEndpoint(
  room: WebhookRoom,
  call: AuditedCall,
  id: string,
  change: Change,
): Promise<Shown> {
  check(room, change)
  await inTx(room.ctx.db, async (tx) => {
    const { name, url, topics, storeIds, active } =
      (await sql.lockEndpoint(tx, id)) ?? refuse(endpointMissing)
    await sql.updateEndpoint(tx, id, change)
    await room.staff.audit(tx, call, {
      action: 'webhooks.changed',
      subject: `webhook_endpoint:${id}`,
      before: { name, url, topics, storeIds, active },
      after: change,
    })
  })
  return show(room, id)
}

/** Makes a new secret; for a day the one before signs as well. */
export async function renewSecret(
  room: WebhookRoom,
  call: AuditedCall,
  id: string,
): Promise<{ endpoint: Shown; secret: string }> {
  const { ctx } = room
  const secret = newSecret()
  await inTx(ctx.db, async (tx) => {
    if (!(await sql.lockEndpoint(tx, id))) refuse(endpointMissing)
    const until = secondsAfter(ctx.clock.now(), CHANGE_OVER_S)
    await sql.rotateSecret(tx, id, { sealed: ctx.secrets.seal(secret, contextOf(id)), until })
    await room.staff.audit(tx, call, {
      action: 'webhooks.secret_renewed',
      subject: `webhook_endpoint:${id}`,
      after: { until: until.toISOString() },
    })
  })
  return { endpoint: await show(room, id), secret }
}
