import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface OpenedShare {
  shareId: string
  sharerId: string
  kind: string
  subjectId: string
  storeId: string
  depth: number
  openedAt: Date
  /** They became a member after it. */
  joined: boolean
}
/** The share of one thing (`kind` null: of anything) that a member had opened last before an instant, and not before another. */
export async function lastOpened(
  db: Reader,
  {
    memberId,
    kind,
    subjectId,
    since,
    before,
  }: { memberId: string; kind: string | null; subjectId: string | null; since: Date; before: Date },
): Promise<OpenedShare | undefined> {
  const { rows } = await sql<OpenedShare>`
    select s.id as "shareId", s.member_id as "sharerId", s.subject_kind as kind, s.subject_id as "subjectId", s.store_id as "storeId", s.depth,
      o.opened_at as "openedAt", o.joined
    from share_open o join share s on s.id = o.share_id
    where o.member_id = ${memberId} and o.opened_at >= ${since} and o.opened_at <= ${before}
      and (${kind}::text is null or (s.subject_kind, s.subject_id) = (${kind}::text, ${subjectId}::text))
    order by o.opened_at desc, o.id desc limit 1`.execute(db)
  return rows[0]
}

export interface Opener {
  memberId: string
  openedAt: Date
  joined: boolean
}
/** Members who opened what somebody passed on of one thing, each once, the first one first. */
export async function listOpeners(
  db: Reader,
  { sharerId, kind, subjectId }: { sharerId: string; kind: string; subjectId: string },
  limit: number,
): Promise<Opener[]> {
  const { rows } = await sql<Opener>`
    select o.member_id as "memberId", min(o.opened_at) as "openedAt", bool_or(o.joined) as joined
    from share s join share_open o on o.share_id = s.id
    where s.member_id = ${sharerId} and s.subject_kind = ${kind} and s.subject_id = ${subjectId} and o.member_id is not null
    group by o.member_id order by 2, 1 limit ${limit}`.execute(db)
  return rows
}
