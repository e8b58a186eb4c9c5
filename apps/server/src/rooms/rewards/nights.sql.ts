import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import { type AsleepSince, MARK_GAP_DAYS } from './occasions.ts'
import { PRESENTS_AGREED_FROM } from '#room/messages'
import type { TriggerKind } from './terms.sql.ts'

/** Somebody to give to. */
interface DueRow {
  memberId: string
  occasion: string
  mark: number
  days: number
  templateId: string
  phoneHash: Buffer | null
}
/** Days of birth as they are kept (keyed hashes), with the year whose birthday it is. */
export interface BirthdaysOf {
  hashes: readonly Buffer[]
  years: readonly string[]
  templateId: string
}

// Members are probed one by one (`offset 0`): a guess of how many are due that is too high would have all of them read.
// Whoever has had the present of this birthday, under this phone too, is not due.
const dueBirthdays = ({ hashes, years, templateId }: BirthdaysOf) => sql<DueRow>`
  select b.member_id as "memberId", k.year as occasion, 1 as mark, 0 as days, ${templateId}::uuid as "templateId", m.phone_hash as "phoneHash"
  from unnest(${hashes}::bytea[], ${years}::text[]) k(hash, year) join member_birthday b on b.day_hash = k.hash
    cross join lateral (select phone_hash from member p where p.id = b.member_id and not p.blocked offset 0) m
  where not exists (select from present p where p.member_id = b.member_id and p.kind = 'birthday' and p.occasion = k.year)
    and not exists (select from present p where p.kind = 'birthday' and p.occasion = k.year and p.phone_hash = m.phone_hash)`

// Waking somebody is marketing: only those who agreed to it, in words that speak of it, are looked at. Whoever had this mark, or one of about as many days or more, since they bought
// last is not due, whatever the marks were then.
const dueSleepers = (asleep: readonly AsleepSince[]) => sql<DueRow>`
  select v.member_id as "memberId", v.last_day::text as occasion, k.mark, k.days, k."templateId", m.phone_hash as "phoneHash"
  from jsonb_to_recordset(${JSON.stringify(asleep)}::jsonb) k(mark integer, days integer, "from" date, until date, "templateId" uuid)
    join member_visit v on v.last_day between k."from" and k.until
    cross join lateral (select phone_hash from member p where p.id = v.member_id and not p.blocked offset 0) m
    cross join lateral (select agreed, wording from message_consent c where c.member_id = v.member_id and c.topic = 'marketing' order by c.id desc limit 1) said
  where said.agreed and said.wording >= ${PRESENTS_AGREED_FROM} and not exists (select from present p where p.member_id = v.member_id and p.kind = 'dormant' and p.occasion = v.last_day::text
    and (p.mark >= k.mark or p.days > k.days - ${MARK_GAP_DAYS}::integer))`

export type Due = { kind: 'birthday'; of: BirthdaysOf } | { kind: 'dormant'; of: readonly AsleepSince[] }
const dueOf = (due: Due) => (due.kind === 'birthday' ? dueBirthdays(due.of) : dueSleepers(due.of))

/** How many there are to give to. */
export async function countDue(db: Reader, due: Due): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${dueOf(due)}) d`.execute(db)
  return rows[0]?.count ?? 0
}

/** Claims a night; undefined: it was begun before. */
export const beginNight = (
  tx: Tx,
  row: { kind: TriggerKind; night: string; termsId: number; at: Date; due: number },
): Promise<{ id: number } | undefined> =>
  tx
    .insertInto('trigger_night')
    .values({ kind: row.kind, night: row.night, terms_id: row.termsId, at: row.at, due: row.due })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()

export const wasNight = (db: Reader, kind: TriggerKind, night: string): Promise<{ id: number } | undefined> =>
  db
    .selectFrom('trigger_night')
    .select('id')
    .where('kind', '=', kind)
    .where('night', '=', night)
    .executeTakeFirst()

/** Notes what is to be given, to so many at most; who has been away for the shortest time first. Each once. */
export async function owePresents(
  tx: Tx,
  due: Due,
  { nightId, at, most }: { nightId: number; at: Date; most: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into present (member_id, kind, occasion, mark, days, night_id, template_id, phone_hash, at)
    select "memberId", ${due.kind}, occasion, mark, days, ${nightId}, "templateId", "phoneHash", ${at} from (${dueOf(due)}) d
    order by occasion desc, "memberId" limit ${most}
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export interface OpenPresent {
  memberId: string
  kind: TriggerKind
  occasion: string
  mark: number
  nightId: number
  templateId: string
}
/** What is noted and not given yet, the oldest first. */
export const listOpen = (db: Reader, limit: number): Promise<OpenPresent[]> =>
  db
    .selectFrom('present')
    .select([
      'member_id as memberId',
      sql<TriggerKind>`kind`.as('kind'),
      'occasion',
      'mark',
      'night_id as nightId',
      'template_id as templateId',
    ])
    .where('done_at', 'is', null)
    .orderBy('at')
    .limit(limit)
    .execute()

/** False: somebody else gave it. */
export const settlePresent = async (
  tx: Tx,
  { memberId, kind, occasion, mark }: OpenPresent,
  outcome: { at: Date; couponId: string | null; refusal: string | null },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('present')
    .set({ done_at: outcome.at, coupon_id: outcome.couponId, refusal: outcome.refusal })
    .where('member_id', '=', memberId)
    .where('kind', '=', kind)
    .where('occasion', '=', occasion)
    .where('mark', '=', mark)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface NightRow {
  id: number
  kind: TriggerKind
  night: string
  at: Date
  due: number
  reached: number
  told: number
  refused: number
  waiting: number
}
/** Nights of a trigger with what they gave, newest first. */
export async function listNights(
  db: Reader,
  kind: TriggerKind,
  { before, limit }: { before: number | null; limit: number },
): Promise<NightRow[]> {
  const { rows } = await sql<NightRow>`
    select n.id, n.kind, n.night::text as night, n.at, n.due, p.reached, p.told, p.refused, p.waiting
    from trigger_night n cross join lateral (
      select (count(*) filter (where coupon_id is not null))::int as reached, (count(*) filter (where refusal is not null))::int as refused,
        (count(*) filter (where done_at is null))::int as waiting,
        (count(*) filter (where exists (select from message m where m.kind = 'present.' || p.kind
          and m.ref = p.member_id || ' ' || p.occasion || ' ' || p.mark and m.withheld is null)))::int as told
      from present p where p.night_id = n.id) p
    where n.kind = ${kind} and (${before}::bigint is null or n.id < ${before}::bigint) order by n.id desc limit ${limit}`.execute(
    db,
  )
  return rows
}
