import { Type } from 'typebox'
import {
  Instant,
  InstantInput,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const WEBHOOK_TOPICS = ['orders', 'sales', 'stock'] as const
export const MESSAGE_STATES = ['DUE', 'SENT', 'DEAD'] as const

const values = {
  name: Line(40),
  url: Type.String({ minLength: 8, maxLength: 500, pattern: '^https?://[^\\s]+$' }),
  topics: Type.Array(OneOf(WEBHOOK_TOPICS), { minItems: 1, maxItems: 3, uniqueItems: true }),
  storeIds: Maybe(Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true })),
}
export const WebhookEndpoint = Type.Object({
  id: Uuid,
  ...values,
  active: Type.Boolean(),
  beforeUntil: Maybe(Instant),
  failingSince: Maybe(Instant),
  stoppedAt: Maybe(Instant),
  createdAt: Instant,
})
export const WebhookMessage = Type.Object({
  id: Uuid,
  no: Type.Integer(),
  endpointId: Uuid,
  endpointName: Type.String(),
  kind: Type.String({ description: 'e.g. order.pay, sale.completed, stock.moved' }),
  state: OneOf(MESSAGE_STATES),
  tries: Type.Integer(),
  at: Instant,
  nextAt: Instant,
  endedAt: Maybe(Instant),
  status: Maybe(Type.Integer({ description: 'what the last try was answered' })),
  fault: Maybe(Type.String({ description: 'why the last try was not answered' })),
})
const ByEndpoint = Strict({ endpointId: Uuid })
const WithSecret = Type.Object({
  endpoint: WebhookEndpoint,
  secret: Type.String({ description: 'in this answer and nowhere else' }),
})
const READ = { access: 'console', permission: 'partners.read' } as const
const WRITE = { access: 'console', permission: 'partners.write' } as const
const ADDRESS = ['webhooks.address_invalid', 'webhooks.address_inside', 'stores.missing'] as const

export const consoleWebhookRoutes = defineRoutes({
  'GET /console/v1/webhook-endpoints': {
    summary: 'Where partners are told of orders, sales and stock',
    ...READ,
    ok: Type.Object({ items: Type.Array(WebhookEndpoint) }),
    errors: [],
  },
  'POST /console/v1/webhook-endpoints': {
    summary: 'Tell an address; it hears of what happens from now on',
    ...WRITE,
    body: Strict(values),
    ok: WithSecret,
    status: 201,
    errors: [...ADDRESS, 'webhooks.endpoints_full'],
  },
  'PUT /console/v1/webhook-endpoints/:endpointId': {
    summary: 'Change, stop or start an endpoint; what is due waits for it meanwhile',
    ...WRITE,
    params: ByEndpoint,
    body: Strict({ ...values, active: Type.Boolean() }),
    ok: WebhookEndpoint,
    errors: [...ADDRESS, 'webhooks.endpoint_missing'],
  },
  'POST /console/v1/webhook-endpoints/:endpointId/secrets': {
    summary: 'A new secret; for a day messages are signed with the one before as well',
    ...WRITE,
    params: ByEndpoint,
    ok: WithSecret,
    status: 201,
    errors: ['webhooks.endpoint_missing'],
  },
  'POST /console/v1/webhook-endpoints/:endpointId/replays': {
    summary: 'Send messages of a span again, whatever became of them',
    ...WRITE,
    params: ByEndpoint,
    body: Strict({ from: InstantInput, to: InstantInput }),
    ok: Type.Object({ messages: Type.Integer() }),
    errors: ['webhooks.endpoint_missing'],
  },
  'GET /console/v1/webhook-messages': {
    summary: 'What was told, newest first',
    ...READ,
    query: Strict({
      endpointId: Type.Optional(Uuid),
      state: Type.Optional(OneOf(MESSAGE_STATES)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(WebhookMessage),
    errors: [],
  },
  'GET /console/v1/webhook-messages/:messageId': {
    summary: 'One message as it is sent, and its last fifty tries',
    ...READ,
    params: Strict({ messageId: Uuid }),
    ok: Type.Object({
      id: Uuid,
      body: Type.Unknown(),
      tries: Type.Array(
        Type.Object({
          at: Instant,
          status: Maybe(Type.Integer()),
          ms: Type.Integer(),
          fault: Maybe(Type.String()),
        }),
      ),
    }),
    errors: ['webhooks.message_missing'],
  },
  'POST /console/v1/webhook-messages/:messageId/replays': {
    summary: 'Send one message again',
    ...WRITE,
    params: Strict({ messageId: Uuid }),
    ok: Type.Object({ messages: Type.Integer() }),
    errors: ['webhooks.message_missing'],
  },
})
