import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import * as sql from './consents.sql.ts'
import { type Kind, KINDS, type Topic } from './kinds.ts'
import { templateUnknown } from './problems.ts'
import { accept } from './subscriptions.sql.ts'
import type { WechatTemplates } from './wechat-templates.ts'

const TOPICS: readonly Topic[] = ['marketing', 'sms']
/** More consents than anybody will ever be sent messages for. */
export const SUBSCRIPTIONS_MOST = 50
/** 「总是保持以上选择」 comes back as one of the others too: all of them allow one message. */
const ACCEPTS: ReadonlySet<string> = new Set(['accept', 'acceptWithAudio', 'acceptWithAlert'])

export interface Said {
  topic: Topic
  agreed: boolean
  since: string
}

/** What members agreed to: topics by a switch of ours, single messages by WeChat's sheet. */
export function createConsents(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { wechat, smsOffered }: { wechat: WechatTemplates; smsOffered: boolean },
) {
  return {
    async list(memberId: string) {
      const said = await sql.listConsents(db, memberId)
      return {
        items: TOPICS.map((topic) => {
          const row = said.find((each) => each.topic === topic)
          return { topic, agreed: row?.agreed ?? false, since: row?.since.toISOString() ?? null }
        }),
        smsOffered,
      }
    },

    /** Saying the same again is kept too: it shows that somebody asked again. What was agreed to then goes out no more once this is committed. */
    say: (
      memberId: string,
      topic: Topic,
      { agreed, wording, via }: { agreed: boolean; wording: number; via: 'shop' | 'sms_reply' },
    ): Promise<Said> =>
      inTx(db, async (tx) => {
        const at = clock.now()
        await sql.lockMember(tx, memberId)
        await sql.insertConsent(tx, { memberId, topic, agreed, wording, via, at })
        return { topic, agreed, since: at.toISOString() }
      }),

    offered: (): { kind: Kind; templateId: string; name: string }[] =>
      [...wechat].map(([kind, { id }]) => ({ kind, templateId: id, name: KINDS[kind].name })),

    /** What WeChat's sheet answered, template by template. */
    subscribe: (
      memberId: string,
      key: string,
      answers: readonly { templateId: string; answer: string }[],
    ): Promise<number> => {
      const known = new Set([...wechat.values()].map(({ id }) => id))
      for (const { templateId } of answers)
        if (!known.has(templateId)) refuse(templateUnknown, { templateId })
      const accepted = [
        ...new Set(answers.filter(({ answer }) => ACCEPTS.has(answer)).map((each) => each.templateId)),
      ]
      return inTx(db, async (tx) => {
        const at = clock.now()
        await sql.lockMember(tx, memberId)
        let counted = 0
        for (const templateId of accepted)
          if (await accept(tx, { memberId, templateId, ref: key, at }, SUBSCRIPTIONS_MOST)) counted++
        return counted
      })
    },
  }
}
export type Consents = ReturnType<typeof createConsents>
