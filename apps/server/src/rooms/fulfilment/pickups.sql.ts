import { sql } from 'kysely'
import type { Db, Reader, Tx } from '#kernel/db'

export interface PickupRow {
  orderId: string
  storeId: string
  digits: string
  secret: Buffer
  active: boolean
  readyAt: Date | null
  handedAt: Date | null
}
const PICKUP = ['order_id as orderId', 'store_id as storeId', 'digits', 'secret', 'active'] as const

const pickups = (db: Reader) =>
  db.selectFrom('pickup').select(PICKUP).select(['ready_at as readyAt', 'handed_at as handedAt'])

export const findPickup = (db: Reader, orderId: string): Promise<PickupRow | undefined> =>
  pickups(db).where('order_id', '=', orderId).executeTakeFirst()

/** Every order these digits were ever given to: the one that is active first, then the latest. */
export const listByDigits = (db: Reader, digits: string): Promise<PickupRow[]> =>
  pickups(db)
    .where('digits', '=', digits)
    .orderBy('active', 'desc')
    .orderBy('order_id', 'desc')
    .limit(20)
    .execute()

export interface TakenSlot {
  startsAt: Date
  taken: number
}
export const listTaken = (db: Reader, storeId: string, from: Date): Promise<TakenSlot[]> =>
  db
    .selectFrom('pickup_slot')
    .select(['starts_at as startsAt', 'taken'])
    .where('store_id', '=', storeId)
    .where('starts_at', '>=', from)
    .limit(500)
    .execute()

const GUESSERS = 7_164_230 // any constant: tries of one person take turns

export async function takeTurn(tx: Tx, staffId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${GUESSERS}, hashtext(${staffId}))`.execute(tx)
  return true
}
/** Written before it is judged, so that guesses made at the same time see each other. */
export const insertTry = (
  tx: Tx,
  { staffId, storeId, at }: { staffId: string; storeId: string; at: Date },
): Promise<{ id: number }> =>
  tx
    .insertInto('handover_try')
    .values({ staff_id: staffId, store_id: storeId, at, outcome: 'open' })
    .returning('id')
    .executeTakeFirstOrThrow()

export const noteTry = async (db: Db, id: number, outcome: string): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('handover_try')
    .set({ outcome })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Wrong codes of one person since an instant, and tries that are still being judged, before this one. */
export const countWrong = (
  db: Reader,
  staffId: string,
  { since, before }: { since: Date; before: number },
): Promise<{ wrong: number; first: Date | null }> =>
  db
    .selectFrom('handover_try')
    .select([sql<number>`count(*)`.as('wrong'), sql<Date | null>`min(at)`.as('first')])
    .where('staff_id', '=', staffId)
    .where('at', '>', since)
    .where('id', '<', before)
    .where('outcome', 'in', ['open', 'code_unknown', 'code_expired'])
    .executeTakeFirstOrThrow()

export const deleteTries = async (db: Db, before: Date): Promise<number> => {
  const { numDeletedRows } = await db.deleteFrom('handover_try').where('at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
