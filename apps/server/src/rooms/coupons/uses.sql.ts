import { sql } from 'kysely'
import type { COUPON_USE_SOURCES } from '@linli/contract/console-coupons'
import type { Reader, Tx } from '#kernel/db'

/**
 * What the use `e` of a coupon took off, and what of it belongs to pieces that went back since: that is nobody's expense any more. It stands with the
 * lines of the order, or of the receipt; of a sale whose receipt has not come yet, with what was reserved.
 */
const TAKEN = sql`(
  select sum(d.off_fen) as off_fen, sum(d.back_fen) as back_fen from (
    select d.off_fen, d.off_fen * l.refunded_quantity / l.quantity as back_fen
    from line_discount d join order_line l on l.order_id = d.order_id and l.line_no = d.line_no
    where d.order_id = e.order_id and d.rule = e.coupon_id::text
    union all
    select d.off_fen, d.off_fen * l.returned_quantity / l.quantity
    from till_discount d join till_line l on l.till_id = d.till_id and l.line_no = d.line_no
    where d.till_id = e.till_id and d.rule = e.coupon_id::text
    union all
    select (d->>'offFen')::bigint, case when s.benefits = 'REVERSED' then (d->>'offFen')::bigint else 0 end
    from till_sale s, jsonb_array_elements(s.priced->'lines') l, jsonb_array_elements(l->'discounts') d
    where s.id = e.till_id and s.recorded_at is null and d->>'rule' = e.coupon_id::text) d)`

/** Where it was used: nobody's till means that staff told us of it. */
const USED = sql`coupon_event e join member_coupon c on c.id = e.coupon_id join coupon_template t on t.id = c.template_id
    left join orders o on o.id = e.order_id left join till_sale s on s.id = e.till_id
    cross join lateral (select coalesce(o.store_id, s.store_id) as store_id,
      case when o.id is not null then 'online' when s.partner_id is null then 'staff' else 'till' end as source) w`

export interface UseFilter {
  from: Date
  until: Date
  /** Null: every store. */
  storeIds: readonly string[] | null
  templateId: string | null
}
const matching = ({ from, until, storeIds, templateId }: UseFilter) => sql`
    e.verb = 'use' and e.at >= ${from} and e.at < ${until}
      and (${storeIds}::text[] is null or w.store_id = any(${storeIds}::text[]))
      and (${templateId}::uuid is null or t.id = ${templateId}::uuid)`

interface Used {
  storeId: string
  source: (typeof COUPON_USE_SOURCES)[number]
  templateId: string
  label: string
  funding: 'store' | 'hq' | 'supplier'
  offFen: number
  backFen: number
}
export interface UseRow extends Used {
  day: string
  count: number
}
/** What was used between two instants, by business day, store, where, template and who bears it; the last day first. */
export async function sumUses(db: Reader, filter: UseFilter): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select (e.at at time zone 'Asia/Shanghai')::date::text as day, w.store_id as "storeId", w.source, t.id as "templateId", t.label, t.funding,
      count(distinct e.coupon_id)::int as count, coalesce(sum(x.off_fen), 0)::bigint as "offFen", coalesce(sum(x.back_fen), 0)::bigint as "backFen"
    from ${USED} cross join lateral ${TAKEN} x
    where ${matching(filter)}
    group by 1, 2, 3, 4, 5, 6 order by 1 desc, 2, 5, 3, 4`.execute(db)
  return rows
}

export interface SingleUse extends Used {
  at: Date
  /** Of the order, or of the till's transaction. */
  purchaseNo: string
}
/** Use by use, with the purchase, the last first. */
export async function listUses(
  db: Reader,
  filter: UseFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<SingleUse[]> {
  const { rows } = await sql<SingleUse>`
    select e.at, w.store_id as "storeId", w.source, coalesce(o.no, s.pos_txn_id) as "purchaseNo", t.id as "templateId", t.label, t.funding,
      coalesce(x.off_fen, 0)::bigint as "offFen", coalesce(x.back_fen, 0)::bigint as "backFen"
    from ${USED} cross join lateral ${TAKEN} x
    where ${matching(filter)}
    order by e.at desc, e.coupon_id, e.round limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export async function countUses(db: Reader, filter: UseFilter): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) from ${USED} where ${matching(filter)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** Adds up anew what the used coupons of open templates took off whose budget counts that; how many changed. */
export async function addUpUsed(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    update coupon_template t set used_fen = x.fen
    from coupon_template s cross join lateral (
      select coalesce(sum(k.off_fen - k.back_fen), 0)::bigint as fen
      from (select id as coupon_id, order_id, till_id from member_coupon where template_id = s.id and state = 'USED') e cross join lateral ${TAKEN} k) x
    where t.id = s.id and s.budget_on = 'used' and s.ended_at is null and t.used_fen <> x.fen`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
