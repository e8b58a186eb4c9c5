import type { ConsoleOrder } from '@linli/contract/orders'
import type { Static } from 'typebox'
import type { Reader } from '#kernel/db'

/** Attempts and refunds of an order, as the console shows them. */
export type OrderMoney = Pick<Static<typeof ConsoleOrder>, 'payments' | 'refunds'>

export async function paymentsOfOrder(db: Reader, orderId: string): Promise<OrderMoney['payments']> {
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
    provider: row.provider,
    state: row.state,
    amountFen: row.amount_fen,
    transactionId: row.transaction_id,
    createdAt: row.created_at.toISOString(),
    paidAt: row.paid_at?.toISOString() ?? null,
    trouble: row.trouble,
  }))
}

export async function refundsOfOrder(db: Reader, orderId: string): Promise<OrderMoney['refunds']> {
  const rows = await db
    .selectFrom('refund')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    outRefundNo: row.out_refund_no,
    amountFen: row.amount_fen,
    reason: row.reason,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    trouble: row.trouble,
  }))
}
