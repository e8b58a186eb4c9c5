import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

/** Null: every store. */
export type Scope = readonly string[] | null
const within = (column: string, scope: Scope) =>
  sql<boolean>`(${scope}::text[] is null or ${sql.ref(column)} = any(${scope}::text[]))`

export interface PaidHour {
  storeId: string
  hour: number
  orders: number
  pickups: number
  paidFen: number
}
/** What was paid, by store and hour of the day in Shanghai. Orders that were closed before their money came do not count. */
export const paidByHour = (
  db: Reader,
  { scope, from, until }: { scope: Scope; from: Date; until: Date },
): Promise<PaidHour[]> =>
  db
    .selectFrom('orders as o')
    .select([
      'o.store_id as storeId',
      sql<number>`extract(hour from o.paid_at at time zone 'Asia/Shanghai')::int`.as('hour'),
      sql<number>`count(*)`.as('orders'),
      sql<number>`count(*) filter (where o.fulfilment = 'pickup')`.as('pickups'),
      sql<number>`sum(o.paid_fen)::bigint`.as('paidFen'),
    ])
    .where('o.paid_at', '>=', from)
    .where('o.paid_at', '<', until)
    .where('o.state', '<>', 'CANCELLED')
    .where(within('o.store_id', scope))
    .groupBy(['o.store_id', 'hour'])
    .execute()

export interface Waiting {
  storeId: string
  toPack: number
  ready: number
}
export const countWaiting = (db: Reader, scope: Scope): Promise<Waiting[]> =>
  db
    .selectFrom('orders as o')
    .select([
      'o.store_id as storeId',
      sql<number>`count(*) filter (where o.state = 'PAID')`.as('toPack'),
      sql<number>`count(*) filter (where o.state = 'READY')`.as('ready'),
    ])
    .where('o.state', 'in', ['PAID', 'READY'])
    .where(within('o.store_id', scope))
    .groupBy('o.store_id')
    .execute()

export interface StoreCount {
  storeId: string
  count: number
}
export const countHanded = (
  db: Reader,
  { scope, from, until }: { scope: Scope; from: Date; until: Date },
): Promise<StoreCount[]> =>
  db
    .selectFrom('orders as o')
    .select(['o.store_id as storeId', sql<number>`count(*)`.as('count')])
    .where('o.completed_at', '>=', from)
    .where('o.completed_at', '<', until)
    .where(within('o.store_id', scope))
    .groupBy('o.store_id')
    .execute()

export const countUnpaid = (db: Reader, scope: Scope): Promise<{ count: number }> =>
  db
    .selectFrom('orders as o')
    .select(sql<number>`count(*)`.as('count'))
    .where('o.state', '=', 'PENDING_PAY')
    .where(within('o.store_id', scope))
    .executeTakeFirstOrThrow()

export interface Pressing {
  storeId: string | null
  count: number
  since: Date
}
/** Not packed although the slot has begun; or, without a slot, for `packWithinSeconds` after it could be packed. `since` is when it should have been. */
export const listOverdue = (
  db: Reader,
  { scope, now, packWithinSeconds }: { scope: Scope; now: Date; packWithinSeconds: number },
): Promise<Pressing[]> => {
  const due = sql<Date>`coalesce(o.slot_start, coalesce(o.packable_at, o.paid_at) + make_interval(secs => ${packWithinSeconds}))`
  return db
    .selectFrom('orders as o')
    .select(['o.store_id as storeId', sql<number>`count(*)`.as('count'), sql<Date>`min(${due})`.as('since')])
    .where('o.state', '=', 'PAID')
    .where(due, '<=', now)
    .where(within('o.store_id', scope))
    .groupBy('o.store_id')
    .execute()
}

/** Orders whose refund did not reach the shopper, since the first time it did not. */
export const listFailedRefunds = (db: Reader, scope: Scope): Promise<Pressing[]> =>
  db
    .selectFrom('orders as o')
    .innerJoin('order_event as e', 'e.order_id', 'o.id')
    .select(['o.store_id as storeId', sql<number>`count(distinct o.id)`.as('count')])
    .select(sql<Date>`min(e.at)`.as('since'))
    .where('o.refund_state', '=', 'FAILED')
    .where('e.verb', '=', 'refund_failed')
    .where(within('o.store_id', scope))
    .groupBy('o.store_id')
    .execute()
