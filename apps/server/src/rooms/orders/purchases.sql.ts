import { sql } from 'kysely'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'

interface After {
  at: Date
  id: string
}
/** Orders collected after a place in time, oldest first. */
export const listCompleted = (
  db: Reader,
  { at, id }: After,
  limit: number,
): Promise<{ purchaseId: string; memberId: string; at: Date }[]> =>
  db
    .selectFrom('orders')
    .select(['id as purchaseId', 'member_id as memberId', sql<Date>`completed_at`.as('at')])
    .where('completed_at', 'is not', null)
    .where(sql<boolean>`(completed_at, id) > (${at}, ${id}::uuid)`)
    .orderBy('completed_at')
    .orderBy('id')
    .limit(limit)
    .execute()

/** What of these orders stays paid, freight aside. */
export const listKept = async (
  db: Reader,
  ids: readonly string[],
): Promise<{ purchaseId: string; keptFen: number }[]> => {
  const { rows } = await sql<{ purchaseId: string; keptFen: number }>`
    select id as "purchaseId", greatest(paid_fen - refunded_fen - freight_fen, 0) as "keptFen"
    from orders where id = any(${arrayOf(ids, (each) => each)}::uuid[])`.execute(db)
  return rows
}
