import type { Reader } from '#kernel/db'

export const phoneOf = (db: Reader, id: string): Promise<{ cipher: Buffer | null } | undefined> =>
  db.selectFrom('member').select('phone_cipher as cipher').where('id', '=', id).executeTakeFirst()

export const idByPhoneHash = (db: Reader, hash: Buffer): Promise<{ id: string } | undefined> =>
  db.selectFrom('member').select('id').where('phone_hash', '=', hash).executeTakeFirst()
