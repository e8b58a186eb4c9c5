import { type RawBuilder, sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import type { AttemptState, Tender } from './facts.ts'

export interface Attempt {
  id: string
  orderId: string
  storeId: string
  provider: Tender
  outTradeNo: string
  /** Who alone may pay it: an openid. Empty when the provider does not want to know. */
  payer: string
  amountFen: number
  profitSharing: boolean
  state: AttemptState
  prepayId: string | null
  prepayExpiresAt: Date | null
  createdAt: Date
}

const COLUMNS = [
  'id',
  'order_id as orderId',
  'store_id as storeId',
  sql<Tender>`provider`.as('provider'),
  'out_trade_no as outTradeNo',
  'payer',
  'amount_fen as amountFen',
  'profit_sharing as profitSharing',
  sql<AttemptState>`state`.as('state'),
  'prepay_id as prepayId',
  'prepay_expires_at as prepayExpiresAt',
  'created_at as createdAt',
] as const

/** The one attempt of an order that may still bring money; the unique index says there is no second. */
export const openAttemptOf = (db: Reader, orderId: string): Promise<Attempt | undefined> =>
  db
    .selectFrom('payment_attempt')
    .select(COLUMNS)
    .where('order_id', '=', orderId)
    .where('state', 'in', ['OPENING', 'OPEN'])
    .executeTakeFirst()

export const attemptByNumber = (db: Reader, outTradeNo: string): Promise<Attempt | undefined> =>
  db.selectFrom('payment_attempt').select(COLUMNS).where('out_trade_no', '=', outTradeNo).executeTakeFirst()

export const attemptById = (db: Reader, id: string): Promise<Attempt | undefined> =>
  db.selectFrom('payment_attempt').select(COLUMNS).where('id', '=', id).executeTakeFirst()

export async function hasPaidAttempt(db: Reader, orderId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payment_attempt')
    .select('id')
    .where('order_id', '=', orderId)
    .where('state', '=', 'PAID')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * One statement, so that the order cannot stop being payable in between: `payable` is a query of one row that holds it. `opened` is false when the
 * order has an open attempt already: of many at once, the unique index lets one in, and the others see it afterwards.
 */
export async function insertOpening(
  tx: Tx,
  payable: RawBuilder<unknown>,
  attempt: Attempt,
  firstCheckAt: Date,
): Promise<{ payable: boolean; opened: boolean }> {
  const { rows } = await sql<{ payable: boolean; opened: boolean }>`
    with payable as (${payable}),
    opened as (
      insert into payment_attempt
        (id, order_id, store_id, provider, out_trade_no, payer, amount_fen, profit_sharing, state, created_at, next_check_at)
      select ${attempt.id}, ${attempt.orderId}, ${attempt.storeId}, ${attempt.provider}, ${attempt.outTradeNo}, ${attempt.payer},
        ${attempt.amountFen}, ${attempt.profitSharing}, 'OPENING', ${attempt.createdAt}, ${firstCheckAt}
      from payable
      on conflict (order_id) where state in ('OPENING', 'OPEN') do nothing
      returning id)
    select exists (select from payable) as payable, exists (select from opened) as opened`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('an opening answered nothing')
  return row
}

export interface Opened {
  prepayId: string | null
  prepayExpiresAt: Date | null
  nextCheckAt: Date
}
/** Undefined when the attempt is no longer being opened: somebody else was faster, or ended it. */
export const markOpen = (tx: Tx, id: string, opened: Opened): Promise<Attempt | undefined> =>
  tx
    .updateTable('payment_attempt')
    .set({
      state: 'OPEN',
      prepay_id: opened.prepayId,
      prepay_expires_at: opened.prepayExpiresAt,
      next_check_at: opened.nextCheckAt,
      trouble: null,
    })
    .where('id', '=', id)
    .where('state', '=', 'OPENING')
    .returning(COLUMNS)
    .executeTakeFirst()

export interface Ending {
  state: 'CLOSED' | 'FAILED'
  /** The states it may end from: what holds while opening may be overtaken by an opening that went well. */
  from: readonly ('OPENING' | 'OPEN')[]
  at: Date
  trouble: string | null
  /** When somebody must look whether money came all the same; null when the provider has shut the door. */
  lookAgainAt: Date | null
}
/** Ends an attempt that will bring no money. False when it is no longer in such a state; perhaps it was paid. */
export async function markEnded(
  tx: Tx,
  id: string,
  { state, from, at, trouble, lookAgainAt }: Ending,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_attempt')
    .set({ state, closed_at: at, next_check_at: lookAgainAt, trouble })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** An ended attempt that nobody needs to look at any more. */
export async function stopLooking(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_attempt')
    .set({ next_check_at: null })
    .where('id', '=', id)
    .where('state', 'in', ['CLOSED', 'FAILED'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes why there is no clear answer yet; what is decided about the attempt does not change. */
export async function noteTrouble(tx: Tx, id: string, trouble: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payment_attempt')
    .set({ trouble })
    .where('id', '=', id)
    .where('state', 'in', ['OPENING', 'OPEN'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Takes up to `limit` attempts whose check is due (open ones, and ended ones that are to be looked at once more) and sets their next rung, so that another process leaves them alone and a crash only means
 * that the next rung asks again. `gaps` are seconds between checks; the last repeats.
 */
export async function claimDue(
  tx: Tx,
  now: Date,
  gaps: readonly number[],
  limit: number,
): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    with due as (
      select id from payment_attempt where next_check_at <= ${now}
      order by next_check_at limit ${limit} for update skip locked)
    update payment_attempt a
    set checks = a.checks + 1, next_check_at = ${now}::timestamptz + make_interval(secs =>
      (${gaps}::int[])[least(a.checks + 1, cardinality(${gaps}::int[]))])
    from due where a.id = due.id
    returning a.id, a.order_id as "orderId", a.store_id as "storeId", a.provider, a.out_trade_no as "outTradeNo", a.payer, a.amount_fen as "amountFen",
      a.profit_sharing as "profitSharing", a.state, a.prepay_id as "prepayId", a.prepay_expires_at as "prepayExpiresAt", a.created_at as "createdAt"`.execute(
    tx,
  )
  return rows
}
