import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface ShareRow {
  id: string
  key: string
  memberId: string
  kind: string
  subjectId: string
  storeId: string
  deviceHash: Buffer | null
}
const SHARE = [
  'id',
  'key',
  'member_id as memberId',
  'subject_kind as kind',
  'subject_id as subjectId',
  'store_id as storeId',
  'device_hash as deviceHash',
] as const

export const shareByKey = (db: Reader, key: string): Promise<ShareRow | undefined> =>
  db.selectFrom('share').select(SHARE).where('key', '=', key).executeTakeFirst()

/** Of one thing in one store. */
export interface Passing {
  memberId: string
  kind: string
  subjectId: string
  storeId: string
}
export const shareOf = (
  db: Reader,
  { memberId, kind, subjectId, storeId }: Passing,
): Promise<ShareRow | undefined> =>
  db
    .selectFrom('share')
    .select(SHARE)
    .where('member_id', '=', memberId)
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where('store_id', '=', storeId)
    .executeTakeFirst()

/** The telephone it is passed on from now: what is opened there is opened by its maker. */
export const noteDevice = async (tx: Tx, id: string, deviceHash: Buffer): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('share')
    .set({ device_hash: deviceHash })
    .where('id', '=', id)
    .where(sql<boolean>`device_hash is distinct from ${deviceHash}`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface NewShare extends Passing {
  id: string
  key: string
  deviceHash: Buffer
  at: Date
}
/**
 * A new share. It follows the one of the same thing that its maker had opened last, within `days`. False: they made `mostAnHour` within the hour, or have
 * one of this already.
 */
export async function insertShare(
  tx: Tx,
  share: NewShare,
  { days, mostAnHour }: { days: number; mostAnHour: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into share (id, key, member_id, subject_kind, subject_id, store_id, parent_id, depth, device_hash, made_at)
    select ${share.id}::uuid, ${share.key}, ${share.memberId}::uuid, ${share.kind}, ${share.subjectId}, ${share.storeId}, b.id, case when b.id is null then 0 else least(b.depth + 1, 30) end,
      ${share.deviceHash}::bytea, ${share.at}::timestamptz
    from (select 1) one left join lateral (
      select s.id, s.depth from share_open o join share s on s.id = o.share_id
      where o.member_id = ${share.memberId} and o.opened_at > ${share.at}::timestamptz - make_interval(days => ${days})
        and s.subject_kind = ${share.kind} and s.subject_id = ${share.subjectId}
      order by o.opened_at desc, o.id desc limit 1) b on true
    where (select count(*) from share m where m.member_id = ${share.memberId} and m.made_at > ${share.at}::timestamptz - interval '1 hour') < ${mostAnHour}
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Telephones of long ago are forgotten. */
export async function forgetDevices(tx: Tx, before: Date): Promise<bigint> {
  const { numAffectedRows } = await sql`
    with opens as (update share_open set device_hash = null where device_hash is not null and opened_at < ${before}),
    again as (delete from share_open where not counts and not joined and opened_at < ${before})
    update share set device_hash = null where device_hash is not null and made_at < ${before}`.execute(tx)
  return numAffectedRows ?? 0n
}
