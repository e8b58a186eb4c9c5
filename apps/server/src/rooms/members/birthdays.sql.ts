import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface BirthdayRow {
  /** Null: taken back. */
  cipher: Buffer | null
  givenAt: Date
}
export const findBirthday = (db: Reader, memberId: string): Promise<BirthdayRow | undefined> =>
  db
    .selectFrom('member_birthday')
    .select(['cipher', 'given_at as givenAt'])
    .where('member_id', '=', memberId)
    .executeTakeFirst()

/** Keeps a birthday: the first one, or another one a year after. Says whether it was the first; undefined where it is too early. */
export async function putBirthday(
  tx: Tx,
  { memberId, cipher, hash, at }: { memberId: string; cipher: Buffer; hash: Buffer; at: Date },
): Promise<{ first: boolean } | undefined> {
  const { rows } = await sql<{ first: boolean }>`
    insert into member_birthday as b (member_id, cipher, day_hash, given_at) values (${memberId}, ${cipher}, ${hash}, ${at})
    on conflict (member_id) do update set cipher = excluded.cipher, day_hash = excluded.day_hash, given_at = excluded.given_at
      where b.given_at + interval '1 year' <= excluded.given_at
    returning xmax = 0 as first`.execute(tx)
  return rows[0]
}

export const clearBirthday = (tx: Tx, memberId: string): Promise<unknown> =>
  tx
    .updateTable('member_birthday')
    .set({ cipher: null, day_hash: null })
    .where('member_id', '=', memberId)
    .executeTakeFirst()
