import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'
import type { Span } from '#kernel/following'
import type { PurchaseNews } from '#room/tiers'

/** Orders that were collected, and those whose money of a refund arrived, as their events tell in this span. */
export const listPurchaseNews = async (db: Reader, { after, upTo }: Span): Promise<PurchaseNews[]> => {
  const { rows } = await sql<PurchaseNews>`
    select o.id as "purchaseId", o.member_id as "memberId", e.at, case when e.verb = 'hand_over' then 'collected' else 'returned' end as what
    from order_event e join orders o on o.id = e.order_id
    where e.id > ${after} and e.id <= ${upTo} and e.verb in ('hand_over', 'refunded') order by e.id`.execute(
    db,
  )
  return rows
}

/** What of these orders stays paid, freight aside. */
export const listKept = async (
  db: Reader,
  ids: readonly string[],
): Promise<{ purchaseId: string; keptFen: number }[]> => {
  const { rows } = await sql<{ purchaseId: string; keptFen: number }>`
    select id as "purchaseId", greatest(paid_fen - refunded_fen - freight_fen, 0) as "keptFen"
    from orders where id = any(${arrayOf(ids, (each) => each)}::uuid[])`.execute(db)
  return rows
}
