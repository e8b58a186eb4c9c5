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

/** How the campaign of a group stands; it is not paused, resumed or stopped before this transaction ends. */
export async function standing(tx: Tx, campaignId: string, at: Date): Promise<'stopped' | 'paused' | 'runs'> {
  const { rows } = await sql<{ how: 'stopped' | 'paused' | 'runs' }>`
    select case when stop_reason is not null then 'stopped' when paused and ends_at > ${at} then 'paused' else 'runs' end as how
    from campaign where id = ${campaignId} for share`.execute(tx)
  return rows[0]?.how ?? 'runs'
}

/**
 * While a campaign is paused nobody can join, and no time of its groups runs out: once it goes on, so many minutes to join are left at least, or what the
 * campaign has left.
 */
export const keepPaused = (tx: Tx, at: Date, joinMinutes: number): Promise<unknown> =>
  sql`
    with late as (
      select g.id, least(${at}::timestamptz + make_interval(mins => ${joinMinutes} + g.quiet_minutes), c.ends_at) as expires_at
      from campaign c join buy_group g on g.campaign_id = c.id and g.state = 'OPEN'
      where c.paused and c.kind = 'group' and c.ends_at > ${at} for no key update of g skip locked)
    update buy_group g set expires_at = x.expires_at, due_at = x.expires_at from late x where g.id = x.id and g.expires_at < x.expires_at`.execute(
    tx,
  )

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
