import { sql } from 'kysely'
import type { Tx } from '#kernel/db'

export type Feed = 'visits' | 'first_orders'
/** Until when a feed of purchases was read; now it is until `at`. */
export async function moveCursor(tx: Tx, feed: Feed, at: Date): Promise<{ before: Date | null }> {
  const { rows } = await sql<{ before: Date | null }>`
    with known as (select at from reward_cursor where feed = ${feed} for update),
    moved as (insert into reward_cursor (feed, at) values (${feed}, ${at}) on conflict (feed) do update set at = excluded.at)
    select (select at from known) as before`.execute(tx)
  return rows[0] ?? { before: null }
}

/**
 * Whoever bought something since then, in the shop or at a till, was here on that day. By when orders were placed, which is our clock: of a payment WeChat says
 * when it was made, which may be long before we know. What is read twice counts once.
 */
export async function noteVisits(tx: Tx, since: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into member_visit as v (member_id, last_day)
    select member_id, max((at at time zone 'Asia/Shanghai')::date) from (
      select member_id, placed_at as at from orders where placed_at > ${since} and pay_state = 'PAID'
      union all select member_id, sold_at from till_sale where recorded_at > ${since} and kind = 'sale' and member_id is not null) bought
    group by member_id order by member_id
    on conflict (member_id) do update set last_day = excluded.last_day where v.last_day < excluded.last_day`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}
