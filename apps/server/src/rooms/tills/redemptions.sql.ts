import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface RedemptionRow {
  id: string
  posTxnId: string
  storeId: string
  at: Date
  by: string
  memberId: string
  goodsFen: number
  payFen: number
  lines: {
    barcode: string
    name: string
    skuId: string | null
    quantity: number
    unitFen: number
    payFen: number
  }[]
  coupons: { label: string; offFen: number; funding: 'store' | 'hq' | 'supplier' }[]
  reversedAt: Date | null
  reversedBy: string | null
  reason: string | null
}
/** Null: every store. */
type Scope = readonly string[] | null

const nameOf = (event: string) =>
  sql.raw(
    `(select coalesce(f.name, ${event}.by) from (select 1) one left join staff f on 'staff:' || f.account = ${event}.by)`,
  )
const REDEMPTION = sql`s.id, s.pos_txn_id as "posTxnId", s.store_id as "storeId", s.recorded_at as at, ${nameOf('e')} as by, s.member_id as "memberId",
    l.goods_fen as "goodsFen", s.paid_fen as "payFen", l.lines, d.coupons, b.at as "reversedAt", b.by as "reversedBy", b.reason
  from till_sale s
  join till_event e on e.till_id = s.id and e.verb = 'reserve'
  cross join lateral (
    select sum(quantity * unit_fen)::bigint as goods_fen, json_agg(json_build_object('barcode', barcode, 'name', name, 'skuId', sku_id,
      'quantity', quantity, 'unitFen', unit_fen, 'payFen', pay_fen) order by line_no) as lines
    from till_line t where t.till_id = s.id) l
  cross join lateral (
    select coalesce(json_agg(json_build_object('label', label, 'offFen', off_fen, 'funding', funding) order by label), '[]') as coupons from (
      select min(label) as label, sum(off_fen) as off_fen, min(funding) as funding from till_discount t where t.till_id = s.id group by rule) each) d
  left join lateral (
    select u.at, ${nameOf('u')} as by, u.data ->> 'reason' as reason from till_sale r join till_event u on u.till_id = r.id and u.verb = 'take_back'
    where r.return_of = s.pos_txn_id and coalesce(r.partner_id::text, 'staff') = 'staff') b on true`

/** What staff redeemed in these stores, newest first. */
export async function listRedemptions(
  db: Reader,
  storeIds: Scope,
  { limit, offset }: { limit: number; offset: number },
): Promise<RedemptionRow[]> {
  const { rows } = await sql<RedemptionRow>`
    select ${REDEMPTION} where s.partner_id is null and s.kind = 'sale' and (${storeIds}::text[] is null or s.store_id = any(${storeIds}::text[]))
    order by s.recorded_at desc, s.id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export async function countRedemptions(db: Reader, storeIds: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from till_sale s
    where s.partner_id is null and s.kind = 'sale' and (${storeIds}::text[] is null or s.store_id = any(${storeIds}::text[]))`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export async function findRedemption(db: Reader, id: string): Promise<RedemptionRow | undefined> {
  const { rows } = await sql<RedemptionRow>`
    select ${REDEMPTION} where s.id = ${id} and s.partner_id is null and s.kind = 'sale'`.execute(db)
  return rows[0]
}
