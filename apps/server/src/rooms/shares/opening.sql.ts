import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

/** Whoever opened: a member, or a telephone of nobody. */
export interface Visitor {
  memberId: string | null
  deviceHash: Buffer
}

/** Is this share what they opened last, and was that just now? Then there is nothing new to note. */
export async function openedJustNow(
  db: Reader,
  shareId: string,
  { memberId, deviceHash }: Visitor,
  since: Date,
): Promise<boolean> {
  const { rows } = await (
    memberId === null
      ? sql<{ shareId: string }>`
        select share_id as "shareId" from share_open where device_hash = ${deviceHash} and member_id is null and opened_at > ${since}
        order by opened_at desc, id desc limit 1`
      : sql<{ shareId: string }>`
        select share_id as "shareId" from share_open where member_id = ${memberId} and opened_at > ${since}
        order by opened_at desc, id desc limit 1`
  ).execute(db)
  return rows[0]?.shareId === shareId
}

/** Are there already `most` openings of strangers since then? */
export async function isFull(
  db: Reader,
  shareId: string,
  { since, most }: { since: Date; most: number },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from share_open where share_id = ${shareId} and opened_at >= ${since} and member_id is null limit ${most}`.execute(
    db,
  )
  return rows.length >= most
}

/** One opening. `counts`: the first of this member and of this telephone; false: it was not, or the share is their own. */
export async function insertOpen(
  tx: Tx,
  shareId: string,
  { visitor, counts, at }: { visitor: Visitor; counts: boolean; at: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into share_open (share_id, member_id, device_hash, opened_at, known_at, counts)
    select s.id, ${visitor.memberId}::uuid, ${visitor.deviceHash}::bytea, ${at}::timestamptz, ${visitor.memberId === null ? null : at}::timestamptz, ${counts}::boolean
    from share s where s.id = ${shareId} and s.member_id is distinct from ${visitor.memberId}::uuid
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export interface Claim {
  memberId: string
  deviceHash: Buffer
  since: Date
  at: Date
}
/** What somebody opened on this telephone before they signed in, and was their own: it is no opening at all. */
export async function dropOwn(tx: Tx, { memberId, deviceHash, since }: Claim): Promise<bigint> {
  const { numAffectedRows } = await sql`
    delete from share_open o using share s
    where s.id = o.share_id and s.member_id = ${memberId} and o.device_hash = ${deviceHash} and o.member_id is null and o.opened_at > ${since}`.execute(
    tx,
  )
  return numAffectedRows ?? 0n
}

/**
 * What a telephone opened becomes the member's who signed in on it. What they had opened elsewhere counts once. Whoever became a member after the last of
 * them came by that one.
 */
export async function claimOpens(tx: Tx, { memberId, deviceHash, since, at }: Claim): Promise<number> {
  const { rows } = await sql`
    with found as (
      select id, share_id, opened_at from share_open
      where device_hash = ${deviceHash} and member_id is null and opened_at > ${since} order by id for update),
    last as (
      select f.id from found f join member m on m.id = ${memberId} and m.joined_at >= f.opened_at
      where not exists (select from share_open j where j.member_id = ${memberId} and j.joined)
      order by f.opened_at desc, f.id desc limit 1)
    update share_open o set member_id = ${memberId}, known_at = ${at}::timestamptz, joined = o.id in (select id from last),
      counts = o.counts and not exists (
        select from share_open e where e.share_id = o.share_id and e.member_id = ${memberId} and e.counts)
    from found f where f.id = o.id returning o.id`.execute(tx)
  return rows.length
}
