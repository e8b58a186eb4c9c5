import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import { type Group, members, taken } from './kinds/group/group.ts'
import { dueAt, type GroupEvent, groupOf, READ_ONE, type StoredGroup } from './groups.sql.ts'

const LOOK_AGAIN_SECONDS = 30
/**
 * Takes groups that are due, and puts off their next look: another process, or the next round, leaves them alone until then. Those of a campaign that
 * was stopped are due at once.
 */
export async function claimDue(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from buy_group where due_at <= ${now}
      union
      select g.id from campaign c join buy_group g on g.campaign_id = c.id and g.state = 'OPEN' where c.kind = 'group' and c.stop_reason is not null),
    mine as (
      select id from buy_group where id in (select id from due) order by id limit ${limit} for no key update skip locked)
    update buy_group g set due_at = ${now}::timestamptz + make_interval(secs => ${LOOK_AGAIN_SECONDS}) from mine where g.id = mine.id
    returning g.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The group with its seats, locked: whoever had it before has written. */
export async function lockGroup(tx: Tx, id: string): Promise<Group | undefined> {
  await sql`select 1 from buy_group where id = ${id} for no key update`.execute(tx)
  const { rows } = await sql<StoredGroup>`${sql.raw(READ_ONE)} where g.id = ${id}`.execute(tx)
  return rows[0] && groupOf(rows[0])
}

export const isStopped = async (tx: Tx, campaignId: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('campaign')
    .select('stop_reason as reason')
    .where('id', '=', campaignId)
    .executeTakeFirst()
  return row !== undefined && row.reason !== null
}

/** Writes a group that ended, with the event that says how. Its seats are as they were. */
export async function saveEnd(tx: Tx, group: Group, event: GroupEvent): Promise<void> {
  await tx
    .updateTable('buy_group')
    .set({
      state: group.state,
      why: group.why,
      ended_at: group.endedAt,
      price_fen: group.priceFen,
      seated: taken(group).length,
      paid: members(group).length,
      due_at: dueAt(group),
    })
    .where('id', '=', group.groupId)
    .where('state', '=', 'OPEN')
    .executeTakeFirst()
  await tx
    .insertInto('group_event')
    .values({
      group_id: event.groupId,
      order_id: event.orderId,
      verb: event.verb,
      paid: event.paid,
      by: event.by,
      at: event.at,
    })
    .executeTakeFirst()
}
