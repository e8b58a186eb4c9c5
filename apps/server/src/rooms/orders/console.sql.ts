import { type RawBuilder, sql } from 'kysely'
import { dayAfter, instantOf } from '#kernel/clock'
import type { Reader, Tx } from '#kernel/db'
import { ORDER_COLUMNS, type OrderRow } from './orders.sql.ts'
import type { OrderState } from './states.ts'

export interface OrderFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  refundState: string | undefined
  /** What was typed: digits are a number or a phone tail, anything else part of a nickname. */
  q: string | undefined
  /** The first business day and the last. */
  from: string | undefined
  to: string | undefined
}

/** Fewer digits than a day begin no order number: they would find the orders of a year. */
const DAY_DIGITS = 8

/**
 * Digits end a phone number or an order number, a day and more also begin one; anything else is part of a nickname. Each is looked up by an index of
 * its own: joined by `or` they would be looked for in every order there is.
 */
function typed(q: string): RawBuilder<boolean> {
  if (!/^\d{4,16}$/.test(q))
    return sql<boolean>`o.member_id = any(array(select id from member where strpos(lower(nickname), lower(${q})) > 0))`
  const begins =
    q.length < DAY_DIGITS ? sql`` : sql`union all select b.id from orders b where b.no like ${q} || '%'`
  return sql<boolean>`o.id in (
    select e.id from orders e where reverse(e.no) like reverse(${q}) || '%'
    union all select p.id from orders p join member on member.id = p.member_id where member.phone_tail = ${q}
    ${begins})`
}

const matching = (db: Reader, { storeIds, refundState, q, from, to }: OrderFilter) => {
  let query = db.selectFrom('orders as o').innerJoin('member', 'member.id', 'o.member_id')
  if (storeIds) query = query.where(sql<boolean>`o.store_id = any(${storeIds}::text[])`)
  if (refundState) query = query.where('o.refund_state', '=', refundState)
  if (q) query = query.where(typed(q))
  if (from) query = query.where('o.placed_at', '>=', instantOf(from))
  if (to) query = query.where('o.placed_at', '<', instantOf(dayAfter(to, 1)))
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

export interface StateCount {
  state: OrderState
  orders: number
  paidFen: number
}
/** Rows and money per state under the filter. Money of an order that was closed before it came does not count: it went back. */
export const countByState = (db: Reader, filter: OrderFilter): Promise<StateCount[]> =>
  filter.q === undefined && filter.refundState === undefined
    ? readTally(db, filter)
    : matching(db, filter)
        .select([
          sql<OrderState>`o.state`.as('state'),
          sql<number>`count(*)`.as('orders'),
          sql<number>`coalesce(sum(o.paid_fen) filter (where o.state <> 'CANCELLED'), 0)::bigint`.as(
            'paidFen',
          ),
        ])
        .groupBy('o.state')
        .execute()

/** The same from the tally: what stores and days add up to costs the same after years. */
async function readTally(
  db: Reader,
  { storeIds, ...filter }: Pick<OrderFilter, 'storeIds' | 'from' | 'to'>,
): Promise<StateCount[]> {
  const [from, to] = [filter.from ?? null, filter.to ?? null]
  const days =
    from === null && to === null
      ? sql`day = '-infinity'`
      : sql`day > '-infinity' and (${from}::date is null or day >= ${from}::date) and (${to}::date is null or day <= ${to}::date)`
  const { rows } = await sql<StateCount>`
    select state, sum(orders) as orders, sum(paid_fen)::bigint as "paidFen" from (
      select store_id, state, orders, paid_fen from order_tally where ${days}
      union all
      select store_id, state, orders, paid_fen from order_tally_news
      where (${from}::date is null or day >= ${from}::date) and (${to}::date is null or day <= ${to}::date)) both_tables
    where (${storeIds}::text[] is null or store_id = any(${storeIds}::text[])) group by state having sum(orders) <> 0`.execute(
    db,
  )
  return rows
}

/** The sweep: adds the news to the tally. Whoever reads sees the same sums before and after. */
export async function foldTally(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    with news as (delete from order_tally_news returning *),
    sums as (select store_id, d as day, state, sum(orders) as orders, sum(paid_fen) as paid_fen
      from news cross join lateral (values (day), ('-infinity')) days(d) group by 1, 2, 3)
    insert into order_tally select * from sums where orders <> 0 or paid_fen <> 0
    on conflict (store_id, day, state) do update
      set orders = order_tally.orders + excluded.orders, paid_fen = order_tally.paid_fen + excluded.paid_fen`.execute(
    tx,
  )
  return Number(numAffectedRows)
}

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
