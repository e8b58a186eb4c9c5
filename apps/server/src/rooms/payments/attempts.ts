import { secondsAfter } from '#kernel/clock'
import { inOneStatement } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './attempts.sql.ts'
import type { OpenedPayment, PayableOrder, ProviderName } from './facts.ts'
import { tradeNumber } from './numbers.ts'
import { alreadyPaid, notPayable, unavailable } from './problems.ts'
import type { Payable, Provider } from './provider.ts'
import { providerOf, type Room } from './room.ts'
import { settleAttempt } from './settlement.ts'
import { ProviderFault } from './provider-fault.ts'

/** An opening takes at most the client's 12 s; before this nobody else looks at it. */
const OPENING_SECONDS = 30
const FIRST_CHECK_SECONDS = 5
/** The provider stops taking money shortly before we close the order, so that the last second is not a race. */
const MARGIN_SECONDS = 30
const LEAST_PAYABLE_SECONDS = 60
/** As long as a prepay id lives: a balance may be due in days, and a payment that is begun is not held open for them. */
const LONGEST_PAYABLE_SECONDS = 7200
const TURNS = 3

/**
 * Opens a payment for an order, or gives back the open one with a fresh signature. The attempt is committed before the provider is called: a crash in
 * between leaves a row that the next opening or the sweep resolves.
 */
export async function openPayment(
  room: Room,
  order: PayableOrder,
  name: ProviderName,
): Promise<OpenedPayment> {
  const provider = providerOf(room, name)
  const payer = await provider.payerOf(order.memberId)
  const terms = { ...order, provider: name, payer, profitSharing: order.profitSharing && provider.shares }
  for (let turn = 1; turn <= TURNS; turn++) {
    const attempt = await findOrStart(room, terms)
    if (!attempt) continue
    if (fits(attempt, terms, room.ctx.clock.now())) return present(room, provider, attempt, order)
    // Another provider, another amount or an old prepay id: the old trade is closed, and a new number begins.
    const left = await settleAttempt(room, attempt)
    if (left === 'paid') refuse(alreadyPaid)
    if (left !== 'closed') refuse(unavailable)
  }
  return refuse(unavailable)
}

type Terms = PayableOrder & Pick<sql.Attempt, 'provider' | 'payer'>

/** Same terms, and a prepay id (if it has one yet) that is young enough. */
const fits = (attempt: sql.Attempt, terms: Terms, now: Date): boolean =>
  attempt.provider === terms.provider &&
  attempt.amountFen === terms.amountFen &&
  attempt.payer === terms.payer &&
  (attempt.prepayExpiresAt === null || attempt.prepayExpiresAt > now)

/** The open attempt, or a new one. Undefined when the open one has just ended: look again. */
async function findOrStart(room: Room, order: Terms): Promise<sql.Attempt | undefined> {
  const { db, clock } = room.ctx
  const attempt = newAttempt(order, clock.now())
  const firstCheckAt = secondsAfter(attempt.createdAt, OPENING_SECONDS)
  const { payable, opened } = await inOneStatement(db, (tx) =>
    sql.insertOpening(tx, room.events().payable(order.orderId), attempt, firstCheckAt),
  )
  if (!payable) refuse((await sql.hasPaidAttempt(db, order.orderId)) ? alreadyPaid : notPayable)
  return opened ? attempt : sql.openAttemptOf(db, order.orderId)
}

function newAttempt(order: Terms, now: Date): sql.Attempt {
  const { orderId, storeId, provider, payer, amountFen, profitSharing } = order
  const id = newId()
  return {
    id,
    orderId,
    storeId,
    provider,
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

/** Opens the attempt where that is still to be done, and makes the answer for the shopper's phone. */
async function present(
  room: Room,
  provider: Provider,
  attempt: sql.Attempt,
  order: PayableOrder,
): Promise<OpenedPayment> {
  const payable = { title: order.title, orderId: order.orderId, until: payableUntil(attempt, order) }
  const open = attempt.state === 'OPEN' ? attempt : await makePayable(room, provider, attempt, payable)
  return provider.present(open, payable)
}

/**
 * Asks the provider to take money for it. Whatever is sent follows from the stored attempt and the order, so that a second call (after a lost
 * answer, by another device, by another process) is the same request and brings the same prepay id.
 */
async function makePayable(
  room: Room,
  provider: Provider,
  attempt: sql.Attempt,
  payable: Payable,
): Promise<sql.Attempt> {
  const { db, clock, log } = room.ctx
  const made = await provider.open(attempt, payable).catch(async (fault: unknown) => {
    if (!(fault instanceof ProviderFault)) throw fault
    log.warn({ err: fault, attemptId: attempt.id }, 'payment not opened')
    return giveUp(room, provider, attempt, fault)
  })
  const opened = { ...made, nextCheckAt: secondsAfter(clock.now(), FIRST_CHECK_SECONDS) }
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
      Math.min(
        secondsAfter(order.expiresAt, -MARGIN_SECONDS).getTime(),
        secondsAfter(attempt.createdAt, LONGEST_PAYABLE_SECONDS).getTime(),
      ),
      secondsAfter(attempt.createdAt, LEAST_PAYABLE_SECONDS).getTime(),
    ),
  )

async function giveUp(
  room: Room,
  provider: Provider,
  attempt: sql.Attempt,
  fault: ProviderFault,
): Promise<never> {
  const { db, clock } = room.ctx
  if (fault.kind === 'ambiguous') {
    // It may exist at the provider: the row stays OPENING, and the next opening sends the same again.
    await inOneStatement(db, (tx) => sql.noteTrouble(tx, attempt.id, fault.code))
    return refuse(unavailable)
  }
  if (provider.meansPaid(fault)) {
    if ((await settleAttempt(room, attempt)) === 'paid') refuse(alreadyPaid)
    return refuse(unavailable)
  }
  // Even if an earlier, unheard call made a trade: its prepay id was never given to anybody, so nobody can pay it. Unless another device's opening
  // went well meanwhile: then the attempt is OPEN, and stays.
  const ending = { state: 'FAILED', from: ['OPENING'], trouble: fault.code, lookAgainAt: null } as const
  await inOneStatement(db, (tx) => sql.markEnded(tx, attempt.id, { ...ending, at: clock.now() }))
  return refuse(unavailable)
}
