import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface LeagueRow {
  storeId: string
  staffId: string | null
  staffName: string | null
  guided: number
  registered: number
  ordered: number
  rewardFen: number
  waitingFen: number
}

/** Who brought how many in a span, and what was given and taken back in it; best first. */
export async function listLeague(
  db: Reader,
  { from, until, storeIds }: { from: Date; until: Date; storeIds: readonly string[] | null },
): Promise<LeagueRow[]> {
  const { rows } = await sql<LeagueRow>`
    with came as (
      select g.store_id, g.staff_id, count(*) as guided, count(*) filter (where g.registered) as registered, count(g.order_id) as ordered,
        coalesce(sum(case when g.registered then t.register_fen else 0 end + t.order_fen)
          filter (where g.state = 'ORDERED' and g.staff_id is not null), 0) as waiting
      from guidance g join guide_terms t on t.id = g.terms_id
      where g.at >= ${from} and g.at < ${until} and (${storeIds}::text[] is null or g.store_id = any(${storeIds}::text[]))
      group by g.store_id, g.staff_id),
    earned as (
      select store_id, staff_id, sum(amount_fen) as reward from guide_reward
      where at >= ${from} and at < ${until} and (${storeIds}::text[] is null or store_id = any(${storeIds}::text[]))
      group by store_id, staff_id),
    whole as (
      select store_id, staff_id, guided, registered, ordered, waiting, 0::bigint as reward from came
      union all select store_id, staff_id, 0, 0, 0, 0, reward from earned)
    select w.store_id as "storeId", w.staff_id as "staffId", s.name as "staffName", sum(guided)::bigint as guided,
      sum(registered)::bigint as registered, sum(ordered)::bigint as ordered, sum(waiting)::bigint as "waitingFen",
      sum(reward)::bigint as "rewardFen"
    from whole w left join staff s on s.id = w.staff_id
    group by w.store_id, w.staff_id, s.name order by ordered desc, guided desc, w.store_id, s.name nulls first limit 1000`.execute(
    db,
  )
  return rows
}

export interface RewardRow {
  id: number
  at: Date
  kind: 'register' | 'order' | 'register_back' | 'order_back'
  memberId: string
  storeId: string
  amountFen: number
}
/** What somebody earned in these stores, newest first, from behind `after` on. */
export async function listRewards(
  db: Reader,
  {
    staffId,
    storeIds,
    after,
    limit,
  }: { staffId: string; storeIds: readonly string[] | null; after: number | null; limit: number },
): Promise<RewardRow[]> {
  const { rows } = await sql<RewardRow>`
    select id, at, kind, member_id as "memberId", store_id as "storeId", amount_fen as "amountFen" from guide_reward
    where staff_id = ${staffId} and (${after}::bigint is null or id < ${after}::bigint)
      and (${storeIds}::text[] is null or store_id = any(${storeIds}::text[]))
    order by id desc limit ${limit}`.execute(db)
  return rows
}

export async function sumRewards(
  db: Reader,
  { staffId, storeIds }: { staffId: string; storeIds: readonly string[] | null },
): Promise<number> {
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(amount_fen), 0)::bigint as sum from guide_reward
    where staff_id = ${staffId} and (${storeIds}::text[] is null or store_id = any(${storeIds}::text[]))`.execute(
    db,
  )
  return rows[0]?.sum ?? 0
}
