import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { AlarmKind, NewAlarm, Redirection } from './facts.ts'
import type { RefundState } from './refund-states.ts'

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
  ownerId: string | null
  /** Read along; both belong to `staff`. */
  ownerAccount: string | null
  ownerName: string | null
  refundId: string | null
  outRefundNo: string | null
  refundFen: number | null
  refundState: RefundState | null
  refundTrouble: string | null
  redirectedTo: Redirection | null
  redirectedAt: Date | null
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
      refund_id: alarm.refundId ?? null,
      detail: alarm.detail,
      at: alarm.at,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'subject']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface AlarmFilter {
  open: boolean | undefined
  ownerId: string | undefined
  /** Null: every store, and the alarms that belong to none. */
  storeIds: readonly string[] | null
}

const filtered = (db: Reader, { open, ownerId, storeIds }: AlarmFilter) =>
  db
    .selectFrom('payment_alarm as a')
    .leftJoin('orders as o', 'o.id', 'a.order_id')
    .$if(open === true, (query) => query.where('a.resolved_at', 'is', null))
    .$if(open === false, (query) => query.where('a.resolved_at', 'is not', null))
    .$if(ownerId !== undefined, (query) => query.where('a.owner_id', '=', ownerId ?? null))
    .$if(storeIds !== null, (query) =>
      query.where('o.store_id', 'in', storeIds?.length ? [...storeIds] : ['']),
    )

const EVERYTHING: AlarmFilter = { open: undefined, ownerId: undefined, storeIds: null }

const whole = (db: Reader, filter: AlarmFilter) =>
  filtered(db, filter)
    .leftJoin('refund as r', 'r.id', 'a.refund_id')
    .leftJoin('staff as s', 's.id', 'a.owner_id')
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
      'a.owner_id as ownerId',
      's.account as ownerAccount',
      's.name as ownerName',
      'a.refund_id as refundId',
      'r.out_refund_no as outRefundNo',
      'r.amount_fen as refundFen',
      // Held to these words by constraints of the table.
      sql<RefundState | null>`r.state`.as('refundState'),
      'r.trouble as refundTrouble',
      sql<Redirection | null>`r.redirected_to`.as('redirectedTo'),
      'r.redirected_at as redirectedAt',
    ])

export const listAlarms = (
  db: Reader,
  filter: AlarmFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<Alarm[]> =>
  whole(db, filter).orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(limit).offset(offset).execute()

export async function countAlarms(db: Reader, filter: AlarmFilter): Promise<number> {
  const { count } = await filtered(db, filter)
    .select((each) => each.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Alarms that nobody resolved, by the store of their order; those without an order have none. */
export const countOpenAlarms = (
  db: Reader,
  storeIds: AlarmFilter['storeIds'],
): Promise<{ storeId: string | null; count: number; since: Date }[]> =>
  filtered(db, { ...EVERYTHING, open: true, storeIds })
    .select(['o.store_id as storeId', sql<number>`count(*)`.as('count'), sql<Date>`min(a.at)`.as('since')])
    .groupBy('o.store_id')
    .execute()

export const alarmById = (db: Reader, id: string): Promise<Alarm | undefined> =>
  whole(db, EVERYTHING).where('a.id', '=', id).executeTakeFirst()

/** The same, held against others until the transaction ends. */
export const lockAlarm = (tx: Tx, id: string): Promise<Alarm | undefined> =>
  whole(tx, EVERYTHING).where('a.id', '=', id).forUpdate('a').executeTakeFirst()

export async function setOwner(tx: Tx, id: string, ownerId: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_alarm')
    .set({ owner_id: ownerId })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

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

export interface Mended {
  at: Date
  by: string
  note: string
}

/** Closes what the system saw mended, with a line in its history. Nothing happens when none is open. */
const closeWhere =
  (which: ReturnType<typeof sql>) =>
  async (tx: Tx, { at, by, note }: Mended): Promise<number> => {
    const { numAffectedRows } = await sql`
      with closed as (
        update payment_alarm set resolved_at = ${at}, resolved_by = ${by}, resolution = ${note}
        where resolved_at is null and ${which} returning id)
      insert into payment_alarm_event (alarm_id, verb, by, at, note) select id, 'mended', ${by}, ${at}, ${note} from closed`.execute(
      tx,
    )
    return Number(numAffectedRows ?? 0n)
  }
export const closeAlarm = (
  tx: Tx,
  { kind, subject }: Pick<NewAlarm, 'kind' | 'subject'>,
  mended: Mended,
): Promise<number> => closeWhere(sql`kind = ${kind} and subject = ${subject}`)(tx, mended)
export const closeAlarmsOfRefund = (tx: Tx, refundId: string, mended: Mended): Promise<number> =>
  closeWhere(sql`refund_id = ${refundId}::uuid`)(tx, mended)

export interface AlarmEvent {
  verb: string
  by: string
  at: Date
  note: string | null
}
export async function insertEvent(tx: Tx, alarmId: string, event: AlarmEvent): Promise<number> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payment_alarm_event')
    .values({ alarm_id: alarmId, ...event })
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0n)
}

/** The history of an alarm, oldest first; of a very long one, its end. */
export async function listEvents(
  db: Reader,
  alarmId: string,
): Promise<(AlarmEvent & { byName: string | null })[]> {
  const { rows } = await sql<AlarmEvent & { byName: string | null }>`
    select e.verb, e.by, s.name as "byName", e.at, e.note
    from payment_alarm_event e left join staff s on e.by = 'staff:' || s.account
    where e.alarm_id = ${alarmId}::uuid order by e.id desc limit 200`.execute(db)
  return rows.toReversed()
}
