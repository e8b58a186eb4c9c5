import { sql } from 'kysely'
import type { Reader } from '#kernel/db'
import { ORDER_COLUMNS, type OrderRow } from './orders.sql.ts'
import type { OrderState } from './states.ts'

export interface OrderFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  refundState: string | undefined
  /** What was typed: digits are a number or a phone tail, anything else part of a nickname. */
  q: string | undefined
  from: Date | undefined
  until: Date | undefined
}

/** Four digits end a phone number or an order number; more digits begin or end an order number. */
const typed = (q: string) =>
  /^\d{4,16}$/.test(q)
    ? sql<boolean>`(starts_with(o.no, ${q}) or o.no like '%' || ${q} or member.phone_tail = ${q})`
    : sql<boolean>`strpos(lower(member.nickname), lower(${q})) > 0`

const matching = (db: Reader, { storeIds, refundState, q, from, until }: OrderFilter) => {
  let query = db.selectFrom('orders as o').innerJoin('member', 'member.id', 'o.member_id')
  if (storeIds) query = query.where(sql<boolean>`o.store_id = any(${storeIds}::text[])`)
  if (refundState) query = query.where('o.refund_state', '=', refundState)
  if (q) query = query.where(typed(q))
  if (from) query = query.where('o.placed_at', '>=', from)
  if (until) query = query.where('o.placed_at', '<', until)
  return query
}

export interface ConsoleRow extends OrderRow {
  memberName: string
  phoneTail: string | null
}
export function listForConsole(
  db: Reader,
  filter: OrderFilter,
  { state, limit, offset }: { state: OrderState | undefined; limit: number; offset: number },
): Promise<ConsoleRow[]> {
  let query = matching(db, filter)
    .select(ORDER_COLUMNS)
    .select(['member.nickname as memberName', 'member.phone_tail as phoneTail'])
  if (state) query = query.where('o.state', '=', state)
  return query.orderBy('o.placed_at', 'desc').orderBy('o.id', 'desc').limit(limit).offset(offset).execute()
}

/** Rows and money per state under the filter. Money of an order that was closed before it came does not count: it went back. */
export const countByState = (
  db: Reader,
  filter: OrderFilter,
): Promise<{ state: OrderState; orders: number; paidFen: number }[]> =>
  matching(db, filter)
    .select([
      sql<OrderState>`o.state`.as('state'),
      sql<number>`count(*)`.as('orders'),
      sql<number>`coalesce(sum(o.paid_fen) filter (where o.state <> 'CANCELLED'), 0)::bigint`.as('paidFen'),
    ])
    .groupBy('o.state')
    .execute()

export const listByIds = (db: Reader, ids: readonly string[]): Promise<ConsoleRow[]> =>
  db
    .selectFrom('orders as o')
    .innerJoin('member', 'member.id', 'o.member_id')
    .select(ORDER_COLUMNS)
    .select(['member.nickname as memberName', 'member.phone_tail as phoneTail'])
    .where(sql<boolean>`o.id = any(${ids}::uuid[])`)
    .orderBy('o.placed_at', 'desc')
    .orderBy('o.id', 'desc')
    .execute()
