import type { Reader } from '#kernel/db'

export const readPicture = (
  db: Reader,
  pictureId: string,
  size: string,
): Promise<{ webp: Buffer } | undefined> =>
  db
    .selectFrom('picture_file')
    .select('webp')
    .where('picture_id', '=', pictureId)
    .where('size', '=', size)
    .executeTakeFirst()

export const readBanner = (db: Reader, id: string): Promise<{ webp: Buffer } | undefined> =>
  db.selectFrom('banner').select('webp').where('id', '=', id).executeTakeFirst()
