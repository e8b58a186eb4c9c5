import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Channel, Kind, Page } from './kinds.ts'

export interface PushKey {
  messageId: string
  channel: Channel
}

/** What is due, oldest first. */
export async function listDue(db: Reader, now: Date, limit: number): Promise<PushKey[]> {
  const { rows } = await sql<PushKey>`
    select message_id as "messageId", channel from message_push where due_at <= ${now} and state = 'WAITING'
    order by due_at limit ${limit}`.execute(db)
  return rows
}

export interface Push extends PushKey {
  memberId: string
  kind: Kind
  marketing: boolean
  tries: number
  title: string
  body: string
  fields: Record<string, string>
  page: Page
  pageId: string | null
  read: boolean
}

/** Takes hold of a push that is due; undefined when somebody else has it or it went already. */
export async function holdPush(
  tx: Tx,
  { messageId, channel }: PushKey,
  now: Date,
): Promise<Push | undefined> {
  const { rows } = await sql<Push>`
    select p.message_id as "messageId", p.channel, p.member_id as "memberId", p.kind, p.marketing, p.tries, m.title, m.body, m.fields, m.page,
      m.page_id as "pageId", m.read_at is not null as read
    from message_push p join message m on m.id = p.message_id
    where p.message_id = ${messageId} and p.channel = ${channel} and p.state = 'WAITING' and p.due_at <= ${now}
    for update of p skip locked`.execute(tx)
  return rows[0]
}

export interface OutCounts {
  kindToday: number
  marketingToday: number
  marketingWeek: number
  smsToday: number
}

/** What went out to a member on this business day and the six before it, or may have. */
export async function countOut(
  db: Reader,
  memberId: string,
  { kind, day }: { kind: string; day: string },
): Promise<OutCounts> {
  const { rows } = await sql<OutCounts>`
    select count(*) filter (where day = ${day}::date and kind = ${kind}) as "kindToday",
      count(*) filter (where day = ${day}::date and marketing) as "marketingToday",
      count(*) filter (where marketing) as "marketingWeek",
      count(*) filter (where day = ${day}::date and channel = 'sms') as "smsToday"
    from message_push
    where member_id = ${memberId} and day between ${day}::date - 6 and ${day}::date and state in ('SENDING', 'SENT', 'UNKNOWN')`.execute(
    db,
  )
  return rows[0] ?? { kindToday: 0, marketingToday: 0, marketingWeek: 0, smsToday: 0 }
}

type Held = PushKey & { tries: number }
const those = (tx: Tx, { messageId, channel, tries }: Held, state: 'WAITING' | 'SENDING') =>
  tx
    .updateTable('message_push')
    .where('message_id', '=', messageId)
    .where('channel', '=', channel)
    .where('state', '=', state)
    .where('tries', '=', tries)

/** It goes out now. An answer that is not here by `until` will not come. */
export async function markSending(
  tx: Tx,
  push: Held,
  { day, until }: { day: string; until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, push, 'WAITING')
    .set({ state: 'SENDING', tries: push.tries + 1, day, due_at: until, reason: null })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** It waits for the morning, and says so. */
export async function holdUntil(tx: Tx, push: Held, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, push, 'WAITING')
    .set({ due_at: until, reason: 'night' })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** It goes nowhere by this channel. */
export async function skip(
  tx: Tx,
  push: Held,
  { reason, at }: { reason: string; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, push, 'WAITING')
    .set({ state: 'SKIPPED', reason, due_at: null, done_at: at })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What the other side said, of this very try. */
export async function settle(
  tx: Tx,
  push: Held,
  {
    state,
    reason,
    at,
  }: { state: 'SENT' | 'SKIPPED' | 'FAILED' | 'UNKNOWN'; reason: string | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, push, 'SENDING')
    .set({ state, reason, due_at: null, done_at: at })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The other side is busy and took nothing. */
export async function tryAgain(
  tx: Tx,
  push: Held,
  { reason, dueAt }: { reason: string; dueAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, push, 'SENDING')
    .set({ state: 'WAITING', reason, due_at: dueAt })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The next channel of a message. */
export async function insertPush(
  tx: Tx,
  {
    messageId,
    channel,
    memberId,
    kind,
    marketing,
  }: Omit<Push, 'tries' | 'title' | 'body' | 'fields' | 'page' | 'pageId' | 'read'>,
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('message_push')
    .values({
      message_id: messageId,
      channel,
      member_id: memberId,
      kind,
      marketing,
      state: 'WAITING',
      due_at: at,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Sent by a process that did not live to hear the answer: nobody knows, and nobody asks again. */
export async function closeUnheard(tx: Tx, now: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    update message_push set state = 'UNKNOWN', reason = 'NO_ANSWER', due_at = null, done_at = ${now}
    where state = 'SENDING' and due_at <= ${now}`.execute(tx)
  return numAffectedRows ?? 0n
}
