import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export const insertReservation = (
  tx: Tx,
  { campaignId, memberId, storeId, at }: { campaignId: string; memberId: string; storeId: string; at: Date },
): Promise<unknown> =>
  tx
    .insertInto('campaign_reservation')
    .values({ campaign_id: campaignId, member_id: memberId, store_id: storeId, at })
    .onConflict((on) => on.columns(['campaign_id', 'member_id']).doNothing())
    .executeTakeFirst()
export const deleteReservation = (tx: Tx, campaignId: string, memberId: string): Promise<unknown> =>
  tx
    .deleteFrom('campaign_reservation')
    .where('campaign_id', '=', campaignId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()

export async function reservationOf(
  db: Reader,
  campaignId: string,
  memberId: string,
): Promise<{ at: Date | null; reserved: number }> {
  const { rows } = await sql<{ at: Date | null; reserved: number }>`
    select (select at from campaign_reservation where campaign_id = ${campaignId} and member_id = ${memberId}) as at,
      (select count(*) from campaign_reservation where campaign_id = ${campaignId}) as reserved`.execute(db)
  return rows[0] ?? { at: null, reserved: 0 }
}

export interface AtTheDoor {
  /** Pieces that they have already. */
  taken: number
  reservedAt: Date | null
}
/** What the table knows of members who stand at the door, in the order of the questions. */
export async function readAtTheDoor(
  db: Reader,
  asked: readonly { campaignId: string; memberId: string }[],
): Promise<AtTheDoor[]> {
  const { rows } = await sql<AtTheDoor>`
    select (select count(*) from campaign_take t where t.campaign_id = k.campaign_id and t.member_id = k.member_id) as taken,
      (select at from campaign_reservation r where r.campaign_id = k.campaign_id and r.member_id = k.member_id) as "reservedAt"
    from unnest(${asked.map(({ campaignId }) => campaignId)}::uuid[], ${asked.map(({ memberId }) => memberId)}::uuid[])
      with ordinality k(campaign_id, member_id, n) order by n`.execute(db)
  return rows
}

export interface DueReminder {
  memberId: string
  storeId: string
}
/** Members to be reminded of a session, each once: marked as they are taken. */
export async function takeReminders(
  tx: Tx,
  { campaignId, session, limit }: { campaignId: string; session: Date; limit: number },
): Promise<DueReminder[]> {
  const { rows } = await sql<DueReminder>`
    update campaign_reservation r set told_for = ${session}
    from (select campaign_id, member_id from campaign_reservation
      where campaign_id = ${campaignId} and (told_for is null or told_for < ${session}) limit ${limit} for update skip locked) due
    where r.campaign_id = due.campaign_id and r.member_id = due.member_id
    returning r.member_id as "memberId", r.store_id as "storeId"`.execute(tx)
  return rows
}

/** Who came and who wanted to is nobody's business a month after the end. */
export async function forgetEnded(tx: Tx, before: Date): Promise<void> {
  await sql`
    with over as (select id from campaign where state = 'ENDED' and ended_at < ${before}),
      visits as (delete from campaign_visit v using over where v.campaign_id = over.id)
    delete from campaign_reservation r using over where r.campaign_id = over.id`.execute(tx)
}
