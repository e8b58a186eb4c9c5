import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface BindingRow {
  id: number
  memberId: string
  promoterId: string
  boundAt: Date
  expiresAt: Date
  endedAt: Date | null
}
const BINDING = [
  'id',
  'member_id as memberId',
  'promoter_id as promoterId',
  'bound_at as boundAt',
  'bind_expires_at as expiresAt',
  'ended_at as endedAt',
] as const

/** The binding that was not ended: it may have run out. */
export const openBinding = (db: Reader, memberId: string): Promise<BindingRow | undefined> =>
  db
    .selectFrom('promoter_binding')
    .select(BINDING)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** The same, and nobody else changes it before this transaction ends. */
export const lockBinding = (tx: Tx, memberId: string): Promise<BindingRow | undefined> =>
  tx
    .selectFrom('promoter_binding')
    .select(BINDING)
    .where('member_id', '=', memberId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

/** Over from then on, or since it ran out. */
export const endBinding = async (tx: Tx, id: number, at: Date): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('promoter_binding')
    .set({ ended_at: sql<Date>`least(bind_expires_at, ${at}::timestamptz)` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False: somebody else bound this member a moment ago. */
export const insertBinding = async (
  tx: Tx,
  row: { memberId: string; promoterId: string; termsId: number; at: Date; expiresAt: Date },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('promoter_binding')
    .values({
      member_id: row.memberId,
      promoter_id: row.promoterId,
      terms_id: row.termsId,
      bound_at: row.at,
      bind_expires_at: row.expiresAt,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whom somebody brought, newest first. */
export const listBound = (
  db: Reader,
  promoterId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<BindingRow[]> =>
  db
    .selectFrom('promoter_binding')
    .select(BINDING)
    .where('promoter_id', '=', promoterId)
    .where(sql<boolean>`(${before}::bigint is null or id < ${before}::bigint)`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
