import { Type } from 'typebox'
import {
  Cursor,
  Instant,
  Limit,
  Line,
  Maybe,
  Nothing,
  OneOf,
  Page,
  PageNo,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { MemberAtDesk } from './members.ts'
import { defineRoutes } from './route.ts'

export const MESSAGE_KINDS = [
  'order.ready',
  'order.refunded',
  'presale.balance',
  'presale.ending',
  'presale.arrived',
  'box.ordered',
  'box.short',
  'box.paused',
  'drop.coupon',
  'box.arrived',
  'aftersale.answered',
  'stock.back',
  'coupon.expiring',
  'present.birthday',
  'present.dormant',
  'group.gathered',
  'group.failed',
  'group.one_left',
  'bargain.reached',
  'bargain.lost',
  'campaign.soon',
  'promoter.approved',
  'promoter.refused',
  'commission.free',
  'withdrawal.paid',
  'withdrawal.failed',
] as const
/** Where pressing a message leads in the shop. */
export const MESSAGE_PAGES = [
  'order',
  'aftersale',
  'product',
  'coupons',
  'group',
  'rally',
  'campaigns',
  'box',
  'promoter',
] as const
/** `marketing`: reminders of offers. `sms`: text messages to the bound phone. Everything is off until its member says so. */
export const CONSENT_TOPICS = ['marketing', 'sms'] as const
export const PUSH_CHANNELS = ['wechat', 'sms'] as const
export const PUSH_STATES = ['WAITING', 'SENDING', 'SENT', 'SKIPPED', 'FAILED', 'UNKNOWN'] as const
/** Why a member never saw a message: the kind is switched off, or they did not agree to marketing. */
export const WITHHELD = ['off', 'no_consent'] as const

export const InboxMessage = Type.Object({
  id: Uuid,
  kind: OneOf(MESSAGE_KINDS),
  title: Type.String(),
  body: Type.String(),
  page: OneOf(MESSAGE_PAGES),
  pageId: Maybe(Type.String()),
  at: Instant,
  read: Type.Boolean(),
})

const TemplateId = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' })
/** What `wx.requestSubscribeMessage` says of a template. */
const ANSWERS = ['accept', 'reject', 'ban', 'filter', 'acceptWithAudio', 'acceptWithAlert'] as const

export const messageRoutes = defineRoutes({
  'GET /v1/messages': {
    summary: 'My messages, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(InboxMessage),
    errors: ['messages.cursor_invalid'],
  },
  'GET /v1/messages/unread': {
    summary: 'How many I have not read; counted up to 100',
    access: 'member',
    ok: Type.Object({ unread: Type.Integer() }),
    errors: [],
  },
  'PUT /v1/messages/:messageId/reading': {
    summary: 'I have read this; saying so twice changes nothing',
    access: 'member',
    params: Strict({ messageId: Uuid }),
    ok: Nothing,
    status: 204,
    errors: ['messages.missing'],
  },
  'PUT /v1/messages/reading': {
    summary: 'I have read everything up to this message, the newest on my screen',
    access: 'member',
    body: Strict({ upTo: Uuid }),
    ok: Nothing,
    status: 204,
    errors: ['messages.missing'],
  },
  'GET /v1/message-consents': {
    summary: 'What I agreed to; a topic nobody asked me about is off',
    access: 'member',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ topic: OneOf(CONSENT_TOPICS), agreed: Type.Boolean(), since: Maybe(Instant) }),
      ),
      smsOffered: Type.Boolean({ description: 'this chain can send text messages' }),
    }),
    errors: [],
  },
  'PUT /v1/message-consents/:topic': {
    summary: 'Agree, or take it back: the same press, at once',
    access: 'member',
    params: Strict({ topic: OneOf(CONSENT_TOPICS) }),
    body: Strict({ agreed: Type.Boolean(), wording: Type.Integer({ minimum: 1, maximum: 1000 }) }),
    ok: Type.Object({ topic: OneOf(CONSENT_TOPICS), agreed: Type.Boolean(), since: Instant }),
    errors: [],
  },
  'GET /v1/subscription-templates': {
    summary: 'The WeChat templates that the shop may ask consent for, by what they tell',
    access: 'public',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ kind: OneOf(MESSAGE_KINDS), templateId: TemplateId, name: Type.String() }),
      ),
    }),
    errors: [],
  },
  'POST /v1/subscriptions': {
    summary:
      'What wx.requestSubscribeMessage answered; each consent is one message. Safe to repeat by its key',
    access: 'member',
    body: Strict({
      idempotencyKey: Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }),
      answers: Type.Array(Strict({ templateId: TemplateId, answer: OneOf(ANSWERS) }), {
        minItems: 1,
        maxItems: 3,
      }),
    }),
    ok: Type.Object({ accepted: Type.Integer() }),
    errors: ['messages.template_unknown'],
  },
})

