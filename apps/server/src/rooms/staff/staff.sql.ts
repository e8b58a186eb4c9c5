import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface Person {
  id: string
  account: string
  name: string
  role: string
  active: boolean
  demo: boolean
  storeIds: string[]
}

/** Everyone who may still work here, with the stores they are assigned to. */
export const listPeople = (db: Reader): Promise<Person[]> =>
  db
    .selectFrom('staff')
    .select(['id', 'account', 'name', 'role', 'active', 'demo'])
    .select(
      sql<string[]>`array(select store_id from staff_store where staff_id = staff.id order by store_id)`.as(
        'storeIds',
      ),
    )
    .where('active', '=', true)
    .execute()

export interface Credentials {
  id: string
  account: string
  role: string
  demo: boolean
  passwordHash: string
  passwordTemporaryUntil: Date | null
}

export const findCredentials = (db: Reader, account: string): Promise<Credentials | undefined> =>
  db
    .selectFrom('staff')
    .select([
      'id',
      'account',
      'role',
      'demo',
      'password_hash as passwordHash',
      'password_temporary_until as passwordTemporaryUntil',
    ])
    .where('account', '=', account)
    .where('active', '=', true)
    .executeTakeFirst()

/** Locks the account if what was proved still holds: the person works here, with the same password. False otherwise. */
export const lockProven = async (
  tx: Tx,
  { id, passwordHash }: Pick<Credentials, 'id' | 'passwordHash'>,
): Promise<boolean> => {
  const row = await tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', id)
    .where('password_hash', '=', passwordHash)
    .where('active', '=', true)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** A password of the person's own choice. */
export const changePassword = async (tx: Tx, staffId: string, passwordHash: string): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('staff')
    .set({ password_hash: passwordHash, password_temporary_until: null })
    .where('id', '=', staffId)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
