import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Person } from './helping.ts'

export async function hasHelped(db: Reader, rallyId: string, memberId: string): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select n from rally_help where rally_id = ${rallyId} and member_id = ${memberId}`.execute(db)
  return rows.length > 0
}

export interface HelperRow extends Person {
  n: number
  at: Date
}
/** Who has helped with a rally, in their order; at most as many as it needs. */
export async function listHelpers(db: Reader, rallyId: string): Promise<HelperRow[]> {
  const { rows } = await sql<HelperRow>`
    select n, at, member_id as "memberId", encode(device_hash, 'hex') as device, encode(phone_hash, 'hex') as phone
    from rally_help where rally_id = ${rallyId} order by n`.execute(db)
  return rows
}

export interface Given {
  /** With this account. */
  mine: number
  mineToday: number
  /** By this person, under whatever account. */
  campaign: number
  today: number
}
/** How often somebody has helped in a campaign. */
export async function countGiven(
  db: Reader,
  campaignId: string,
  { memberId, device, phone }: Person,
  day: string,
): Promise<Given> {
  const { rows } = await sql<Given>`
    select (count(*) filter (where member_id = ${memberId}))::int as mine,
      (count(*) filter (where member_id = ${memberId} and day = ${day}::date))::int as "mineToday",
      count(*)::int as campaign, (count(*) filter (where day = ${day}::date))::int as today
    from rally_help where campaign_id = ${campaignId}
      and (member_id = ${memberId} or device_hash = decode(${device}, 'hex') or phone_hash = decode(${phone}, 'hex'))`.execute(
    db,
  )
  return rows[0] ?? { mine: 0, mineToday: 0, campaign: 0, today: 0 }
}

export interface NewHelp extends Person {
  rallyId: string
  n: number
  campaignId: string
  day: string
  slot: number
  helpsEach: number
  daySlot: number
  helpsPerDay: number
  at: Date
  templateId: string | null
}
export async function insertHelp(tx: Tx, row: NewHelp): Promise<void> {
  await sql`
    insert into rally_help (rally_id, n, campaign_id, member_id, device_hash, phone_hash, day, slot, helps_each, day_slot, helps_per_day, at, template_id)
    values (${row.rallyId}, ${row.n}, ${row.campaignId}, ${row.memberId}, decode(${row.device}, 'hex'), decode(${row.phone}, 'hex'), ${row.day}::date,
      ${row.slot}, ${row.helpsEach}, ${row.daySlot}, ${row.helpsPerDay}, ${row.at}, ${row.templateId})`.execute(
    tx,
  )
}

/** A coupon that somebody is owed: a friend for helping (`n`), or the owner of an assist (null). */
export interface Owed {
  rallyId: string
  n: number | null
  memberId: string
  templateId: string
}
export async function listOwed(db: Reader, limit: number): Promise<Owed[]> {
  const { rows } = await sql<Owed>`
    (select rally_id as "rallyId", n, member_id as "memberId", template_id as "templateId" from rally_help
      where template_id is not null and coupon_id is null and refusal is null order by at limit ${limit})
    union all (select r.id, null, r.member_id, (c.terms ->> 'templateId')::uuid from rally r join campaign c on c.id = r.campaign_id
      where r.state = 'REACHED' and r.kind = 'assist' and r.coupon_id is null and r.refusal is null order by r.reached_at limit ${limit})`.execute(
    db,
  )
  return rows
}
export async function findOwed(db: Reader, rallyId: string, memberId: string): Promise<Owed | undefined> {
  const { rows } = await sql<Owed>`
    select rally_id as "rallyId", n, member_id as "memberId", template_id as "templateId" from rally_help
    where rally_id = ${rallyId} and member_id = ${memberId} and template_id is not null and coupon_id is null and refusal is null`.execute(
    db,
  )
  return rows[0]
}
/** False: it was settled already. */
export async function settleOwed(
  tx: Tx,
  { rallyId, n }: Owed,
  { couponId = null, refusal = null }: { couponId?: string | null; refusal?: string | null },
): Promise<boolean> {
  const { numAffectedRows } =
    n === null
      ? await sql`update rally set coupon_id = ${couponId}, refusal = ${refusal}
          where id = ${rallyId} and coupon_id is null and refusal is null`.execute(tx)
      : await sql`update rally_help set coupon_id = ${couponId}, refusal = ${refusal}
          where rally_id = ${rallyId} and n = ${n} and coupon_id is null and refusal is null`.execute(tx)
  return numAffectedRows === 1n
}
/** The template of the coupon that somebody got for helping here. */
export async function gotForHelping(
  db: Reader,
  rallyId: string,
  memberId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ templateId: string }>`
    select template_id as "templateId" from rally_help where rally_id = ${rallyId} and member_id = ${memberId} and coupon_id is not null`.execute(
    db,
  )
  return rows[0]?.templateId
}
