import type { AudienceRule } from '@linli/contract/audience-rules'
import type { READY_AUDIENCES, SNAPSHOT_CAUSES } from '@linli/contract/audiences'
import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader, Tx } from '#kernel/db'

export type Cause = (typeof SNAPSHOT_CAUSES)[number]
export interface SnapshotRow {
  id: string
  audienceId: string
  version: number
  cause: Cause
  day: string
  takenAt: Date
  by: string
  members: number
  entered: number
  left: number
  released: boolean
}
export interface AudienceRow {
  id: string
  ready: (typeof READY_AUDIENCES)[number] | null
  name: string
  note: string
  rule: AudienceRule
  revision: number
  nightly: boolean
  version: number
  changed: boolean
  tag: { id: string; name: string } | null
}
export interface VersionRow {
  version: number
  rule: AudienceRule
  savedAt: Date
  by: string
}

const SNAPSHOT = sql`s.id, s.audience_id as "audienceId", s.version, s.cause, s.day, s.taken_at as "takenAt", s.by, s.members, s.entered,
  s.left_members as "left", s.released_at is not null as released`
const AUDIENCE = sql`select a.id, a.ready, a.name, a.note, a.rule, a.revision, a.nightly, coalesce(v.version, 0) as version,
    v.rule is distinct from a.rule as changed, case when t.id is null then null else jsonb_build_object('id', t.id, 'name', t.name) end as tag
  from audience a
  left join lateral (select version, rule from audience_version where audience_id = a.id order by version desc limit 1) v on true
  left join tag t on t.audience_id = a.id
  where a.archived_at is null`

export async function listAudiences(db: Reader): Promise<AudienceRow[]> {
  const { rows } = await sql<AudienceRow>`${AUDIENCE}
    order by array_position(array['best_regulars', 'weekend_families', 'parents', 'no_second', 'sleeping'], a.ready), a.created_at, a.id`.execute(
    db,
  )
  return rows
}
export const listNames = (db: Reader, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom('audience')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${arrayOf(ids, (id) => id)}::uuid[])`)
    .execute()
export async function findAudience(db: Reader, id: string): Promise<AudienceRow | undefined> {
  const { rows } = await sql<AudienceRow>`${AUDIENCE} and a.id = ${id}`.execute(db)
  return rows[0]
}
/** Nobody else changes this audience, or takes it, before the transaction ends. */
export async function lockAudience(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from audience where id = ${id} and archived_at is null for update`.execute(tx)
  return rows.length > 0
}
export const countAudiences = async (db: Reader): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from audience where archived_at is null`.execute(db)
  return rows[0]?.n ?? 0
}
export interface NewAudience {
  id: string
  name: string
  note: string
  rule: AudienceRule
  at: Date
  by: string
}
export const insertAudience = (tx: Tx, row: NewAudience): Promise<unknown> =>
  sql`insert into audience (id, name, note, rule, created_at, created_by)
    values (${row.id}, ${row.name}, ${row.note}, ${JSON.stringify(row.rule)}::jsonb, ${row.at}, ${row.by})`.execute(
    tx,
  )

/** The draft of a revision becomes another; false when somebody was faster. */
export async function changeDraft(
  tx: Tx,
  {
    id,
    revision,
    name,
    note,
    rule,
  }: { id: string; revision: number; name: string; note: string; rule: AudienceRule },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update audience set name = ${name}, note = ${note}, rule = ${JSON.stringify(rule)}::jsonb, revision = revision + 1
    where id = ${id} and revision = ${revision} and archived_at is null`.execute(tx)
  return numAffectedRows === 1n
}
export const insertVersion = (
  tx: Tx,
  row: { audienceId: string; version: number; rule: AudienceRule; at: Date; by: string },
): Promise<unknown> =>
  sql`insert into audience_version (audience_id, version, rule, saved_at, by)
    values (${row.audienceId}, ${row.version}, ${JSON.stringify(row.rule)}::jsonb, ${row.at}, ${row.by})`.execute(
    tx,
  )

export const setNightly = (tx: Tx, id: string, nightly: boolean): Promise<unknown> =>
  sql`update audience set nightly = ${nightly} where id = ${id}`.execute(tx)
export const archive = (tx: Tx, id: string, at: Date): Promise<unknown> =>
  sql`update audience set archived_at = ${at}, nightly = false where id = ${id}`.execute(tx)

export async function listVersions(db: Reader, audienceId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select version, rule, saved_at as "savedAt", by from audience_version where audience_id = ${audienceId} order by version desc limit 50`.execute(
    db,
  )
  return rows
}
export async function findVersion(db: Reader, audienceId: string): Promise<VersionRow | undefined> {
  return (await listVersions(db, audienceId))[0]
}

export async function listSnapshots(db: Reader, audienceId: string, limit: number): Promise<SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select ${SNAPSHOT} from audience_snapshot s where audience_id = ${audienceId} order by taken_at desc, id desc limit ${limit}`.execute(
    db,
  )
  return rows
}
/** The last snapshot of each audience. */
export async function latestSnapshots(db: Reader): Promise<Map<string, SnapshotRow>> {
  const { rows } = await sql<SnapshotRow>`
    select distinct on (audience_id) ${SNAPSHOT} from audience_snapshot s order by audience_id, taken_at desc, id desc`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.audienceId, row]))
}
export async function findSnapshot(db: Reader, id: string): Promise<SnapshotRow | undefined> {
  const { rows } =
    await sql<SnapshotRow>`select ${SNAPSHOT} from audience_snapshot s where id = ${id}`.execute(db)
  return rows[0]
}
/** Audiences that are to be taken this night and were not yet. */
export async function dueTonight(db: Reader, day: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from audience a where a.nightly and a.archived_at is null and exists (select from audience_version v where v.audience_id = a.id)
      and not exists (select from audience_snapshot s where s.audience_id = a.id and s.day = ${day} and s.cause = 'nightly') order by a.id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
