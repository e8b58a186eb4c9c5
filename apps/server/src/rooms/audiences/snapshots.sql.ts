import type { Node } from '@linli/contract/audience-rules'
import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { AsOf } from './compile.sql.ts'
import { picking } from './counting.sql.ts'
import type { Cause } from './audiences.sql.ts'

export interface Taking {
  id: string
  audienceId: string
  version: number
  cause: Cause
  by: string
}
/** Takes who a rule means now, all in one statement: what is said of a snapshot is what is in it. Nothing where the night was taken before. */
export async function take(tx: Tx, rows: readonly Node[], asOf: AsOf, taking: Taking): Promise<boolean> {
  const { rows: taken } = await sql`${picking(rows, asOf)},
    before as (select id from audience_snapshot where audience_id = ${taking.audienceId} and released_at is null order by taken_at desc, id desc limit 1),
    was as materialized (select member_id from audience_member where snapshot_id = (select id from before)),
    taken as (insert into audience_snapshot (id, audience_id, version, cause, day, taken_at, by, members, before_id, entered, left_members)
      select ${taking.id}::uuid, ${taking.audienceId}::uuid, ${taking.version}::int, ${taking.cause}::text, ${asOf.day}::date, ${asOf.now}::timestamptz, ${taking.by}::text,
        (select count(*) from picked), (select id from before),
        (select count(*) from picked p where not exists (select from was w where w.member_id = p.id)),
        (select count(*) from was w where not exists (select from picked p where p.id = w.member_id))
      on conflict (audience_id, day) where cause = 'nightly' do nothing returning id),
    put as (insert into audience_member (snapshot_id, member_id) select t.id, p.id from taken t cross join picked p)
    select id from taken`.execute(tx)
  return taken.length === 1
}

/** Who a rule means now, in order. */
export async function listNow(tx: Tx, rows: readonly Node[], asOf: AsOf): Promise<string[]> {
  const { rows: found } = await sql<{
    id: string
  }>`${picking(rows, asOf)} select id from picked order by id`.execute(tx)
  return found.map(({ id }) => id)
}

/** The tag that an audience writes is borne by whoever is in its snapshot, and by nobody else. */
export async function writeTag(
  tx: Tx,
  { audienceId, snapshotId, at }: { audienceId: string; snapshotId: string; at: Date },
): Promise<void> {
  await sql`delete from member_tag g using tag t where t.id = g.tag_id and t.audience_id = ${audienceId}
    and not exists (select from audience_member m where m.snapshot_id = ${snapshotId} and m.member_id = g.member_id)`.execute(
    tx,
  )
  await sql`insert into member_tag (tag_id, member_id, at, by)
    select t.id, m.member_id, ${at}, ${`audience:${audienceId}`} from tag t join audience_member m on m.snapshot_id = ${snapshotId}
    where t.audience_id = ${audienceId} on conflict do nothing`.execute(tx)
}

export type Which = 'all' | 'entered' | 'left'
/** Members of a snapshot after this id; who entered or left, against the one before it. */
export async function listMembers(
  db: Reader,
  snapshotId: string,
  { which, after, limit }: { which: Which; after: string | null; limit: number },
): Promise<string[]> {
  const mine = sql`select member_id from audience_member where snapshot_id = ${snapshotId}`
  const before = sql`select member_id from audience_member where snapshot_id = (select before_id from audience_snapshot where id = ${snapshotId})`
  const [from, less] = which === 'left' ? [before, mine] : [mine, before]
  const others =
    which === 'all' ? sql`true` : sql`not exists (select from (${less}) o where o.member_id = f.member_id)`
  const { rows } = await sql<{ id: string }>`
    select f.member_id as id from (${from}) f
    where f.member_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000') and ${others} order by 1 limit ${limit}`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/**
 * Lets go of who was in nightly snapshots from before this day, but for the newest of each audience and what that is compared with; the counts stay. Says
 * how many snapshots that were.
 */
export async function release(tx: Tx, before: string, at: Date): Promise<number> {
  const { rows } = await sql`
    with gone as (update audience_snapshot s set released_at = ${at} where s.cause = 'nightly' and s.day < ${before}::date and s.released_at is null
        and not exists (select from (select id, before_id from audience_snapshot n where n.audience_id = s.audience_id order by taken_at desc, id desc limit 1) n
          where s.id in (n.id, n.before_id)) returning id),
      forgotten as (delete from audience_member m using gone where m.snapshot_id = gone.id)
    select id from gone`.execute(tx)
  return rows.length
}
