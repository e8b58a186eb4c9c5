import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { AlarmKind, NewAlarm } from './facts.ts'

export interface Alarm {
  id: string
  kind: AlarmKind
  subject: string
  detail: string
  orderId: string | null
  /** Read along for the console's list; both belong to `orders`. */
  orderNo: string | null
  storeId: string | null
  at: Date
  resolvedAt: Date | null
  resolution: string | null
}

/** False when the same alarm was raised before. */
export async function insertAlarm(tx: Tx, id: string, alarm: NewAlarm): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payment_alarm')
    .values({
      id,
      kind: alarm.kind,
      subject: alarm.subject,
      order_id: alarm.orderId,
      detail: alarm.detail,
      at: alarm.at,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'subject']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface AlarmFilter {
  open: boolean | undefined
  /** Null: every store, and the alarms that belong to none. */
  storeIds: readonly string[] | null
}

const withOrder = (db: Reader) =>
  db
    .selectFrom('payment_alarm as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .select([
      'a.id',
      sql<AlarmKind>`a.kind`.as('kind'),
      'a.subject',
      'a.detail',
      'a.order_id as orderId',
      'o.no as orderNo',
      'o.store_id as storeId',
      'a.at',
      'a.resolved_at as resolvedAt',
      'a.resolution',
    ])

export const listAlarms = (
  db: Reader,
  { open, storeIds }: AlarmFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<Alarm[]> =>
  withOrder(db)
    .$if(open === true, (query) => query.where('a.resolved_at', 'is', null))
    .$if(open === false, (query) => query.where('a.resolved_at', 'is not', null))
    .$if(storeIds !== null, (query) =>
      query.where('o.store_id', 'in', storeIds?.length ? [...storeIds] : ['']),
    )
    .orderBy('a.at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countAlarms(db: Reader, { open, storeIds }: AlarmFilter): Promise<number> {
  const { count } = await db
    .selectFrom('payment_alarm as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .select((each) => each.fn.countAll<number>().as('count'))
    .$if(open === true, (query) => query.where('a.resolved_at', 'is', null))
    .$if(open === false, (query) => query.where('a.resolved_at', 'is not', null))
    .$if(storeIds !== null, (query) =>
      query.where('o.store_id', 'in', storeIds?.length ? [...storeIds] : ['']),
    )
    .executeTakeFirstOrThrow()
  return count
}

/** Alarms that nobody resolved, by the store of their order; those without an order have none. */
export const countOpenAlarms = (
  db: Reader,
  storeIds: AlarmFilter['storeIds'],
): Promise<{ storeId: string | null; count: number; since: Date }[]> =>
  db
    .selectFrom('payment_alarm as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .select(['o.store_id as storeId', sql<number>`count(*)`.as('count'), sql<Date>`min(a.at)`.as('since')])
    .where('a.resolved_at', 'is', null)
    .$if(storeIds !== null, (query) =>
      query.where('o.store_id', 'in', storeIds?.length ? [...storeIds] : ['']),
    )
    .groupBy('o.store_id')
    .execute()

export const alarmById = (db: Reader, id: string): Promise<Alarm | undefined> =>
  withOrder(db).where('a.id', '=', id).executeTakeFirst()

/** False when it had been resolved already: of two people the first one's words stay. */
export async function resolveAlarm(
  tx: Tx,
  id: string,
  { at, by, note }: { at: Date; by: string; note: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_alarm')
    .set({ resolved_at: at, resolved_by: by, resolution: note })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The same for an alarm known by what it is about. */
export async function closeAlarm(
  tx: Tx,
  { kind, subject }: Pick<NewAlarm, 'kind' | 'subject'>,
  { at, by, note }: { at: Date; by: string; note: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_alarm')
    .set({ resolved_at: at, resolved_by: by, resolution: note })
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
