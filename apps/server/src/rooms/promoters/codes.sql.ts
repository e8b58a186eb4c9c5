import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface CodeRow {
  id: string
  key: string
  storeId: string
  staffId: string | null
  staffName: string | null
  staffWorks: boolean
  madeAt: Date
  endedAt: Date | null
}
const CODE = [
  'c.id',
  'c.key',
  'c.store_id as storeId',
  'c.staff_id as staffId',
  's.name as staffName',
  sql<boolean>`coalesce(s.active, true)`.as('staffWorks'),
  'c.made_at as madeAt',
  'c.ended_at as endedAt',
] as const
const codes = (db: Reader) =>
  db.selectFrom('guide_code as c').leftJoin('staff as s', 's.id', 'c.staff_id').select(CODE)

export const codeByKey = (db: Reader, key: string): Promise<CodeRow | undefined> =>
  codes(db).where('c.key', '=', key).executeTakeFirst()

export const codeById = (db: Reader, id: string): Promise<CodeRow | undefined> =>
  codes(db).where('c.id', '=', id).executeTakeFirst()

/** The code in force of a store, or of somebody in it. */
export const codeOf = (db: Reader, storeId: string, staffId: string | null): Promise<CodeRow | undefined> =>
  codes(db)
    .where('c.store_id', '=', storeId)
    .where('c.ended_at', 'is', null)
    .where(sql<boolean>`c.staff_id is not distinct from ${staffId}::uuid`)
    .executeTakeFirst()

/** Codes in force, store by store, the store's own first. */
export const listCodes = (db: Reader, storeIds: readonly string[] | null): Promise<CodeRow[]> =>
  codes(db)
    .where('c.ended_at', 'is', null)
    .where(sql<boolean>`(${storeIds}::text[] is null or c.store_id = any(${storeIds}::text[]))`)
    .orderBy('c.store_id')
    .orderBy(sql`c.staff_id is not null`)
    .orderBy('s.name')
    .limit(2000)
    .execute()

/** False: there is one already. */
export const insertCode = async (
  tx: Tx,
  code: { id: string; key: string; storeId: string; staffId: string | null; at: Date; by: string },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('guide_code')
    .values({
      id: code.id,
      key: code.key,
      store_id: code.storeId,
      staff_id: code.staffId,
      made_at: code.at,
      made_by: code.by,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export const endCode = async (tx: Tx, id: string, at: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('guide_code')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const pictureOf = (db: Reader, id: string): Promise<{ picture: Buffer | null } | undefined> =>
  db.selectFrom('guide_code').select('picture').where('id', '=', id).executeTakeFirst()

export const keepPicture = async (tx: Tx, id: string, picture: Buffer): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('guide_code')
    .set({ picture })
    .where('id', '=', id)
    .where('picture', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
