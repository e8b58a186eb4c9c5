import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export type AlarmKind = 'phone_again' | 'codes_guessed'
export interface Alarm {
  kind: AlarmKind
  memberId: string
  templateId: string | null
  day: string
  at: Date
}

/** Counts what happened once more that day. */
export async function raiseAlarm(tx: Tx, { kind, memberId, templateId, day, at }: Alarm): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into coupon_alarm as a (kind, member_id, template_id, day, last_at) values (${kind}, ${memberId}, ${templateId}, ${day}, ${at})
    on conflict (day, kind, member_id, (coalesce(template_id::text, ''))) do update set times = a.times + 1, last_at = excluded.last_at`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

export interface AlarmRow extends Omit<Alarm, 'at'> {
  label: string | null
  times: number
  lastAt: Date
}
/** The latest first. */
export const listAlarms = (db: Reader, limit: number): Promise<AlarmRow[]> =>
  db
    .selectFrom('coupon_alarm as a')
    .leftJoin('coupon_template as t', 't.id', 'a.template_id')
    .select([
      sql<AlarmKind>`a.kind`.as('kind'),
      'a.member_id as memberId',
      'a.template_id as templateId',
      't.label',
      sql<string>`a.day::text`.as('day'),
      'a.times',
      'a.last_at as lastAt',
    ])
    .orderBy('a.last_at', 'desc')
    .limit(limit)
    .execute()
