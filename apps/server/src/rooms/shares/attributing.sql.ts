import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { Span } from '#kernel/following'

/** Where nobody has said anything: so many days. */
export const DAYS_AT_FIRST = 7

/** What was opened last before an order was placed, within the days of the terms that held then; and nothing where they were switched off. */
const lastOpened = sql`
  left join lateral (
    select id, active, days from share_terms where since <= o.placed_at order by since desc, id desc limit 1) t on true
  cross join lateral (
    select s.share_id, s.opened_at from share_open s
    where s.member_id = o.member_id and s.opened_at <= o.placed_at
      and s.opened_at > o.placed_at - make_interval(days => coalesce(t.days, ${sql.lit(DAYS_AT_FIRST)}))
    order by s.opened_at desc, s.id desc limit 1) last
  where coalesce(t.active, true)`
const columns = sql`share_order (order_id, share_id, member_id, store_id, opened_at, placed_at, terms_id)`
const values = sql`o.id, last.share_id, o.member_id, o.store_id, last.opened_at, o.placed_at, t.id`

/** Puts orders that were placed, as their events tell in this span, down to shares. How many. */
export async function attribute(tx: Tx, { after, upTo }: Span): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into ${columns} select ${values}
    from (select m.* from order_event e join orders m on m.id = e.order_id
      where e.id > ${after} and e.id <= ${upTo} and e.verb = 'place') o ${lastOpened}
    on conflict (order_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** The same for orders of a member of whom it became known late what they had opened. */
export async function attributeLate(tx: Tx, memberId: string, since: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into ${columns} select ${values}
    from (select m.* from orders m where m.member_id = ${memberId} and m.placed_at > ${since}) o ${lastOpened}
    on conflict (order_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
