import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import * as sql from './attempts.sql.ts'
import { raise } from './alarms.ts'
import type { PaidAnswer, Settled } from './facts.ts'
import { isRefused, ProviderFault } from './provider-fault.ts'
import type { TradeSeen } from './provider.ts'
import { providerOf, type Room } from './room.ts'
import { FOR_A_PERSON, type Effort } from './trying.ts'

/** What a look at the provider says about an attempt; `open` means not paid and still payable. */
type Seen = 'paid' | 'closed' | 'open' | 'unknown'

/** What is left of an order's open payment: query, close, and query again where the close came too late. */
export async function settleOrder(room: Room, orderId: string): Promise<Settled> {
  const attempt = await sql.openAttemptOf(room.ctx.db, orderId)
  if (attempt) return settleAttempt(room, attempt)
  return (await sql.hasPaidAttempt(room.ctx.db, orderId)) ? 'paid' : 'none'
}

/** Only a close that the provider confirmed counts as closed: between a query and a close a shopper can pay. */
export async function settleAttempt(room: Room, attempt: sql.Attempt): Promise<Exclude<Settled, 'none'>> {
  const seen = await look(room, attempt, FOR_A_PERSON)
  if (seen !== 'open') return seen
  try {
    const lookAgainAt = await providerOf(room, attempt.provider).close(attempt)
    return await ended(room.ctx, attempt, { ...CLOSED, lookAgainAt })
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    // Paid, and every other refusal: the query is the truth. An unclear close is simply unknown; the next one is re-entrant.
    const then = isRefused(fault) ? await look(room, attempt, FOR_A_PERSON) : 'unknown'
    return then === 'open' ? 'unknown' : then
  }
}

/** Asks the provider about one attempt and writes down what is certain. */
export async function look(room: Room, attempt: sql.Attempt, effort: Effort): Promise<Seen> {
  const { ctx } = room
  let trade: TradeSeen | null
  try {
    trade = await providerOf(room, attempt.provider).trade(attempt, effort)
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    ctx.log.warn({ err: fault, attemptId: attempt.id }, 'payment query gave no answer')
    await inOneStatement(ctx.db, (tx) => sql.noteTrouble(tx, attempt.id, fault.code))
    return 'unknown'
  }
  return trade === null ? ended(ctx, attempt, UNKNOWN_TRADE) : read(room, attempt, trade)
}

async function read(room: Room, attempt: sql.Attempt, trade: TradeSeen): Promise<Seen> {
  switch (trade.state) {
    case 'paid':
    case 'mismatch':
      return (await receive(room, attempt, trade)) === 'quarantined' ? 'unknown' : 'paid'
    case 'closed':
      return ended(room.ctx, attempt, CLOSED)
    case 'returned':
      // Paid and given back at the provider's own desk before we heard of either: nothing to hand out, and a person should know.
      await inTx(room.ctx.db, (tx) =>
        raise(room.ctx, tx, {
          kind: 'unknown_trade',
          subject: attempt.outTradeNo,
          orderId: attempt.orderId,
          detail: returnedWords(room, attempt),
        }),
      )
      return ended(room.ctx, attempt, { ...CLOSED, state: 'FAILED', trouble: 'REFUND' })
    case 'waiting':
      return 'open'
    case 'unclear':
      return 'unknown'
  }
}

function returnedWords(room: Room, { provider, outTradeNo }: sql.Attempt): string {
  const { label, desk } = providerOf(room, provider)
  return `单号 ${outTradeNo} 在${label}侧已转入退款，本地未收到过付款，请到${desk}核对`
}

const CLOSED = { state: 'CLOSED', from: ['OPENING', 'OPEN'], trouble: null, lookAgainAt: null } as const
const UNKNOWN_TRADE = {
  state: 'FAILED',
  from: ['OPENING'],
  trouble: 'ORDER_NOT_EXIST',
  lookAgainAt: null,
} as const

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

/** An attempt that ended here while its shopper could still begin to pay: whatever came of that is found, and the door is shut behind it. */
export async function lookOnceMore(room: Room, attempt: sql.Attempt, effort: Effort): Promise<void> {
  const seen = await look(room, attempt, effort)
  if (seen === 'unknown') return
  if (seen === 'open' && (await providerOf(room, attempt.provider).close(attempt)) !== null) return
  if (seen !== 'paid') await inOneStatement(room.ctx.db, (tx) => sql.stopLooking(tx, attempt.id))
}

/** One way in for money, whoever told of it: tell `orders`, or quarantine and raise an alarm. Safe to repeat. */
export async function receive(
  room: Room,
  attempt: sql.Attempt,
  trade: Extract<TradeSeen, { state: 'paid' | 'mismatch' }>,
): Promise<PaidAnswer | 'quarantined'> {
  const { ctx } = room
  if (trade.state === 'mismatch') {
    ctx.log.error({ attemptId: attempt.id, kind: trade.mismatch.kind }, 'payment quarantined')
    await inTx(ctx.db, (tx) =>
      raise(ctx, tx, { ...trade.mismatch, subject: attempt.outTradeNo, orderId: attempt.orderId }),
    )
    return 'quarantined'
  }
  return room.events().paid({
    attemptId: attempt.id,
    orderId: attempt.orderId,
    transactionId: trade.payment.transactionId,
    paidAt: trade.payment.paidAt ?? ctx.clock.now(),
    amountFen: attempt.amountFen,
  })
}
