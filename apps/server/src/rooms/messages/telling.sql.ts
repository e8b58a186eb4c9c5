import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface NewMessage {
  id: string
  memberId: string
  kind: string
  ref: string
  marketing: boolean
  title: string
  body: string
  fields: Readonly<Record<string, string>>
  page: string
  pageId: string | null
  withheld: string | null
  toldAt: Date
  /** The first channel that it is pushed through; null: the inbox is all. */
  channel: string | null
}

/** Which of these members agreed to marketing, by their last word, and to which words of ours. */
export const listAgreed = async (
  db: Reader,
  memberIds: readonly string[],
): Promise<{ memberId: string; wording: number }[]> => {
  const { rows } = await sql<{ memberId: string; wording: number }>`
    select m.id as "memberId", last.wording from unnest(${memberIds}::uuid[]) m(id),
      lateral (select agreed, wording from message_consent c where c.member_id = m.id and c.topic = 'marketing' order by c.id desc limit 1) last
    where last.agreed`.execute(db)
  return rows
}

/** Keeps messages, each once by what it speaks of, and puts those that are pushed on their way. Answers how many are new. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<number> {
  const { rows } = await sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as g(id uuid, "memberId" uuid, kind text, ref text,
      marketing boolean, title text, body text, fields jsonb, page text, "pageId" text, withheld text, "toldAt" timestamptz, channel text)),
    told as (
      insert into message (id, member_id, kind, ref, marketing, title, body, fields, page, page_id, withheld, told_at)
      select id, "memberId", kind, ref, marketing, title, body, fields, page, "pageId", withheld, "toldAt" from given
      on conflict (kind, ref) do nothing returning id),
    pushed as (
      insert into message_push (message_id, channel, member_id, kind, marketing, state, due_at)
      select g.id, g.channel, g."memberId", g.kind, g.marketing, 'WAITING', g."toldAt" from given g join told using (id)
      where g.channel is not null)
    select 1 from told`.execute(tx)
  return rows.length
}
