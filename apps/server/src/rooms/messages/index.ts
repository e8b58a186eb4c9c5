/**
 * Messages: what members are told, where, and what they agreed to.
 *
 * Owns message, message_push, message_template, message_consent, subscription, subscription_posting and message_cursor. Promises that the same kind of
 * the same thing is told once, that nothing goes out twice (also when nobody heard the answer), that nobody is told what they did not agree to, that a
 * consent of WeChat's sheet is spent once and never below none, and that the night and the limits are kept. What happened in other rooms it hears by
 * `tell`, in their transaction, or by following their events, which costs them nothing.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import { createConsents } from './consents.ts'
import { createDesk } from './desk.ts'
import { followEvents, type Source } from './following.ts'
import { createInbox } from './inbox.ts'
import { takeReply } from './replies.ts'
import { mountConsole, mountHooks, mountShopper } from './routes.ts'
import { type MessageEvents, sendDue } from './sending.ts'
import { createSms } from './sms.ts'
import { createTell, type Tell } from './telling.ts'
import { readWechatTemplates } from './wechat-templates.ts'

export { PRESENTS_AGREED_FROM } from './kinds.ts'
export type { Source } from './following.ts'
export type { MessageEvents } from './sending.ts'
export type { Notice } from './telling.ts'

export interface Messages {
  /** Keeps notices in the caller's transaction, each once by its kind and what it speaks of; they go out later. Answers how many were new. */
  tell: Tell
  /** A sweep that tells what a room's append-only events say. */
  follow(source: Source): Sweep
  /** Who hears of messages that WeChat took. */
  connect(events: MessageEvents): void
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createMessages(ctx: Ctx, { staff, members }: { staff: Staff; members: Members }): Messages {
  const wechat = readWechatTemplates(ctx.config.wechat)
  const sms = createSms(ctx)
  const smsOffered = sms !== undefined
  const tell = createTell(ctx)
  const told: MessageEvents[] = []
  const inbox = createInbox(ctx)
  const consents = createConsents(ctx, { wechat, smsOffered })
  return {
    tell,
    follow: (source) => followEvents(ctx, tell, source),
    connect: (events) => void told.push(events),
    routes(http) {
      mountShopper(http, inbox, consents)
      mountHooks(http, (delivery) => takeReply({ sms, members, consents }, delivery))
      mountConsole(http, createDesk({ ctx, staff, members, wechat, smsOffered }))
    },
    sweeps: [
      { name: 'messages.send', seconds: 3, run: () => sendDue({ ctx, members, wechat, sms, told }) },
      { name: 'messages.forget', seconds: 3600, run: () => inbox.forget() },
    ],
  }
}
