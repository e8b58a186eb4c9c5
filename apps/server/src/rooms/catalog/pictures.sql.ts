import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export const findBySha256 = (db: Reader, sha256: Buffer): Promise<{ id: string } | undefined> =>
  db.selectFrom('picture').select('id').where('sha256', '=', sha256).executeTakeFirst()

/** False when the same picture is there already. */
export const insertPicture = async (
  tx: Tx,
  picture: { id: string; sha256: Buffer; width: number; height: number; at: Date },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('picture')
    .values({
      id: picture.id,
      sha256: picture.sha256,
      width: picture.width,
      height: picture.height,
      created_at: picture.at,
    })
    .onConflict((on) => on.column('sha256').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface PictureFile {
  size: string
  webp: Buffer
}

export const insertFiles = async (
  tx: Tx,
  pictureId: string,
  files: readonly PictureFile[],
): Promise<bigint> => {
  const { numAffectedRows = 0n } = await sql`
    insert into picture_file (picture_id, size, webp)
    select ${pictureId}::uuid, size, webp
    from unnest(${files.map(({ size }) => size)}::text[], ${files.map(({ webp }) => webp)}::bytea[]) as made (size, webp)`.execute(
    tx,
  )
  return numAffectedRows
}
