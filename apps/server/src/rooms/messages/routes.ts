import { consoleMessageRoutes, messageHookRoutes, messageRoutes } from '@linli/contract/messages'
import { type Http, mount } from '#kernel/http'
import type { Consents } from './consents.ts'
import type { Desk } from './desk.ts'
import type { Inbox } from './inbox.ts'
import type { Delivery } from './replies.ts'

export function mountShopper(http: Http, inbox: Inbox, consents: Consents): void {
  mount(http, messageRoutes, {
    'GET /v1/messages': ({ actor, query }) => inbox.list(actor.memberId, query),
    'GET /v1/messages/unread': async ({ actor }) => ({ unread: await inbox.unread(actor.memberId) }),
    'PUT /v1/messages/:messageId/reading': async ({ actor, params }) => {
      await inbox.read(actor.memberId, params.messageId)
      return null
    },
    'PUT /v1/messages/reading': async ({ actor, body }) => {
      await inbox.readUpTo(actor.memberId, body.upTo)
      return null
    },
    'GET /v1/message-consents': ({ actor }) => consents.list(actor.memberId),
    'PUT /v1/message-consents/:topic': ({ actor, params, body }) =>
      consents.say(actor.memberId, params.topic, { ...body, via: 'shop' }),
    'GET /v1/subscription-templates': () => ({ items: consents.offered() }),
    'POST /v1/subscriptions': async ({ actor, body }) => ({
      accepted: await consents.subscribe(actor.memberId, body.idempotencyKey, body.answers),
    }),
  })
}

export function mountHooks(http: Http, takeReply: (delivery: Delivery) => Promise<void>): void {
  mount(http, messageHookRoutes, {
    'POST /hooks/sms/replies': async (call) => {
      await takeReply(call)
      return null
    },
  })
}

export function mountConsole(http: Http, desk: Desk): void {
  mount(http, consoleMessageRoutes, {
    'GET /console/v1/message-templates': () => desk.templates(),
    'PUT /console/v1/message-templates/:kind': async (call) => {
      await desk.change(call, call.params.kind, call.body)
      return null
    },
    'GET /console/v1/messages': ({ query }) => desk.log(query),
  })
}
