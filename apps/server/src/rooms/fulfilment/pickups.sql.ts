import type { Reader } from '#kernel/db'

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
