import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { Redirection, Tender } from './facts.ts'
import type { RefundState } from './refund-states.ts'

export interface Refund {
  id: string
  orderId: string
  provider: Tender
  outRefundNo: string
  outTradeNo: string
  amountFen: number
  /** What the shopper paid in all. */
  totalFen: number
  reason: string
  state: RefundState
  tries: number
  /** WeChat is not asked before. */
  sendAt: Date
  /** WeChat's number of it, once it made one. */
  providerId: string | null
  redirectedTo: Redirection | null
  /** Of the payment: others may have a part of it. */
  profitSharing: boolean
}

const whole = (db: Reader) =>
  db
    .selectFrom('refund as r')
    .innerJoin('payment_attempt as a', 'a.id', 'r.attempt_id')
    .select([
      'r.id',
      'r.order_id as orderId',
      sql<Tender>`a.provider`.as('provider'),
      'r.out_refund_no as outRefundNo',
      'a.out_trade_no as outTradeNo',
      'r.amount_fen as amountFen',
      'a.amount_fen as totalFen',
      'r.reason',
      sql<RefundState>`r.state`.as('state'),
      'r.tries',
      'r.send_at as sendAt',
      'r.refund_id as providerId',
      sql<Redirection | null>`r.redirected_to`.as('redirectedTo'),
      'a.profit_sharing as profitSharing',
    ])

export const refundByNumber = (db: Reader, outRefundNo: string): Promise<Refund | undefined> =>
  whole(db).where('r.out_refund_no', '=', outRefundNo).executeTakeFirst()

export const refundById = (db: Reader, id: string): Promise<Refund | undefined> =>
  whole(db).where('r.id', '=', id).executeTakeFirst()

/** Takes up to `limit` refunds that are due and sets their next rung (see `claimDue` of attempts). */
export async function claimDue(tx: Tx, now: Date, gaps: readonly number[], limit: number): Promise<Refund[]> {
  const { rows } = await sql<Refund>`
    with due as (
      select id from refund where state in ('PENDING', 'PROCESSING', 'ABNORMAL') and next_try_at <= ${now}
      order by next_try_at limit ${limit} for update skip locked)
    update refund r
    set tries = r.tries + 1, next_try_at = ${now}::timestamptz + make_interval(secs =>
      (${gaps}::int[])[least(r.tries + 1, cardinality(${gaps}::int[]))])
    from due, payment_attempt a where r.id = due.id and a.id = r.attempt_id
    returning r.id, r.order_id as "orderId", a.provider, r.out_refund_no as "outRefundNo", a.out_trade_no as "outTradeNo", r.amount_fen as "amountFen",
      a.amount_fen as "totalFen", r.reason, r.state, r.tries, r.send_at as "sendAt", r.refund_id as "providerId",
      r.redirected_to as "redirectedTo", a.profit_sharing as "profitSharing"`.execute(tx)
  return rows
}

/** The provider has it under way. False when more is known by now: a notification may be faster than the answer. */
export async function markProcessing(tx: Tx, id: string, providerId: string | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('refund')
    .set({ state: 'PROCESSING', refund_id: providerId, trouble: null })
    .where('id', '=', id)
    .where('state', 'in', ['PENDING', 'PROCESSING'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function noteTrouble(tx: Tx, id: string, trouble: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('refund')
    .set({ trouble })
    .where('id', '=', id)
    .where('state', 'in', ['PENDING', 'PROCESSING', 'ABNORMAL'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A person sends it elsewhere. False unless it could not reach the shopper. */
export async function markRedirected(tx: Tx, id: string, to: Redirection, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('refund')
    .set({ redirected_to: to, redirected_at: at })
    .where('id', '=', id)
    .where('state', '=', 'ABNORMAL')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
