import type { ConsoleOrder } from '@linli/contract/console-orders'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Static } from 'typebox'
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
/** What an order was paid with, first paid first, and what of each arrived back. A payment that came twice is not the order's. */
export const tendersOfOrder = async (db: Reader, orderId: string): Promise<TenderRow[]> =>
  (
    await sql<TenderRow>`
      select a.provider, sum(a.amount_fen)::bigint as "paidFen", coalesce(sum(back.fen), 0)::bigint as "refundedFen"
      from payment_attempt a cross join lateral (
        select sum(amount_fen) filter (where state = 'SUCCESS') as fen, bool_or(cause = 'double_payment') as twice
        from refund where order_id = a.order_id and attempt_id = a.id) back
      where a.order_id = ${orderId} and a.state = 'PAID' and back.twice is not true
      group by a.provider order by min(a.paid_at), a.provider`.execute(db)
  ).rows
