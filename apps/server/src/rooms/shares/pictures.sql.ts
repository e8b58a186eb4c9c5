import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export type PictureKind = 'code' | 'card' | 'poster'
export interface KeptPicture {
  content: Buffer
  picture: Buffer
}
export const findPicture = (
  db: Reader,
  shareId: string,
  kind: PictureKind,
): Promise<KeptPicture | undefined> =>
  db
    .selectFrom('share_picture')
    .select(['content', 'picture'])
    .where('share_id', '=', shareId)
    .where('kind', '=', kind)
    .executeTakeFirst()

export async function keepPicture(
  tx: Tx,
  row: KeptPicture & { shareId: string; kind: PictureKind; at: Date },
): Promise<boolean> {
  const drawn = { content: row.content, picture: row.picture, drawn_at: row.at }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('share_picture')
    .values({ share_id: row.shareId, kind: row.kind, ...drawn })
    .onConflict((on) => on.columns(['share_id', 'kind']).doUpdateSet(drawn))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** How many pictures were drawn since then for what somebody passes on. */
export async function drawnSince(db: Reader, memberId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ drawn: number }>`
    select count(*)::int as drawn from share s join share_picture p on p.share_id = s.id
    where s.member_id = ${memberId} and p.kind <> 'code' and p.drawn_at > ${since}`.execute(db)
  return rows[0]?.drawn ?? 0
}

/** Keeps the newest: what is asked for again is drawn again. */
export async function forgetPictures(
  tx: Tx,
  { before, most }: { before: Date; most: number },
): Promise<bigint> {
  const { numAffectedRows } = await sql`
    delete from share_picture where drawn_at < ${before}
      or drawn_at < (select drawn_at from share_picture order by drawn_at desc offset ${most} limit 1)`.execute(
    tx,
  )
  return numAffectedRows ?? 0n
}
