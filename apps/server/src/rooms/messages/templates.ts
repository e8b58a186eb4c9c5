import type { Reader } from '#kernel/db'
import { type Kind, KINDS } from './kinds.ts'
import { listTemplates, type TemplateRow } from './templates.sql.ts'

/** How a kind of message stands now. */
export interface Template {
  kind: Kind
  marketing: boolean
  enabled: boolean
  byWechat: boolean
  bySms: boolean
  title: string
  body: string
  changed: { at: Date; by: string } | null
}

const asDelivered = (kind: Kind): Template => {
  const { marketing, title, body } = KINDS[kind]
  // Text messages cost money, and their reader has to have asked for them: nobody gets one before somebody here decided so.
  return { kind, marketing, enabled: true, byWechat: true, bySms: false, title, body, changed: null }
}

const changed = (
  kind: Kind,
  { enabled, byWechat, bySms, title, body, changedAt, changedBy }: TemplateRow,
): Template => ({
  kind,
  marketing: KINDS[kind].marketing,
  enabled,
  byWechat,
  bySms,
  title,
  body,
  changed: { at: changedAt, by: changedBy },
})

export type Templates = ReadonlyMap<string, Template>

/** Every kind, as delivered or as head office changed it. */
export async function readTemplates(db: Reader): Promise<Templates> {
  const rows = new Map((await listTemplates(db)).map((row) => [row.kind, row]))
  return new Map(
    (Object.keys(KINDS) as Kind[]).map((kind) => {
      const row = rows.get(kind)
      return [kind, row ? changed(kind, row) : asDelivered(kind)]
    }),
  )
}
