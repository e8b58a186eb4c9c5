import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface TagRow {
  id: string
  name: string
  audience: { id: string; name: string } | null
  members: number
}
export async function listTags(db: Reader): Promise<TagRow[]> {
  const { rows } = await sql<TagRow>`
    select t.id, t.name, case when a.id is null then null else jsonb_build_object('id', a.id, 'name', a.name) end as audience,
      (select count(*)::int from member_tag g where g.tag_id = t.id) as members
    from tag t left join audience a on a.id = t.audience_id order by t.created_at, t.id`.execute(db)
  return rows
}
export async function findTag(
  db: Reader,
  id: string,
): Promise<{ id: string; name: string; automatic: boolean } | undefined> {
  const { rows } = await sql<{ id: string; name: string; automatic: boolean }>`
    select id, name, audience_id is not null as automatic from tag where id = ${id}`.execute(db)
  return rows[0]
}
export const insertTag = (
  tx: Tx,
  row: { id: string; name: string; audienceId: string | null; at: Date; by: string },
): Promise<unknown> =>
  sql`insert into tag (id, name, audience_id, created_at, created_by)
    values (${row.id}, ${row.name}, ${row.audienceId}, ${row.at}, ${row.by})`.execute(tx)
export const renameTag = (tx: Tx, id: string, name: string): Promise<unknown> =>
  sql`update tag set name = ${name} where id = ${id}`.execute(tx)
/** The tag that an audience writes goes, from everybody. */
export const dropTagOf = (tx: Tx, audienceId: string): Promise<unknown> =>
  sql`delete from tag where audience_id = ${audienceId}`.execute(tx)

export async function listOfMember(db: Reader, memberId: string) {
  const { rows } = await sql<{ id: string; name: string; automatic: boolean; at: Date; by: string }>`
    select t.id, t.name, t.audience_id is not null as automatic, g.at, g.by from member_tag g join tag t on t.id = g.tag_id
    where g.member_id = ${memberId} order by g.at, t.id`.execute(db)
  return rows
}
/** Puts a tag on by hand; false when it is borne already, or an audience writes it. */
export async function putTag(
  tx: Tx,
  { tagId, memberId, at, by }: { tagId: string; memberId: string; at: Date; by: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into member_tag (tag_id, member_id, at, by) select id, ${memberId}, ${at}, ${by} from tag where id = ${tagId} and audience_id is null
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}
export async function takeTag(tx: Tx, tagId: string, memberId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from member_tag g using tag t where t.id = g.tag_id and t.audience_id is null and g.tag_id = ${tagId} and g.member_id = ${memberId}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
