import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

/** False when the member has that many photos lying about already. */
export const insertPhoto = async (
  tx: Tx,
  photo: { id: string; memberId: string; webp: Buffer; at: Date },
  most: number,
): Promise<boolean> => {
  const { numAffectedRows = 0n } = await sql`
    insert into aftersale_photo (id, member_id, webp, created_at)
    select ${photo.id}, ${photo.memberId}, ${photo.webp}, ${photo.at}
    where (select count(*) from aftersale_photo where member_id = ${photo.memberId} and aftersale_id is null) < ${most}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** Gives photos to a request, in the order named; answers how many were the member's own and free. */
export const attachPhotos = async (
  tx: Tx,
  { aftersaleId, memberId, photoIds }: { aftersaleId: string; memberId: string; photoIds: readonly string[] },
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    update aftersale_photo p set aftersale_id = ${aftersaleId}, position = x.position
    from unnest(${photoIds}::uuid[]) with ordinality x(id, position)
    where p.id = x.id and p.member_id = ${memberId} and p.aftersale_id is null`.execute(tx)
  return numAffectedRows
}

export const readPhoto = (db: Reader, id: string): Promise<{ webp: Buffer } | undefined> =>
  db.selectFrom('aftersale_photo').select('webp').where('id', '=', id).executeTakeFirst()

/** Photos that no request came for. */
export const dropLoose = async (tx: Tx, before: Date): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('aftersale_photo')
    .where('aftersale_id', 'is', null)
    .where('created_at', '<', before)
    .executeTakeFirst()
  return numDeletedRows
}
