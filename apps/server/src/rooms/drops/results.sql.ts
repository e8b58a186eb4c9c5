import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'
import type { ArmName } from './arms.ts'
import type { Arm } from './uplift.ts'

export interface Watched {
  dropId: string
  windowDays: number
}
/**
 * What the arms bought within the days after each member's first round of the drop: one of a repeated drop is one observation, whoever comes again. An arm is
 * who was drawn for it, also those whose coupon was not to be had: taking them out would leave the keener ones.
 */
export async function readArms(db: Reader, { dropId, windowDays }: Watched): Promise<Record<ArmName, Arm>> {
  const { rows } = await sql<Arm & { arm: ArmName }>`
    with first as (select distinct on (member_id) member_id, arm, at from drop_member where drop_id = ${dropId} order by member_id, id),
    outcome as (
      select f.arm, coalesce(p.purchases, 0) as purchases, coalesce(p.kept, 0) as kept from first f left join lateral (
        select count(*) filter (where pay_fen > refunded_fen or pay_fen = 0) as purchases, sum(pay_fen - refunded_fen)::bigint as kept from purchase
        where member_id = f.member_id and bought_at > f.at and bought_at <= f.at + make_interval(days => ${windowDays})) p on true)
    select arm, count(*)::int as members, (count(*) filter (where purchases > 0))::int as bought, sum(kept)::bigint as "keptFen",
      sum(kept::double precision * kept) as "keptSquares" from outcome group by arm`.execute(db)
  const none: Arm = { members: 0, bought: 0, keptFen: 0, keptSquares: 0 }
  const of = (name: ArmName): Arm => rows.find(({ arm }) => arm === name) ?? none
  return { send: of('send'), hold: of('hold') }
}

export interface Progress {
  /** The moment of the last round, if there was any. */
  lastAt: Date | null
  roundIds: string[]
  /** Members who were told, and of those who have withdrawn their consent since. */
  told: number
  optedOut: number
  open: number
}
export async function readProgress(db: Reader, dropId: string): Promise<Progress> {
  const { rows } = await sql<Progress>`
    select (select max(at) from drop_round where drop_id = ${dropId}) as "lastAt",
      (select coalesce(array_agg(id::text order by at), '{}') from drop_round where drop_id = ${dropId}) as "roundIds",
      (select count(*)::int from drop_member where drop_id = ${dropId} and arm = 'send' and done_at is null) as open,
      count(*)::int as told, (count(*) filter (where exists (select from message_consent c where c.member_id = d.member_id and c.topic = 'marketing'
        and not c.agreed and c.at > d.done_at)))::int as "optedOut"
    from drop_member d where drop_id = ${dropId} and told`.execute(db)
  const [row] = rows
  if (!row) throw new Error('no progress')
  return row
}

/** Of these members, how many bought something within so many days before an instant. */
export async function countBuyers(
  db: Reader,
  memberIds: readonly string[],
  { at, windowDays }: { at: Date; windowDays: number },
): Promise<number> {
  const { rows } = await sql<{ buyers: number }>`
    select count(*)::int as buyers from unnest(${arrayOf(memberIds, (each) => each)}::uuid[]) m(id) where exists (
      select from purchase p where p.member_id = m.id and p.bought_at > ${at}::timestamptz - make_interval(days => ${windowDays}) and p.bought_at <= ${at})`.execute(
    db,
  )
  return rows[0]?.buyers ?? 0
}

export interface ListedMember {
  id: number
  memberId: string
  nickname: string
  phoneTail: string | null
  arm: ArmName
  at: Date
  given: boolean
  refusal: string | null
  bought: boolean
  keptFen: number
}
/** Who is in which arm, the last first, with what they bought in their days. */
export async function listMembers(
  db: Reader,
  { dropId, windowDays }: Watched,
  { arm, before, limit }: { arm: ArmName | undefined; before: number | null; limit: number },
): Promise<ListedMember[]> {
  const { rows } = await sql<ListedMember>`
    select d.id, d.member_id as "memberId", m.nickname, m.phone_tail as "phoneTail", d.arm, d.at, d.coupon_id is not null as given, d.refusal,
      p.purchases > 0 as bought, p.kept as "keptFen"
    from drop_member d join member m on m.id = d.member_id cross join lateral (
      select count(*) filter (where pay_fen > refunded_fen or pay_fen = 0) as purchases, coalesce(sum(pay_fen - refunded_fen), 0)::bigint as kept from purchase
      where member_id = d.member_id and bought_at > d.at and bought_at <= d.at + make_interval(days => ${windowDays})) p
    where d.drop_id = ${dropId} and (${arm ?? null}::text is null or d.arm = ${arm ?? null}) and (${before}::bigint is null or d.id < ${before})
    order by d.id desc limit ${limit}`.execute(db)
  return rows
}
