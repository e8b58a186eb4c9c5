import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface Sums {
  started: number
  helped: number
  reached: number
  ordered: number
  expired: number
  helps: number
  helpers: number
  newHelpers: number
  couponsGiven: number
  couponsRefused: number
}
/** How far the rallies of a campaign came. */
export async function sumRallies(db: Reader, campaignId: string): Promise<Sums> {
  const { rows } = await sql<Sums>`
    with r as (
      select count(*)::int as started, (count(*) filter (where helps > 0))::int as helped, count(reached_at)::int as reached,
        (count(*) filter (where state = 'ORDERED'))::int as ordered, (count(*) filter (where state = 'EXPIRED'))::int as expired,
        count(coupon_id)::int as given, count(refusal)::int as refused
      from rally where campaign_id = ${campaignId}),
    h as (
      select count(*)::int as helps, count(distinct h.member_id)::int as helpers,
        (count(distinct h.member_id) filter (where (m.joined_at at time zone 'Asia/Shanghai')::date = h.day))::int as fresh,
        count(h.coupon_id)::int as given, count(h.refusal)::int as refused
      from rally_help h join member m on m.id = h.member_id where h.campaign_id = ${campaignId})
    select r.started, r.helped, r.reached, r.ordered, r.expired, h.helps, h.helpers, h.fresh as "newHelpers",
      r.given + h.given as "couponsGiven", r.refused + h.refused as "couponsRefused" from r, h`.execute(db)
  const [sums] = rows
  if (!sums) throw new Error('sums without a row')
  return sums
}

export async function countByHelps(
  db: Reader,
  campaignId: string,
): Promise<{ helps: number; count: number }[]> {
  const { rows } = await sql<{ helps: number; count: number }>`
    select helps, count(*)::int as count from rally where campaign_id = ${campaignId} group by helps order by helps`.execute(
    db,
  )
  return rows
}
