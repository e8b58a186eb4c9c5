import { type LEFT_OUT } from '@linli/contract/drops'
import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'
import { PRESENTS_AGREED_FROM } from '#room/messages'
import type { ArmName } from './arms.ts'

export type LeftOut = Partial<Record<(typeof LEFT_OUT)[number], number>>

export interface Sifting {
  dropId: string
  at: Date
  againAfterDays: number | null
  mostMessages: number
}
/**
 * Of these members, in which order they came: why one can be sent nothing, or null. Marketing goes to nobody who has not agreed to it in words that speak of
 * presents, and to nobody who had so many of it within thirty days.
 */
export async function sift(
  db: Reader,
  memberIds: readonly string[],
  { dropId, at, againAfterDays, mostMessages }: Sifting,
): Promise<{ memberId: string; reason: 'blocked' | 'no_consent' | 'capped' | 'recent' | null }[]> {
  const { rows } = await sql<{
    memberId: string
    reason: 'blocked' | 'no_consent' | 'capped' | 'recent' | null
  }>`
    select m.id as "memberId", case
      when m.blocked then 'blocked'
      when not coalesce(said.agreed and said.wording >= ${PRESENTS_AGREED_FROM}, false) then 'no_consent'
      when exists (select from drop_member d where d.drop_id = ${dropId} and d.member_id = m.id
        and (${againAfterDays}::int is null or d.at > ${at}::timestamptz - make_interval(days => ${againAfterDays}::int))) then 'recent'
      when (select count(*) from message g where g.member_id = m.id and g.marketing and g.withheld is null and g.told_at > ${at}::timestamptz - interval '30 days')
        >= ${mostMessages} then 'capped' end as reason
    from unnest(${arrayOf(memberIds, (each) => each)}::uuid[]) with ordinality x(id, n) join member m using (id)
    left join lateral (select agreed, wording from message_consent c where c.member_id = m.id and c.topic = 'marketing' order by c.id desc limit 1) said on true
    order by n`.execute(db)
  return rows
}

export interface NewRound {
  id: string
  dropId: string
  day: string
  snapshotId: string
  at: Date
  found: number
  leftOut: LeftOut
}
/** False: this day has its round. */
export async function insertRound(
  tx: Tx,
  { id, dropId, day, snapshotId, at, found, leftOut }: NewRound,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('drop_round')
    .values({
      id,
      drop_id: dropId,
      day,
      snapshot_id: snapshotId,
      at,
      found,
      left_out: JSON.stringify(leftOut),
    })
    .onConflict((on) => on.columns(['drop_id', 'day']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
export const hasRound = (db: Reader, dropId: string, day: string): Promise<unknown> =>
  db
    .selectFrom('drop_round')
    .select('id')
    .where('drop_id', '=', dropId)
    .where('day', '=', day)
    .executeTakeFirst()
export const countMembers = async (db: Reader, dropId: string): Promise<number> =>
  (
    await db
      .selectFrom('drop_member')
      .select(sql<number>`count(*)::int`.as('members'))
      .where('drop_id', '=', dropId)
      .executeTakeFirstOrThrow()
  ).members
export const insertMembers = (
  tx: Tx,
  { id, dropId, at }: Pick<NewRound, 'id' | 'dropId' | 'at'>,
  rows: readonly { memberId: string; arm: ArmName }[],
): Promise<unknown> =>
  sql`insert into drop_member (round_id, drop_id, member_id, arm, at)
    select ${id}, ${dropId}, x.member, x.arm, ${at} from unnest(${arrayOf(rows, (row) => row.memberId)}::uuid[], ${arrayOf(rows, (row) => row.arm)}::text[]) x(member, arm)`.execute(
    tx,
  )

export interface OpenGift {
  id: number
  roundId: string
  memberId: string
}
/** Whom a drop still has to give something, the first first. */
export const listOpen = (db: Reader, dropId: string, limit: number): Promise<OpenGift[]> =>
  db
    .selectFrom('drop_member')
    .select(['id', 'round_id as roundId', 'member_id as memberId'])
    .where('drop_id', '=', dropId)
    .where('arm', '=', 'send')
    .where('done_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
/** False: somebody else settled it. */
export async function settleGift(
  tx: Tx,
  id: number,
  {
    at,
    couponId,
    refusal,
    told,
  }: { at: Date; couponId: string | null; refusal: string | null; told: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('drop_member')
    .set({ done_at: at, coupon_id: couponId, refusal, told })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface RoundRow {
  id: string
  at: Date
  found: number
  leftOut: LeftOut
  send: number
  hold: number
  waiting: number
  given: number
  refused: number
}
/** The rounds of a drop, newest first; a year of days at most. */
export async function listRounds(db: Reader, dropId: string): Promise<RoundRow[]> {
  const { rows } = await sql<RoundRow>`
    select r.id, r.at, r.found, r.left_out as "leftOut", m.* from drop_round r cross join lateral (
      select (count(*) filter (where arm = 'send'))::int as send, (count(*) filter (where arm = 'hold'))::int as hold,
        (count(*) filter (where arm = 'send' and done_at is null))::int as waiting, count(coupon_id)::int as given, count(refusal)::int as refused
      from drop_member where round_id = r.id) m
    where r.drop_id = ${dropId} order by r.at desc limit 366`.execute(db)
  return rows
}
