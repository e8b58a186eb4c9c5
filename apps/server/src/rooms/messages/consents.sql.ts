import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Topic } from './kinds.ts'

export interface ConsentRow {
  topic: Topic
  agreed: boolean
  since: Date
}

/** The last word of a member on each topic that they said anything about. */
export async function listConsents(db: Reader, memberId: string): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select distinct on (topic) topic, agreed, at as since from message_consent where member_id = ${memberId}
    order by topic, id desc`.execute(db)
  return rows
}

export const insertConsent = async (
  tx: Tx,
  {
    memberId,
    topic,
    ...said
  }: {
    memberId: string
    topic: Topic
    agreed: boolean
    wording: number
    via: 'shop' | 'sms_reply'
    at: Date
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('message_consent')
    .values({ member_id: memberId, topic, ...said })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** One thing at a time for one member: what they agree to, and what goes out to them. */
export const lockMember = async (tx: Tx, memberId: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('messages ' || ${memberId}, 0))`.execute(tx)

/** How many members agree to each topic now. */
export async function countAgreed(db: Reader): Promise<{ topic: Topic; members: number }[]> {
  const { rows } = await sql<{ topic: Topic; members: number }>`
    select topic, count(*) filter (where agreed) as members
    from (select distinct on (member_id, topic) topic, agreed from message_consent order by member_id, topic, id desc) last
    group by topic`.execute(db)
  return rows
}
