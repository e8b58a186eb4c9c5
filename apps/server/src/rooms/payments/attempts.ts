import { secondsAfter } from '#kernel/clock'
import { inOneStatement } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './attempts.sql.ts'
import type { OpenedPayment, PayableOrder } from './facts.ts'
import { tradeNumber } from './numbers.ts'
import { alreadyPaid, notPayable, unavailable } from './problems.ts'
import type { Room } from './room.ts'
import { settleAttempt } from './settlement.ts'
import { WxpayFault } from './wxpay-fault.ts'

/** WeChat's prepay ids live two hours; ten minutes are left for the shopper to type a password. */
const PREPAY_SECONDS = 110 * 60
/** An opening takes at most the client's 12 s; before this nobody else looks at it. */
const OPENING_SECONDS = 30
const FIRST_CHECK_SECONDS = 5
/** WeChat stops taking money shortly before we close the order, so that the last second is not a race. */
const MARGIN_SECONDS = 30
const LEAST_PAYABLE_SECONDS = 60
const TURNS = 3

/**
 * Opens a payment for an order, or gives back the open one with a fresh signature. The attempt is committed before WeChat is called: a crash in
 * between leaves a row that the next opening or the sweep resolves.
 */
export async function openPayment(room: Room, order: PayableOrder): Promise<OpenedPayment> {
  const payer = await room.members.openidOf(order.memberId)
  for (let turn = 1; turn <= TURNS; turn++) {
    const attempt = await findOrStart(room, order, payer)
    if (!attempt) continue
    if (fits(attempt, order, payer, room.ctx.clock.now()))
      return present(room, attempt.state === 'OPEN' ? attempt : await askForPrepay(room, attempt, order))
    // Another amount or an old prepay id: WeChat wants the old trade closed and a new number.
    const left = await settleAttempt(room, attempt)
    if (left === 'paid') refuse(alreadyPaid)
    if (left !== 'closed') refuse(unavailable)
  }
  return refuse(unavailable)
}

/** Same terms, and a prepay id (if it has one yet) that is young enough. */
const fits = (attempt: sql.Attempt, order: PayableOrder, payer: string, now: Date): boolean =>
  attempt.amountFen === order.amountFen &&
  attempt.payer === payer &&
  (attempt.prepayExpiresAt === null || attempt.prepayExpiresAt > now)

/** The open attempt, or a new one. Undefined when the open one has just ended: look again. */
async function findOrStart(room: Room, order: PayableOrder, payer: string): Promise<sql.Attempt | undefined> {
  const { db, clock } = room.ctx
  const attempt = newAttempt(order, payer, clock.now())
  const firstCheckAt = secondsAfter(attempt.createdAt, OPENING_SECONDS)
  const { payable, opened } = await inOneStatement(db, (tx) =>
    sql.insertOpening(tx, room.events().payable(order.orderId), attempt, firstCheckAt),
  )
  if (!payable) refuse((await sql.hasPaidAttempt(db, order.orderId)) ? alreadyPaid : notPayable)
  return opened ? attempt : sql.openAttemptOf(db, order.orderId)
}

function newAttempt(order: PayableOrder, payer: string, now: Date): sql.Attempt {
  const { orderId, storeId, amountFen, profitSharing } = order
  const id = newId()
  return {
    id,
    orderId,
    storeId,
    outTradeNo: tradeNumber(id),
    payer,
    amountFen,
    profitSharing,
    state: 'OPENING',
    prepayId: null,
    prepayExpiresAt: null,
    createdAt: now,
  }
}

/**
 * Asks WeChat for a prepay id. Whatever is sent follows from the stored attempt and the order, so that a second call (after a lost answer, by
 * another device, by another process) is the same request and brings the same prepay id.
 */
async function askForPrepay(room: Room, attempt: sql.Attempt, order: PayableOrder): Promise<sql.Attempt> {
  const { db, clock, log } = room.ctx
  const prepayId = await room.wxpay
    .prepay({
      outTradeNo: attempt.outTradeNo,
      title: order.title,
      amountFen: attempt.amountFen,
      openid: attempt.payer,
      profitSharing: attempt.profitSharing,
      payableUntil: payableUntil(attempt, order),
    })
    .catch(async (fault: unknown) => {
      if (!(fault instanceof WxpayFault)) throw fault
      log.warn({ err: fault, attemptId: attempt.id }, 'payment not opened')
      return giveUp(room, attempt, fault)
    })
  const now = clock.now()
  const opened = {
    prepayId,
    prepayExpiresAt: secondsAfter(now, PREPAY_SECONDS),
    nextCheckAt: secondsAfter(now, FIRST_CHECK_SECONDS),
  }
  const current =
    (await inOneStatement(db, (tx) => sql.markOpen(tx, attempt.id, opened))) ??
    (await sql.attemptById(db, attempt.id))
  if (current?.state === 'PAID') refuse(alreadyPaid)
  if (current?.state !== 'OPEN') refuse(unavailable)
  return current
}

const payableUntil = (attempt: sql.Attempt, order: PayableOrder): Date =>
  new Date(
    Math.max(
      secondsAfter(order.expiresAt, -MARGIN_SECONDS).getTime(),
      secondsAfter(attempt.createdAt, LEAST_PAYABLE_SECONDS).getTime(),
    ),
  )

const PAID_CODES = new Set(['ORDERPAID', 'ORDER_PAID'])

async function giveUp(room: Room, attempt: sql.Attempt, fault: WxpayFault): Promise<never> {
  const { db, clock } = room.ctx
  if (fault.kind === 'ambiguous') {
    // It may exist at WeChat: the row stays OPENING, and the next opening sends the same again.
    await inOneStatement(db, (tx) => sql.noteTrouble(tx, attempt.id, fault.code))
    return refuse(unavailable)
  }
  if (PAID_CODES.has(fault.code)) {
    if ((await settleAttempt(room, attempt)) === 'paid') refuse(alreadyPaid)
    return refuse(unavailable)
  }
  // Even if an earlier, unheard call made a trade: its prepay id was never given to anybody, so nobody can pay it. Unless another device's opening
  // went well meanwhile: then the attempt is OPEN, and stays.
  const ending = { state: 'FAILED', from: ['OPENING'], at: clock.now(), trouble: fault.code } as const
  await inOneStatement(db, (tx) => sql.markEnded(tx, attempt.id, ending))
  return refuse(unavailable)
}

/** The answer for `wx.requestPayment`; signed anew each time, because its time stamp ages. */
async function present({ wxpay }: Room, attempt: sql.Attempt): Promise<OpenedPayment> {
  const { prepayId } = attempt
  if (prepayId === null) return refuse(unavailable)
  return {
    attemptId: attempt.id,
    outTradeNo: attempt.outTradeNo,
    prepayId,
    amountFen: attempt.amountFen,
    params: await wxpay.payParams(prepayId),
  }
}
