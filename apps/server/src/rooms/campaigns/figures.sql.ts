import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface Sum {
  orders: number
  pieces: number
  paidFen: number
  buyers: number
}
export interface ClaimSums {
  placed: Sum
  waiting: Sum
  paid: Sum
  cancelled: Sum
  refundedFen: number
  offFen: number
  newBuyers: number
}
const sumOf = (
  where: ReturnType<typeof sql>,
) => sql`json_build_object('orders', count(*) filter (where ${where}),
  'pieces', coalesce(sum(c.quantity) filter (where ${where}), 0), 'paidFen', coalesce(sum(o.paid_fen) filter (where ${where}), 0),
  'buyers', count(distinct c.member_id) filter (where ${where}))`

/** What became of the orders of a campaign. A new buyer is one whose first order that was not cancelled is of it. */
export async function claimSums(db: Reader, campaignId: string): Promise<ClaimSums> {
  const { rows } = await sql<ClaimSums>`
    select ${sumOf(sql`true`)} as placed, ${sumOf(sql`c.state = 'TAKEN'`)} as waiting, ${sumOf(sql`c.state = 'PAID'`)} as paid,
      ${sumOf(sql`c.state = 'RETURNED'`)} as cancelled, coalesce(sum(o.refunded_fen), 0)::bigint as "refundedFen",
      coalesce((select sum(d.off_fen) from line_discount d join campaign_claim p on p.order_id = d.order_id
        where p.campaign_id = ${campaignId} and p.state = 'PAID' and d.rule = ${campaignId}), 0)::bigint as "offFen",
      count(distinct c.member_id) filter (where c.state = 'PAID' and not exists (
        select from orders b where b.member_id = c.member_id and b.state <> 'CANCELLED' and b.placed_at < o.placed_at)) as "newBuyers"
    from campaign_claim c join orders o on o.id = c.order_id where c.campaign_id = ${campaignId}`.execute(db)
  const [sums] = rows
  if (!sums) throw new Error('no sums')
  return sums
}

/** What the goods of a campaign sold in its stores over a span, in any paid order. */
export async function soldIn(
  db: Reader,
  campaignId: string,
  { from, until }: { from: Date; until: Date },
): Promise<{ pieces: number; paidFen: number }> {
  const { rows } = await sql<{ pieces: number; paidFen: number }>`
    select coalesce(sum(l.quantity), 0)::bigint as pieces, coalesce(sum(l.pay_fen - l.group_back_fen), 0)::bigint as "paidFen"
    from campaign_stock s
    join orders o on o.store_id = s.store_id and o.paid_at >= ${from} and o.paid_at < ${until}
    join order_line l on l.order_id = o.id and l.sku_id = s.sku_id
    where s.campaign_id = ${campaignId}`.execute(db)
  return rows[0] ?? { pieces: 0, paidFen: 0 }
}
