import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

// What coupons took off stands with the lines of the orders that took them; of pieces that went back it is nobody's expense any more.
const WHAT_IT_TOOK = sql`line_discount d
    join order_line l on l.order_id = d.order_id and l.line_no = d.line_no`

export interface UseRow {
  day: string
  storeId: string
  templateId: string
  label: string
  funding: 'store' | 'hq' | 'supplier'
  count: number
  offFen: number
  backFen: number
}
/** What was used between two instants, by business day, store, template and who bears it; the last day first. */
export async function sumUses(
  db: Reader,
  {
    from,
    until,
    storeIds,
    templateId,
  }: { from: Date; until: Date; storeIds: readonly string[] | null; templateId: string | null },
): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select (e.at at time zone 'Asia/Shanghai')::date::text as day, o.store_id as "storeId", t.id as "templateId", t.label, t.funding,
      count(distinct e.coupon_id)::int as count, coalesce(sum(x.off_fen), 0)::bigint as "offFen", coalesce(sum(x.back_fen), 0)::bigint as "backFen"
    from coupon_event e join member_coupon c on c.id = e.coupon_id join coupon_template t on t.id = c.template_id
    join orders o on o.id = e.order_id
    left join lateral (
      select sum(d.off_fen) as off_fen, sum(d.off_fen * l.refunded_quantity / l.quantity) as back_fen from ${WHAT_IT_TOOK}
      where d.order_id = e.order_id and d.rule = e.coupon_id::text) x on true
    where e.verb = 'use' and e.at >= ${from} and e.at < ${until}
      and (${storeIds}::text[] is null or o.store_id = any(${storeIds}::text[]))
      and (${templateId}::uuid is null or t.id = ${templateId}::uuid)
    group by 1, 2, 3, 4, 5 order by 1 desc, 2, 4, 3`.execute(db)
  return rows
}

/** Adds up anew what the used coupons of open templates took off whose budget counts that; how many changed. */
export async function addUpUsed(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    update coupon_template t set used_fen = x.fen
    from coupon_template s cross join lateral (
      select coalesce(sum(d.off_fen - d.off_fen * l.refunded_quantity / l.quantity), 0)::bigint as fen
      from member_coupon c join ${WHAT_IT_TOOK} on d.order_id = c.order_id and d.rule = c.id::text
      where c.template_id = s.id and c.state = 'USED') x
    where t.id = s.id and s.budget_on = 'used' and s.ended_at is null and t.used_fen <> x.fen`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