export const messageHookRoutes = defineRoutes({
  'POST /hooks/sms/replies': {
    summary: 'SMS gateway: a member answered a text message; the unsubscribe word ends them',
    access: 'hook',
    body: Type.Unknown(),
    ok: Nothing,
    status: 204,
    errors: ['messages.signature_invalid', 'messages.reply_unreadable', 'messages.sms_off'],
  },
})

const words = { title: Line(40), body: Line(200) }
export const MessageTemplate = Type.Object({
  kind: OneOf(MESSAGE_KINDS),
  name: Type.String(),
  marketing: Type.Boolean(),
  enabled: Type.Boolean(),
  byWechat: Type.Boolean(),
  bySms: Type.Boolean(),
  title: Type.String(),
  body: Type.String(),
  /** What its words may speak of, in braces: `{store}`. */
  fields: Type.Array(Type.Object({ name: Type.String(), meaning: Type.String(), example: Type.String() })),
  mostADay: Type.Integer({ description: 'pushed to one member on one business day' }),
  waitsForMorning: Type.Boolean(),
  wechatReady: Type.Boolean({ description: 'the merchant file names a WeChat template for it' }),
  changedAt: Maybe(Instant),
  changedBy: Maybe(Type.String()),
  /** Of the last seven days. */
  told: Type.Integer(),
  read: Type.Integer(),
  sent: Type.Integer(),
  skipped: Type.Integer(),
  failed: Type.Integer({ description: 'refused, or without an answer' }),
})
export const LoggedMessage = Type.Object({
  id: Uuid,
  at: Instant,
  kind: OneOf(MESSAGE_KINDS),
  member: MemberAtDesk,
  title: Type.String(),
  body: Type.String(),
  read: Type.Boolean(),
  withheld: Maybe(OneOf(WITHHELD)),
  pushes: Type.Array(
    Type.Object({
      channel: OneOf(PUSH_CHANNELS),
      state: OneOf(PUSH_STATES),
      reason: Maybe(Type.String()),
      dueAt: Maybe(Instant),
      doneAt: Maybe(Instant),
    }),
  ),
})
/** What became of it: on its way, out, or not (and why). */
export const MESSAGE_FATES = ['waiting', 'sent', 'skipped', 'failed', 'withheld'] as const

export const consoleMessageRoutes = defineRoutes({
  'GET /console/v1/message-templates': {
    summary: 'Every kind of message, how it stands, and what became of it in seven days',
    access: 'console',
    permission: 'messages.read',
    ok: Type.Object({
      items: Type.Array(MessageTemplate),
      quiet: Type.Object({ from: Type.String(), until: Type.String() }),
      marketing: Type.Object({ mostADay: Type.Integer(), mostAWeek: Type.Integer(), agreed: Type.Integer() }),
      sms: Type.Object({ offered: Type.Boolean(), mostADay: Type.Integer(), agreed: Type.Integer() }),
    }),
    errors: [],
  },
  'PUT /console/v1/message-templates/:kind': {
    summary: 'Switch a kind or a channel of it on or off, or change its words',
    access: 'console',
    permission: 'messages.write',
    params: Strict({ kind: OneOf(MESSAGE_KINDS) }),
    body: Strict({
      enabled: Type.Boolean(),
      byWechat: Type.Boolean(),
      bySms: Type.Boolean(),
      ...words,
    }),
    ok: Nothing,
    status: 204,
    errors: ['messages.field_unknown'],
  },
  'GET /console/v1/messages': {
    summary: 'What was told to whom, newest first, and why not',
    access: 'console',
    permission: 'messages.read',
    query: Strict({
      kind: Type.Optional(OneOf(MESSAGE_KINDS)),
      fate: Type.Optional(OneOf(MESSAGE_FATES)),
      q: Type.Optional(Text(40, 1)),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(LoggedMessage),
    errors: [],
  },
})
