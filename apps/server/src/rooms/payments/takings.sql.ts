import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import type { Tender } from './facts.ts'

export interface Span {
  from: Date
  until: Date
  /** Null: all. */
  storeIds: readonly string[] | null
}
const seenBy = ({ storeIds }: Pick<Span, 'storeIds'>) =>
  storeIds === null ? sql`true` : sql`a.store_id = any(${storeIds}::text[])`

/** Money as it moved: payments when they came, refunds when they arrived. */
const moved = ({ from, until, storeIds }: Span) => sql`
  select a.id, 'in' as way, a.provider, a.store_id, a.order_id, a.amount_fen, a.paid_at as at, a.out_trade_no as number
  from payment_attempt a where a.state = 'PAID' and a.paid_at >= ${from} and a.paid_at < ${until} and ${seenBy({ storeIds })}
  union all
  select r.id, 'out', a.provider, a.store_id, r.order_id, r.amount_fen, r.done_at, r.out_refund_no
  from refund r join payment_attempt a on a.id = r.attempt_id
  where r.state = 'SUCCESS' and r.amount_fen > 0 and r.done_at >= ${from} and r.done_at < ${until} and ${seenBy({ storeIds })}`

export interface TakingsRow {
  day: string
  storeId: string
  provider: Tender
  way: 'in' | 'out'
  count: number
  fen: number
}
/** Sums by business day, store, tender and way, the last day first. */
export const sumTakings = async (db: Reader, span: Span): Promise<TakingsRow[]> =>
  (
    await sql<TakingsRow>`
      select to_char(m.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, m.store_id as "storeId", m.provider, m.way, count(*)::int as count,
        sum(m.amount_fen)::bigint as fen
      from (${moved(span)}) m group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`.execute(db)
  ).rows

export interface EntryRow {
  id: string
  way: 'in' | 'out'
  provider: Tender
  storeId: string
  orderId: string
  orderNo: string
  amountFen: number
  at: Date
  number: string
}
const ofTender = (provider: Tender | undefined) =>
  provider === undefined ? sql`true` : sql`m.provider = ${provider}`

export const listEntries = async (
  db: Reader,
  span: Span,
  { provider, limit, offset }: { provider: Tender | undefined; limit: number; offset: number },
): Promise<EntryRow[]> =>
  (
    await sql<EntryRow>`
      select m.id, m.way, m.provider, m.store_id as "storeId", m.order_id as "orderId", o.no as "orderNo", m.amount_fen as "amountFen", m.at, m.number
      from (${moved(span)}) m join orders o on o.id = m.order_id where ${ofTender(provider)}
      order by m.at desc, m.id desc limit ${limit} offset ${offset}`.execute(db)
  ).rows

export async function countEntries(db: Reader, span: Span, provider: Tender | undefined): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${moved(span)}) m where ${ofTender(provider)}`.execute(db)
  return rows[0]?.count ?? 0
}
