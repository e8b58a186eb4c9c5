import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface ExpiringRow {
  memberId: string
  count: number
  /** Of the first to expire. */
  label: string
  expiresAt: Date
}

/** Members with coupons that end in this span and are free to be used: one row each, members after `after` in the order of their ids. */
export async function listExpiring(
  db: Reader,
  { from, until, after, limit }: { from: Date; until: Date; after: string | null; limit: number },
): Promise<ExpiringRow[]> {
  const { rows } = await sql<ExpiringRow>`
    select m.member_id as "memberId", count(*) as count, min(m.expires_at) as "expiresAt",
      (array_agg(t.label order by m.expires_at, m.id))[1] as label
    from member_coupon m join coupon_template t on t.id = m.template_id
    where m.state = 'UNUSED' and m.expires_at > ${from} and m.expires_at <= ${until} and (${after}::uuid is null or m.member_id > ${after}::uuid)
    group by m.member_id order by m.member_id limit ${limit}`.execute(db)
  return rows
}
