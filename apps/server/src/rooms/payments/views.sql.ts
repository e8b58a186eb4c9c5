import type { ConsoleOrder } from '@linli/contract/console-orders'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type pg from 'pg'
import type { Static } from 'typebox'
import { arrayOf } from '#kernel/array'
import type { Reader } from '#kernel/db'
import type { Redirection, RefundCause, Tender } from './facts.ts'
import { reportsOfOrder } from './reports.sql.ts'
import type { RefundState } from './refund-states.ts'

/** Attempts and refunds of an order, as the console shows them. */
export type OrderMoney = Pick<Static<typeof ConsoleOrder>, 'payments' | 'refunds'>

export async function paymentsOfOrder(db: Reader, orderId: string): Promise<OrderMoney['payments']> {
  const reports = await reportsOfOrder(db, orderId)
  const rows = await db
    .selectFrom('payment_attempt')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    outTradeNo: row.out_trade_no,
    // Held to these words by a constraint of the table.
    provider: row.provider as Tender,
    state: row.state,
    amountFen: row.amount_fen,
    transactionId: row.transaction_id,
    createdAt: row.created_at.toISOString(),
    paidAt: row.paid_at?.toISOString() ?? null,
    trouble: row.trouble,
    profitSharing: row.profit_sharing,
    reports: reports
      .filter(({ attemptId }) => attemptId === row.id)
      .map(({ kind, state, trouble, doneAt }) => ({
        kind,
        state,
        trouble,
        doneAt: doneAt?.toISOString() ?? null,
      })),
  }))
}

export async function refundsOfOrder(db: Reader, orderId: string): Promise<OrderMoney['refunds']> {
  const rows = await db
    .selectFrom('refund as r')
    .innerJoin('payment_attempt as a', 'a.id', 'r.attempt_id')
    .select([
      'r.id',
      'r.out_refund_no as outRefundNo',
      'r.attempt_id as attemptId',
      'r.amount_fen as amountFen',
      'r.reason',
      // Held to these words by constraints of the table.
      sql<Tender>`a.provider`.as('provider'),
      sql<RefundState>`r.state`.as('state'),
      sql<RefundCause>`r.cause`.as('cause'),
      'r.created_at as createdAt',
      'r.done_at as doneAt',
      'r.trouble',
      sql<Redirection | null>`r.redirected_to`.as('redirectedTo'),
    ])
    .select((each) =>
      jsonArrayFrom(
        each
          .selectFrom('refund_line as g')
          .select([
            'g.line_no as lineNo',
            'g.quantity',
            'g.amount_fen as amountFen',
            'g.points_back as pointsBack',
            'g.points_taken as pointsTaken',
          ])
          .whereRef('g.refund_id', '=', 'r.id')
          .orderBy('g.line_no'),
      ).as('lines'),
    )
    .where('r.order_id', '=', orderId)
    .orderBy('r.created_at')
    .orderBy('r.id')
    .execute()
  return rows.map(({ createdAt, doneAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
  }))
}

export interface TenderRow {
  provider: Tender
  paidFen: number
  refundedFen: number
}
// `offset 0`: only the order's own rows are looked at, whatever partial index there is for the state.
const TENDERS = `select k.id as "orderId", t.provider, t."paidFen", t."refundedFen" from unnest($1::uuid[]) k(id) cross join lateral (
  select a.provider, sum(a.amount_fen)::bigint as "paidFen", coalesce(sum(back.fen), 0)::bigint as "refundedFen", min(a.paid_at) as since
  from (select * from payment_attempt p where p.order_id = k.id offset 0) a cross join lateral (
    select sum(r.amount_fen) filter (where r.state = 'SUCCESS') as fen, bool_or(r.cause = 'double_payment') as twice
    from (select * from refund q where q.order_id = k.id offset 0) r where r.attempt_id = a.id) back
  where a.state = 'PAID' and back.twice is not true group by a.provider order by since, a.provider) t`

/**
 * What orders were paid with, first paid first, and what of each arrived back. A payment that came twice is not the order's. Asked with every look at
 * a paid order, so it is made and planned once (pool of the desk).
 */
export async function tendersOfOrders(
  pool: Pick<pg.Pool, 'query'>,
  ids: readonly string[],
): Promise<TenderRow[][]> {
  const { rows } = await pool.query<TenderRow & { orderId: string }>({
    name: 'payments-tenders',
    text: TENDERS,
    values: [arrayOf(ids, (id) => id)],
  })
  return ids.map((id) =>
    rows
      .filter(({ orderId }) => orderId === id)
      .map(({ provider, paidFen, refundedFen }) => ({ provider, paidFen, refundedFen })),
  )
}
