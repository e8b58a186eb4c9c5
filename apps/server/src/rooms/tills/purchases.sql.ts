import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'
import type { Span } from '#kernel/following'
import type { PurchaseNews } from '#room/tiers'

/**
 * Receipts of members, and returns of what they had bought, as the events of tills tell in this span. A return whose sale has not come is told with it. What
 * staff redeem over a counter is no sale of theirs: whoever took the money tells of it.
 */
export const listPurchaseNews = async (db: Reader, { after, upTo }: Span): Promise<PurchaseNews[]> => {
  const { rows } = await sql<PurchaseNews>`
    select p.id as "purchaseId", p.member_id as "memberId", case e.verb when 'record' then p.sold_at else e.at end as at,
      case e.verb when 'record' then 'collected' else 'returned' end as what
    from till_event e join till_sale s on s.id = e.till_id join till_sale p on p.id = case e.verb when 'record' then s.id else s.returned_id end
    where e.id > ${after} and e.id <= ${upTo} and e.verb in ('record', 'take_back') and p.member_id is not null and p.partner_id is not null
    order by e.id`.execute(db)
  return rows
}

/** What of these sales stays paid: of a piece that came back its share, rounded down as its points are. */
export const listKept = async (
  db: Reader,
  ids: readonly string[],
): Promise<{ purchaseId: string; keptFen: number }[]> => {
  const { rows } = await sql<{ purchaseId: string; keptFen: number }>`
    select till_id as "purchaseId", sum(pay_fen - pay_fen * returned_quantity / quantity)::bigint as "keptFen"
    from till_line where till_id = any(${arrayOf(ids, (each) => each)}::uuid[]) group by 1`.execute(db)
  return rows
}
