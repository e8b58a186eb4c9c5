import { consoleWebhookRoutes } from '@linli/contract/webhooks'
import { type Http, mount } from '#kernel/http'
import { addEndpoint, changeEndpoint, listEndpoints, renewSecret, type WebhookRoom } from './endpoints.ts'
import { listMessages, replayOne, replaySpan, showMessage } from './messages.ts'

export const mountWebhooks = (http: Http, room: WebhookRoom): void =>
  mount(http, consoleWebhookRoutes, {
    'GET /console/v1/webhook-endpoints': () => listEndpoints(room),
    'POST /console/v1/webhook-endpoints': ({ actor, requestId, body }) =>
      addEndpoint(room, { actor, requestId }, body),
    'PUT /console/v1/webhook-endpoints/:endpointId': ({ actor, requestId, params, body }) =>
      changeEndpoint(room, { actor, requestId }, params.endpointId, body),
    'POST /console/v1/webhook-endpoints/:endpointId/secrets': ({ actor, requestId, params }) =>
      renewSecret(room, { actor, requestId }, params.endpointId),
    'POST /console/v1/webhook-endpoints/:endpointId/replays': ({ actor, requestId, params, body }) =>
      replaySpan(room, { actor, requestId }, params.endpointId, body),
    'GET /console/v1/webhook-messages': ({ query }) => listMessages(room, query),
    'GET /console/v1/webhook-messages/:messageId': ({ params }) => showMessage(room, params.messageId),
    'POST /console/v1/webhook-messages/:messageId/replays': ({ actor, requestId, params }) =>
      replayOne(room, { actor, requestId }, params.messageId),
  })
