import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

/** A member's favourites, newest first. */
export const listFavourites = (db: Reader, memberId: string): Promise<{ productId: string }[]> =>
  db
    .selectFrom('favourite')
    .select('product_id as productId')
    .where('member_id', '=', memberId)
    .orderBy('at', 'desc')
    .orderBy('product_id')
    .execute()

export const isFavourite = async (db: Reader, memberId: string, productId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('favourite')
    .select('product_id')
    .where('member_id', '=', memberId)
    .where('product_id', '=', productId)
    .executeTakeFirst()
  return row !== undefined
}

/** Makes changes of one member's favourites take turns until the transaction ends: the limit rests on it. */
export const lockFavourites = async (tx: Tx, memberId: string): Promise<boolean> => {
  const { rows } =
    await sql`select pg_advisory_xact_lock(hashtextextended(${`favourites ${memberId}`}, 0))`.execute(tx)
  return rows.length === 1
}

/** Keeps a favourite unless the member has `most` others; false when there was no room. Kept already is kept. */
export const keepFavourite = async (
  tx: Tx,
  { memberId, productId, at, most }: { memberId: string; productId: string; at: Date; most: number },
): Promise<boolean> => {
  const { rows } = await sql`
    insert into favourite (member_id, product_id, at)
    select ${memberId}::uuid, ${productId}::uuid, ${at}::timestamptz
    where (select count(*) from favourite
           where member_id = ${memberId}::uuid and product_id <> ${productId}::uuid) < ${most}::int
    on conflict (member_id, product_id) do update set at = favourite.at
    returning product_id`.execute(tx)
  return rows.length === 1
}

export const dropFavourite = async (tx: Tx, memberId: string, productId: string): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('favourite')
    .where('member_id', '=', memberId)
    .where('product_id', '=', productId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
