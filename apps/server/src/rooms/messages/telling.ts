import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { fill, type Kind, KINDS } from './kinds.ts'
import * as sql from './telling.sql.ts'
import { readTemplates, type Template } from './templates.ts'

/** Something that happened to a member, for their inbox and, as they and the house like it, for their pocket. */
export interface Notice {
  memberId: string
  kind: Kind
  /** What it speaks of: the same kind of the same thing is told once, whoever says so and however often. */
  ref: string
  /** When it happened. What is three days old is no news. */
  at: Date
  fields: Readonly<Record<string, string>>
  /** What the page of its kind shows. */
  pageId: string | null
}

/** Keeps notices in the caller's transaction. Answers how many were new. */
export type Tell = (tx: Tx, notices: readonly Notice[]) => Promise<number>

const NEWS_SECONDS = 3 * 86_400

const withheldOf = ({ enabled, marketing }: Template, agreed: boolean): string | null =>
  !enabled ? 'off' : marketing && !agreed ? 'no_consent' : null

export const createTell =
  ({ clock }: Pick<Ctx, 'clock'>): Tell =>
  async (tx, notices) => {
    const now = clock.now()
    const news = notices.filter(({ at }) => at > secondsAfter(now, -NEWS_SECONDS))
    if (news.length === 0) return 0
    const templates = await readTemplates(tx)
    const marketed = news.filter(({ kind }) => KINDS[kind].marketing).map(({ memberId }) => memberId)
    const agreed = new Map(
      marketed.length === 0
        ? []
        : (await sql.listAgreed(tx, [...new Set(marketed)])).map(({ memberId, wording }) => [
            memberId,
            wording,
          ]),
    )
    return sql.insertMessages(
      tx,
      news.flatMap(({ memberId, kind, ref, fields, pageId }) => {
        const template = templates.get(kind)
        if (!template) return []
        const withheld = withheldOf(template, (agreed.get(memberId) ?? 0) >= (KINDS[kind].agreedFrom ?? 1))
        const channel = withheld ? null : template.byWechat ? 'wechat' : template.bySms ? 'sms' : null
        return {
          id: newId(),
          memberId,
          kind,
          ref,
          marketing: template.marketing,
          title: fill(template.title, fields),
          body: fill(template.body, fields),
          fields,
          page: KINDS[kind].page,
          pageId,
          withheld,
          toldAt: now,
          channel,
        }
      }),
    )
  }
