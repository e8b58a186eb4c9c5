import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface KeyRow {
  id: string
  publicKey: string
  sealed: Buffer
  createdAt: Date
  signsFrom: Date
  retiredAt: Date | null
}
/** All keys there ever were, what signs last first. One more each quarter. */
export const listKeys = (db: Reader): Promise<KeyRow[]> =>
  db
    .selectFrom('chain_key')
    .select([
      'id',
      'public_key as publicKey',
      'sealed',
      'created_at as createdAt',
      'signs_from as signsFrom',
      'retired_at as retiredAt',
    ])
    .orderBy('signs_from', 'desc')
    .orderBy('id', 'desc')
    .execute()

const KEEPERS = 7_164_232 // any constant: whoever makes keys takes turns
export async function lockKeys(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${KEEPERS})`.execute(tx)
  return true
}

export const insertKey = async (
  tx: Tx,
  { id, publicKey, sealed, createdAt, signsFrom }: Omit<KeyRow, 'retiredAt'>,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('chain_key')
    .values({ id, public_key: publicKey, sealed, created_at: createdAt, signs_from: signsFrom })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const retireKey = async (tx: Tx, id: string, at: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('chain_key')
    .set({ retired_at: at })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
