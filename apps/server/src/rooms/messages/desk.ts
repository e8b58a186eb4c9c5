import type { Input, Output } from '@linli/contract'
import type { consoleMessageRoutes } from '@linli/contract/messages'
import { secondsAfter } from '#kernel/clock'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { AuditedCall, Staff } from '#room/staff'
import { countAgreed } from './consents.sql.ts'
import * as sql from './desk.sql.ts'
import { type Kind, KINDS, unknownFields } from './kinds.ts'
import { fieldUnknown } from './problems.ts'
import { MARKETING_MOST, QUIET, SMS_MOST_A_DAY } from './rules.ts'
import { readTemplates, type Template } from './templates.ts'
import { putTemplate } from './templates.sql.ts'
import type { WechatTemplates } from './wechat-templates.ts'

type Listed = Output<(typeof consoleMessageRoutes)['GET /console/v1/message-templates']>
type Change = Input<(typeof consoleMessageRoutes)['PUT /console/v1/message-templates/:kind']>['body']
type Asked = NonNullable<Input<(typeof consoleMessageRoutes)['GET /console/v1/messages']>['query']>
type Logged = Output<(typeof consoleMessageRoutes)['GET /console/v1/messages']>

const WEEK_SECONDS = 7 * 86_400
const NOTHING = { told: 0, read: 0, sent: 0, skipped: 0, failed: 0 }
const nobody = (id: string) => ({ id, name: '', phoneTail: null })

interface DeskDeps {
  ctx: Ctx
  staff: Staff
  members: Members
  wechat: WechatTemplates
  smsOffered: boolean
}

const facets = ({ enabled, byWechat, bySms, title, body }: Template | Change) => ({
  enabled,
  byWechat,
  bySms,
  title,
  body,
})

/** What head office sees of messages, and what it may change. */
export function createDesk({ ctx, staff, members, wechat, smsOffered }: DeskDeps) {
  const { db, clock } = ctx

  const shown = (template: Template, counts: readonly sql.KindCounts[]): Listed['items'][number] => {
    const { kind, marketing, changed } = template
    const { name, fields, mostADay, waitsForMorning } = KINDS[kind]
    const { kind: _, ...known } = counts.find((each) => each.kind === kind) ?? { kind, ...NOTHING }
    return {
      kind,
      name,
      marketing,
      ...facets(template),
      fields: [...fields],
      mostADay,
      waitsForMorning,
      wechatReady: wechat.has(kind),
      changedAt: changed?.at.toISOString() ?? null,
      changedBy: changed?.by ?? null,
      ...known,
    }
  }

  return {
    async templates(): Promise<Listed> {
      const [templates, counts, agreed] = await Promise.all([
        readTemplates(db),
        sql.countKinds(db, secondsAfter(clock.now(), -WEEK_SECONDS)),
        countAgreed(db),
      ])
      const agreedTo = (topic: string) => agreed.find((each) => each.topic === topic)?.members ?? 0
      return {
        items: [...templates.values()].map((template) => shown(template, counts)),
        quiet: { ...QUIET },
        marketing: {
          mostADay: MARKETING_MOST.aDay,
          mostAWeek: MARKETING_MOST.aWeek,
          agreed: agreedTo('marketing'),
        },
        sms: { offered: smsOffered, mostADay: SMS_MOST_A_DAY, agreed: agreedTo('sms') },
      }
    },

    /** What is on its way is looked at again before it goes out; what was told keeps its words. */
    change: (call: AuditedCall, kind: Kind, change: Change): Promise<void> =>
      inTx(db, async (tx) => {
        const [unknown] = unknownFields(kind, change.title + change.body)
        if (unknown !== undefined) refuse(fieldUnknown, { field: unknown })
        const before = (await readTemplates(tx)).get(kind)
        const at = clock.now()
        await putTemplate(tx, { kind, ...facets(change), changedAt: at, changedBy: signature(call.actor) })
        await staff.audit(tx, call, {
          action: 'messages.template_changed',
          subject: `message_template:${kind}`,
          ...(before ? { before: facets(before) } : {}),
          after: facets(change),
        })
      }),

    async log({ kind, fate, q, page = 1, limit = 20 }: Asked): Promise<Logged> {
      const typed = q?.trim()
      const filter = { kind, fate, memberIds: typed ? await members.idsBy(typed) : undefined }
      const [rows, total] = await Promise.all([
        sql.listLog(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countLog(db, filter),
      ])
      const [pushes, known] = await Promise.all([
        sql.listPushes(
          db,
          rows.map(({ id }) => id),
        ),
        members.atDesk([...new Set(rows.map(({ memberId }) => memberId))]),
      ])
      return {
        items: rows.map(({ toldAt, memberId, ...row }) => ({
          ...row,
          at: toldAt.toISOString(),
          member: known.get(memberId) ?? nobody(memberId),
          pushes: pushes
            .filter(({ messageId }) => messageId === row.id)
            .map(({ channel, state, reason, dueAt, doneAt }) => ({
              channel,
              state,
              reason,
              dueAt: dueAt?.toISOString() ?? null,
              doneAt: doneAt?.toISOString() ?? null,
            })),
        })),
        total,
      }
    },
  }
}
export type Desk = ReturnType<typeof createDesk>
