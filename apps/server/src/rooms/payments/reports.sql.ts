import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { ReportKind } from './facts.ts'

/** A report that is due, with the payment and the order it speaks of. */
export interface DueReport {
  attemptId: string
  orderId: string
  kind: ReportKind
  wanted: number
  told: number
  tries: number
  /** The last instant WeChat was given. */
  sentAt: Date | null
  transactionId: string
  openid: string
  amountFen: number
  paidAt: Date
  /** Of a delay: when the goods are promised for. */
  delayTo: Date | null
}

/**
 * Takes up to `limit` reports that are due and sets their next rung, as payments and refunds are taken: a crash means that the next rung tells again.
 * The instant that WeChat is told is written before it is told, and is later than the last one.
 */
export async function claimReports(
  tx: Tx,
  now: Date,
  gaps: readonly number[],
  limit: number,
): Promise<DueReport[]> {
  const { rows } = await sql<DueReport>`
    with due as (
      select attempt_id, kind from wechat_report where state = 'PENDING' and next_try_at <= ${now}
      order by next_try_at limit ${limit} for update skip locked)
    update wechat_report w
    set tries = w.tries + 1, sent_at = greatest(${now}::timestamptz, w.sent_at + interval '1 millisecond'),
      next_try_at = ${now}::timestamptz + make_interval(secs => (${gaps}::int[])[least(w.tries + 1, cardinality(${gaps}::int[]))])
    from due, payment_attempt a where w.attempt_id = due.attempt_id and w.kind = due.kind and a.id = w.attempt_id
    returning w.attempt_id as "attemptId", w.order_id as "orderId", w.kind, w.wanted, w.told, w.tries, w.sent_at as "sentAt",
      a.transaction_id as "transactionId", a.payer as openid, a.amount_fen as "amountFen", a.paid_at as "paidAt", w.delay_to as "delayTo"`.execute(
    tx,
  )
  return rows
}

export interface ReportedLine {
  name: string
  quantity: number
  unitFen: number
  productId: string
  pictureId: string | null
}
/** What was bought, as it is described to WeChat; read along from `orders`. */
export const linesOf = (db: Reader, orderId: string): Promise<ReportedLine[]> =>
  db
    .selectFrom('order_line')
    .select(['name', 'quantity', 'unit_fen as unitFen', 'product_id as productId', 'picture_id as pictureId'])
    .where('order_id', '=', orderId)
    .orderBy('line_no')
    .execute()

type Report = Pick<DueReport, 'attemptId' | 'kind'>

const those = (tx: Tx, { attemptId, kind }: Report) =>
  tx.updateTable('wechat_report').where('attempt_id', '=', attemptId).where('kind', '=', kind)

/** WeChat knows this much. What happened while it was being told stays to be told. */
export async function markTold(tx: Tx, report: Report & { wanted: number }, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update wechat_report set told = greatest(told, ${report.wanted}::smallint), trouble = null,
      state = case when wanted > ${report.wanted} then 'PENDING' else 'UPLOADED' end,
      next_try_at = case when wanted > ${report.wanted} then ${at}::timestamptz end,
      done_at = case when wanted > ${report.wanted} then null else ${at}::timestamptz end
    where attempt_id = ${report.attemptId}::uuid and kind = ${report.kind}`.execute(tx)
  return numAffectedRows === 1n
}

/** It waits for its next rung. */
export async function noteReportTrouble(tx: Tx, report: Report, trouble: string): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, report)
    .set({ trouble })
    .where('state', '=', 'PENDING')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Nothing more is tried by itself. */
export async function markReportFailed(tx: Tx, report: Report, trouble: string): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, report)
    .set({ state: 'FAILED', next_try_at: null, trouble })
    .where('state', '=', 'PENDING')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A person wants it told again, from the first rung. False when it was told, or never was to be. */
export async function renewReport(tx: Tx, report: Report, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await those(tx, report)
    .set({ state: 'PENDING', next_try_at: at, tries: 0 })
    .where('state', '<>', 'UPLOADED')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface ShownReport {
  attemptId: string
  kind: ReportKind
  state: 'PENDING' | 'UPLOADED' | 'FAILED'
  tries: number
  trouble: string | null
  doneAt: Date | null
}
export const reportsOfOrder = (db: Reader, orderId: string): Promise<ShownReport[]> =>
  db
    .selectFrom('wechat_report')
    .select([
      'attempt_id as attemptId',
      // Held to these words by constraints of the table.
      sql<ReportKind>`kind`.as('kind'),
      sql<ShownReport['state']>`state`.as('state'),
      'tries',
      'trouble',
      'done_at as doneAt',
    ])
    .where('order_id', '=', orderId)
    .orderBy('kind', 'desc')
    .execute()

/** Whose it is; undefined where there is none. */
export const reportPlace = (
  db: Reader,
  { attemptId, kind }: Report,
): Promise<{ orderId: string; storeId: string } | undefined> =>
  db
    .selectFrom('wechat_report as w')
    .innerJoin('payment_attempt as a', 'a.id', 'w.attempt_id')
    .select(['w.order_id as orderId', 'a.store_id as storeId'])
    .where('w.attempt_id', '=', attemptId)
    .where('w.kind', '=', kind)
    .executeTakeFirst()
