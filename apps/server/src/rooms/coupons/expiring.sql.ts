import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'

export interface ExpiringRow {
  memberId: string
  count: number
  /** Of the first to expire. */
  label: string
  expiresAt: Date
  couponIds: string[]
}

/**
 * Members with coupons that end until then, are free to be used, were not got on this day, and were not told of: one row each, members after `after` in
 * the order of their ids. Whoever was told of others on this day waits for the next.
 */
export async function listExpiring(
  db: Reader,
  span: { now: Date; until: Date; today: string; grantedBefore: Date },
  { after, limit }: { after: string | null; limit: number },
): Promise<ExpiringRow[]> {
  const { now, until, today, grantedBefore } = span
  const { rows } = await sql<ExpiringRow>`
    select m.member_id as "memberId", count(*) as count, min(m.expires_at) as "expiresAt",
      (array_agg(t.label order by m.expires_at, m.id))[1] as label, array_agg(m.id) as "couponIds"
    from member_coupon m join coupon_template t on t.id = m.template_id
    where m.state = 'UNUSED' and m.expires_at > ${now} and m.expires_at <= ${until} and m.granted_at < ${grantedBefore}
      and (${after}::uuid is null or m.member_id > ${after}::uuid)
      and not exists (select from coupon_told d where d.coupon_id = m.id)
      and not exists (select from coupon_told d where d.member_id = m.member_id and d.day = ${today}::date)
    group by m.member_id order by m.member_id limit ${limit}`.execute(db)
  return rows
}

/** Notes of which coupons these members are told, each once; how many are new. */
export async function noteTold(
  tx: Tx,
  rows: readonly Pick<ExpiringRow, 'memberId' | 'couponIds'>[],
  { at, today }: { at: Date; today: string },
): Promise<number> {
  const told = rows.flatMap(({ memberId, couponIds }) =>
    couponIds.map((couponId) => ({ memberId, couponId })),
  )
  const { numAffectedRows } = await sql`
    insert into coupon_told (coupon_id, member_id, day, at)
    select coupon, member, ${today}::date, ${at}
    from unnest(${arrayOf(told, ({ couponId }) => couponId)}::uuid[], ${arrayOf(told, ({ memberId }) => memberId)}::uuid[]) x(coupon, member)
    order by coupon on conflict (coupon_id) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
