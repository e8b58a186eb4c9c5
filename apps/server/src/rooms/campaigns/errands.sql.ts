import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface Short {
  storeId: string
  campaigns: number
  pieces: number
  since: Date
}
/** Stores whose shelves had fewer than a campaign was promised, since its goods were to be set aside; those of presales and boxes are not on shelves at all. */
export async function listShort(db: Reader, storeIds: readonly string[] | null, now: Date): Promise<Short[]> {
  const { rows } = await sql<Short>`
    select s.store_id as "storeId", count(distinct c.id) as campaigns, sum(s.quota - s.carved)::int as pieces,
      min(c.starts_at - make_interval(mins => c.arm_minutes)) as since
    from campaign c join campaign_stock s on s.campaign_id = c.id
    where c.state in ('SCHEDULED', 'LIVE') and c.kind not in ('presale', 'box') and c.starts_at - make_interval(mins => c.arm_minutes) <= ${now}
      and s.open and s.carved < s.quota and (${storeIds}::text[] is null or s.store_id = any(${storeIds}::text[]))
    group by 1 order by 1`.execute(db)
  return rows
}
