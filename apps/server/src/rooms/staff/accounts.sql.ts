import { sql, type SqlBool } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { RoleName } from './reach.ts'

export interface AccountRow {
  id: string
  account: string
  name: string
  role: RoleName
  active: boolean
  demo: boolean
  storeIds: string[]
  passwordTemporaryUntil: Date | null
  lastSignInAt: Date | null
}

const storesOf = sql<
  string[]
>`array(select store_id from staff_store where staff_id = staff.id order by store_id)`
const lastSignIn = sql<Date | null>`(select max(created_at) from staff_session where staff_id = staff.id)`
const COLUMNS = [
  'staff.id',
  'staff.account',
  'staff.name',
  sql<RoleName>`staff.role`.as('role'),
  'staff.active',
  'staff.demo',
  storesOf.as('storeIds'),
  'staff.password_temporary_until as passwordTemporaryUntil',
  lastSignIn.as('lastSignInAt'),
] as const

export interface AccountFilter {
  /** Null: everybody; else who works in one of these stores. */
  storeIds: readonly string[] | null
  q?: string | undefined
  role?: RoleName | undefined
  storeId?: string | undefined
  /** Demo accounts do not exist in production. */
  withDemo: boolean
}

const worksIn = (storeIds: readonly string[]) =>
  sql<SqlBool>`exists (select from staff_store where staff_id = staff.id and store_id = any(${storeIds}::text[]))`

const matching = (db: Reader, { storeIds, q, role, storeId, withDemo }: AccountFilter) => {
  let query = db.selectFrom('staff')
  if (!withDemo) query = query.where('demo', '=', false)
  if (storeIds) query = query.where(worksIn(storeIds))
  if (storeId) query = query.where(worksIn([storeId]))
  if (role) query = query.where('role', '=', role)
  if (q) query = query.where(sql<SqlBool>`strpos(lower(account || ' ' || name), lower(${q})) > 0`)
  return query
}

/** A page of accounts: head office first, then store by store. */
export const listAccounts = (
  db: Reader,
  filter: AccountFilter & { active?: boolean | undefined },
  { limit, offset }: { limit: number; offset: number },
): Promise<AccountRow[]> => {
  const query = matching(db, filter)
  return (filter.active === undefined ? query : query.where('active', '=', filter.active))
    .select(COLUMNS)
    .orderBy(sql`array_position(array['hq', 'manager', 'clerk', 'picker'], role)`)
    .orderBy('account')
    .limit(limit)
    .offset(offset)
    .execute()
}

export const countAccounts = (
  db: Reader,
  filter: AccountFilter,
): Promise<{ active: number; inactive: number }> =>
  matching(db, filter)
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('active', '=', true).as('active'),
      fn.countAll<number>().filterWhere('active', '=', false).as('inactive'),
    ])
    .executeTakeFirstOrThrow()

export const findAccount = (db: Reader, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('staff').select(COLUMNS).where('id', '=', id).executeTakeFirst()

/** Locks an account until the transaction ends. */
export const lockAccount = (tx: Tx, id: string): Promise<AccountRow | undefined> =>
  tx.selectFrom('staff').select(COLUMNS).where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** Locks every active head-office account, always in the same order: two of them cannot push each other out at once. */
export const lockHeadOffices = (tx: Tx, withDemo: boolean): Promise<{ id: string }[]> => {
  const query = tx.selectFrom('staff').select('id').where('role', '=', 'hq').where('active', '=', true)
  return (withDemo ? query : query.where('demo', '=', false)).orderBy('id').forNoKeyUpdate().execute()
}

export interface NewAccount {
  id: string
  account: string
  name: string
  role: RoleName
  passwordHash: string
  passwordTemporaryUntil: Date
}

/** False when there is such an account already, in whatever case its letters are. */
export const insertAccount = async (tx: Tx, row: NewAccount): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('staff')
    .values({
      id: row.id,
      account: row.account,
      name: row.name,
      role: row.role,
      password_hash: row.passwordHash,
      password_temporary_until: row.passwordTemporaryUntil,
    })
    .onConflict((on) => on.expression(sql`lower(account)`).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const updateAccount = async (
  tx: Tx,
  id: string,
  { name, role, active }: Pick<AccountRow, 'name' | 'role' | 'active'>,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('staff')
    .set({ name, role, active })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes away every store but these. */
export const dropStores = async (tx: Tx, staffId: string, keep: readonly string[]): Promise<bigint> => {
  const { numDeletedRows } = await tx
    .deleteFrom('staff_store')
    .where('staff_id', '=', staffId)
    .where(sql<SqlBool>`store_id <> all(${keep}::text[])`)
    .executeTakeFirst()
  return numDeletedRows
}

/** Gives these stores; those the person had already stay. Fails on `staff_store_store_id_fkey` where there is no such store. */
export const addStores = async (
  tx: Tx,
  staffId: string,
  storeIds: readonly string[],
): Promise<bigint | undefined> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('staff_store')
    .values(storeIds.map((storeId) => ({ staff_id: staffId, store_id: storeId })))
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows
}

export const putTemporaryPassword = async (
  tx: Tx,
  id: string,
  { passwordHash, until }: { passwordHash: string; until: Date },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('staff')
    .set({ password_hash: passwordHash, password_temporary_until: until })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
