import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export const listLabels = (db: Reader, ids: readonly string[]): Promise<{ id: string; label: string }[]> =>
  db
    .selectFrom('coupon_template')
    .select(['id', 'label'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()

/** Of these templates those that may be given as rewards at an instant. */
export const listRewards = (
  db: Reader,
  ids: readonly string[],
  at: Date,
): Promise<{ id: string; label: string }[]> =>
  db
    .selectFrom('coupon_template')
    .select(['id', 'label'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('way', '=', 'reward')
    .where('ended_at', 'is', null)
    .where(sql<boolean>`(closes_at is null or closes_at > ${at})`)
    .execute()

export interface Became {
  key: string
  given: number
  used: number
  /** What those that were used took off, in the shop and at tills, less what went back, in fen. */
  costFen: number
}
/** What became of the coupons that were granted under each of these keys. */
export async function sumUnder(db: Reader, keys: readonly string[]): Promise<Became[]> {
  const { rows } = await sql<Became>`
    select k.key, count(*)::int as given, (count(*) filter (where c.state = 'USED'))::int as used,
      coalesce(sum(x.fen), 0)::bigint as "costFen"
    from unnest(${keys}::text[]) k(key) join member_coupon c on c.grant_key = k.key and c.state <> 'VOID'
    left join lateral (
      select sum(off_fen - off_fen * back / quantity) as fen from (
        select d.off_fen, l.refunded_quantity as back, l.quantity from line_discount d
          join order_line l on l.order_id = d.order_id and l.line_no = d.line_no
          where d.order_id = c.order_id and d.rule = c.id::text
        union all select d.off_fen, l.returned_quantity, l.quantity from till_discount d
          join till_line l on l.till_id = d.till_id and l.line_no = d.line_no
          where d.till_id = c.till_id and d.rule = c.id::text) took
      where c.state = 'USED') x on true
    group by k.key`.execute(db)
  return rows
}
