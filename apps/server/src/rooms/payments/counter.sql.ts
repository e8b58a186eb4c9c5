import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { CounterTender } from './facts.ts'

export interface CounterRefundRow {
  id: string
  orderId: string
  orderNo: string
  storeId: string
  provider: CounterTender
  slip: string | null
  amountFen: number
  reason: string
  since: Date
  handedAt: Date | null
  handedBy: string | null
}
const REFUND = sql`r.id, r.order_id as "orderId", o.no as "orderNo", a.store_id as "storeId", a.provider, a.slip, r.amount_fen as "amountFen",
  r.reason, r.created_at as since, r.done_at as "handedAt", s.name as "handedBy"
  from refund r join payment_attempt a on a.id = r.attempt_id join orders o on o.id = r.order_id left join staff s on s.id = r.handed_by`

/** Refunds that wait at the counters of these stores (null: all), oldest first. */
export const listWaiting = async (
  db: Reader,
  storeIds: readonly string[] | null,
  limit: number,
): Promise<CounterRefundRow[]> =>
  (
    await sql<CounterRefundRow>`
      select ${REFUND} where r.state = 'PENDING' and r.next_try_at is null and a.taken_by is not null
        ${storeIds === null ? sql`` : sql`and a.store_id = any(${storeIds}::text[])`}
      order by r.created_at, r.id limit ${limit}`.execute(db)
  ).rows

export const counterRefund = async (db: Reader, id: string): Promise<CounterRefundRow | undefined> =>
  (await sql<CounterRefundRow>`select ${REFUND} where r.id = ${id} and a.taken_by is not null`.execute(db))
    .rows[0]

export interface Moved {
  storeId: string
  staffId: string
  name: string
  account: string
  provider: CounterTender
  way: 'in' | 'out'
  count: number
  fen: number
}
/** What people took (`in`) and gave back (`out`) at the counters between two instants, for orders and for stored value, by store, person and tender. */
export const movedBetween = async (
  db: Reader,
  { from, until, storeIds }: { from: Date; until: Date; storeIds: readonly string[] | null },
): Promise<Moved[]> =>
  (
    await sql<Moved>`
      with moved as (
        select store_id, taken_by as staff_id, provider, 'in' as way, amount_fen from payment_attempt
        where taken_by is not null and paid_at >= ${from} and paid_at < ${until}
        union all
        select a.store_id, r.handed_by, a.provider, 'out', r.amount_fen from refund r join payment_attempt a on a.id = r.attempt_id
        where r.handed_by is not null and r.done_at >= ${from} and r.done_at < ${until}
        union all
        select store_id, staff_id, tender, case reason when 'top_up' then 'in' else 'out' end, abs(available_fen) from value_posting
        where staff_id is not null and at >= ${from} and at < ${until})
      select m.store_id as "storeId", m.staff_id as "staffId", s.name, s.account, m.provider, m.way, count(*)::int as count,
        sum(m.amount_fen)::bigint as fen
      from moved m join staff s on s.id = m.staff_id
      where ${storeIds === null ? sql`true` : sql`m.store_id = any(${storeIds}::text[])`}
      group by m.store_id, m.staff_id, s.name, s.account, m.provider, m.way order by m.store_id, s.account`.execute(
      db,
    )
  ).rows
