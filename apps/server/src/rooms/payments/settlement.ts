import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import * as sql from './attempts.sql.ts'
import { raise } from './alarms.ts'
import type { PaidAnswer, Settled } from './facts.ts'
import type { Room } from './room.ts'
import { comparePayment } from './trade.ts'
import type { Trade } from './wxpay-bodies.ts'
import { FOR_A_PERSON, type Effort } from './wxpay-client.ts'
import { isRefused, WxpayFault } from './wxpay-fault.ts'

/** What a look at WeChat says about an open attempt; `open` means not paid and still payable. */
type Seen = 'paid' | 'closed' | 'open' | 'unknown'

/** What is left of an order's open payment: query, close, and query again where the close came too late. */
export async function settleOrder(room: Room, orderId: string): Promise<Settled> {
  const attempt = await sql.openAttemptOf(room.ctx.db, orderId)
  if (attempt) return settleAttempt(room, attempt)
  return (await sql.hasPaidAttempt(room.ctx.db, orderId)) ? 'paid' : 'none'
}

/** Only a close that WeChat confirmed counts as closed: between a query and a close a shopper can pay. */
export async function settleAttempt(room: Room, attempt: sql.Attempt): Promise<Exclude<Settled, 'none'>> {
  const seen = await look(room, attempt, FOR_A_PERSON)
  if (seen !== 'open') return seen
  try {
    await room.wxpay.close(attempt.outTradeNo)
    return await ended(room.ctx, attempt, CLOSED)
  } catch (fault) {
    if (!(fault instanceof WxpayFault)) throw fault
    // ORDERPAID and every other refusal: the query is the truth. An unclear close is simply unknown; the next one is re-entrant.
    const then = isRefused(fault) ? await look(room, attempt, FOR_A_PERSON) : 'unknown'
    return then === 'open' ? 'unknown' : then
  }
}

/** Asks WeChat about one attempt and writes down what is certain. */
export async function look(room: Room, attempt: sql.Attempt, effort: Effort): Promise<Seen> {
  const { ctx, wxpay } = room
  let trade: Trade | null
  try {
    trade = await wxpay.trade(attempt.outTradeNo, effort)
  } catch (fault) {
    if (!(fault instanceof WxpayFault)) throw fault
    ctx.log.warn({ err: fault, attemptId: attempt.id }, 'payment query gave no answer')
    await inOneStatement(ctx.db, (tx) => sql.noteTrouble(tx, attempt.id, fault.code))
    return 'unknown'
  }
  // While opening, nothing was made or its prepay id never reached anybody: either way nobody can pay it.
  if (trade === null) return attempt.state === 'OPENING' ? ended(ctx, attempt, UNKNOWN_TRADE) : 'unknown'
  return read(room, attempt, trade)
}

async function read(room: Room, attempt: sql.Attempt, trade: Trade): Promise<Seen> {
  switch (trade.trade_state) {
    case 'SUCCESS':
      return (await receive(room, attempt, trade)) === 'quarantined' ? 'unknown' : 'paid'
    case 'CLOSED':
      return ended(room.ctx, attempt, CLOSED)
    case 'REFUND':
      // Paid and given back at WeChat's own desk before we heard of either: nothing to hand out, and a person should know.
      await inTx(room.ctx.db, (tx) =>
        raise(room.ctx, tx, {
          kind: 'unknown_trade',
          subject: attempt.outTradeNo,
          orderId: attempt.orderId,
          detail: `单号 ${attempt.outTradeNo} 在微信侧已转入退款，本地未收到过付款，请到微信商户平台核对`,
        }),
      )
      return ended(room.ctx, attempt, { ...CLOSED, state: 'FAILED', trouble: 'REFUND' })
    case 'NOTPAY':
    case 'USERPAYING':
      return 'open'
    default:
      return 'unknown'
  }
}

const CLOSED = { state: 'CLOSED', from: ['OPENING', 'OPEN'], trouble: null } as const
const UNKNOWN_TRADE = { state: 'FAILED', from: ['OPENING'], trouble: 'ORDER_NOT_EXIST' } as const

async function ended(
  ctx: Ctx,
  attempt: sql.Attempt,
  ending: Omit<sql.Ending, 'at'>,
): Promise<'closed' | 'paid' | 'unknown'> {
  const at = ctx.clock.now()
  if (await inOneStatement(ctx.db, (tx) => sql.markEnded(tx, attempt.id, { ...ending, at }))) return 'closed'
  const current = await sql.attemptById(ctx.db, attempt.id)
  if (current?.state === 'PAID') return 'paid'
  return current?.state === 'OPENING' || current?.state === 'OPEN' ? 'unknown' : 'closed'
}

/** One way in for money, whoever told of it: compare, then tell `orders`, or quarantine and raise an alarm. Safe to repeat. */
export async function receive(
  room: Room,
  attempt: sql.Attempt,
  trade: Trade,
): Promise<PaidAnswer | 'quarantined'> {
  const { ctx, wxpay } = room
  const payment = comparePayment(attempt, trade, wxpay)
  if ('kind' in payment) {
    ctx.log.error({ attemptId: attempt.id, kind: payment.kind }, 'payment quarantined')
    await inTx(ctx.db, (tx) =>
      raise(ctx, tx, { ...payment, subject: attempt.outTradeNo, orderId: attempt.orderId }),
    )
    return 'quarantined'
  }
  return room.events().paid({
    attemptId: attempt.id,
    orderId: attempt.orderId,
    transactionId: payment.transactionId,
    paidAt: payment.paidAt ?? ctx.clock.now(),
    amountFen: attempt.amountFen,
  })
}
