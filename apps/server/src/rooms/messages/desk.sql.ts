import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Channel, Kind } from './kinds.ts'

export type Fate = 'waiting' | 'sent' | 'skipped' | 'failed' | 'withheld'

export interface LogRow {
  id: string
  toldAt: Date
  kind: Kind
  memberId: string
  title: string
  body: string
  read: boolean
  withheld: 'off' | 'no_consent' | null
}
export interface LogFilter {
  kind: Kind | undefined
  fate: Fate | undefined
  /** Undefined: everybody. */
  memberIds: readonly string[] | undefined
}

const STATES: Readonly<Record<Exclude<Fate, 'withheld'>, readonly string[]>> = {
  waiting: ['WAITING', 'SENDING'],
  sent: ['SENT'],
  skipped: ['SKIPPED'],
  failed: ['FAILED', 'UNKNOWN'],
}

const conditions = ({ kind, fate, memberIds }: LogFilter): RawBuilder<boolean> => {
  const all = [
    sql<boolean>`true`,
    ...(kind ? [sql<boolean>`m.kind = ${kind}`] : []),
    ...(memberIds ? [sql<boolean>`m.member_id = any(${memberIds}::uuid[])`] : []),
    ...(fate === 'withheld' ? [sql<boolean>`m.withheld is not null`] : []),
    ...(fate && fate !== 'withheld'
      ? [
          sql<boolean>`m.id in (select message_id from message_push where state = any(${STATES[fate]}::text[]))`,
        ]
      : []),
  ]
  return sql.join(all, sql` and `)
}

export const listLog = async (
  db: Reader,
  filter: LogFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<LogRow[]> => {
  const { rows } = await sql<LogRow>`
    select m.id, m.told_at as "toldAt", m.kind, m.member_id as "memberId", m.title, m.body, m.read_at is not null as read, m.withheld
    from message m where ${conditions(filter)} order by m.id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export const countLog = async (db: Reader, filter: LogFilter): Promise<number> => {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from message m where ${conditions(filter)}`.execute(db)
  return rows[0]?.total ?? 0
}

export interface LogPush {
  messageId: string
  channel: Channel
  state: 'WAITING' | 'SENDING' | 'SENT' | 'SKIPPED' | 'FAILED' | 'UNKNOWN'
  reason: string | null
  dueAt: Date | null
  doneAt: Date | null
}
export const listPushes = async (db: Reader, messageIds: readonly string[]): Promise<LogPush[]> => {
  const { rows } = await sql<LogPush>`
    select message_id as "messageId", channel, state, reason, due_at as "dueAt", done_at as "doneAt" from message_push
    where message_id = any(${messageIds}::uuid[]) order by message_id, channel desc`.execute(db)
  return rows
}

export interface KindCounts {
  kind: string
  told: number
  read: number
  sent: number
  skipped: number
  failed: number
}
/** What became of messages since then, by kind. A message that went out by its second channel went out. */
export const countKinds = async (db: Reader, since: Date): Promise<KindCounts[]> => {
  const { rows } = await sql<KindCounts>`
    select m.kind, count(*) filter (where m.withheld is null) as told, count(m.read_at) as read,
      count(*) filter (where p.sent) as sent, count(*) filter (where p.failed and not p.sent) as failed,
      count(*) filter (where m.withheld is not null or (p.skipped and not p.sent and not p.failed)) as skipped
    from message m, lateral (
      select coalesce(bool_or(state = 'SENT'), false) as sent, coalesce(bool_or(state in ('FAILED', 'UNKNOWN')), false) as failed,
        coalesce(bool_or(state = 'SKIPPED'), false) as skipped
      from message_push where message_id = m.id) p
    where m.told_at >= ${since} group by m.kind`.execute(db)
  return rows
}
