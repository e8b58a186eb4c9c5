import assert from 'node:assert/strict'
import { SYSTEM } from '#kernel/actor'
import {
  captureValue,
  giveBackValue,
  holdValue,
  releaseValue,
  type ValueAccount,
  valueShort,
} from '#room/ledgers'
import type { DeskAttempt, DeskRefund } from '#room/payments'
import { type Answer, type Place, refused } from './commands.ts'
import { changeOrder, type DeskOrder, type Fold, type Stamp } from './view.ts'

// Stored value of an order: set aside when it is placed, spent when the rest is paid, free again when it is closed unpaid, given back by refunds at
// once (docs/adr/0019). Only these functions move it, and each leaves an attempt and the ledger saying the same.

function accountOf({ view }: Fold, memberId: string): ValueAccount {
  const account = view.values.get(memberId)
  assert.ok(account, `no stored value of ${memberId}`)
  return account
}
const heldOf = ({ view }: Fold, orderId: string): DeskAttempt | undefined =>
  [...view.attempts.values()].find((attempt) => attempt.orderId === orderId && attempt.state === 'HELD')

/** Why stored value cannot pay its part of this order: somebody was quicker. Undefined when it can. */
export function storedGone({ view }: Fold, { stored, memberId }: Place): Answer | undefined {
  const availableFen = view.values.get(memberId)?.availableFen ?? 0
  return stored && availableFen < stored.fen ? refused(valueShort, { availableFen }) : undefined
}

/** Sets aside what was asked for. Ask `storedGone` first. */
export function holdStored(fold: Fold, { stored, memberId, orderId, storeId, by, at }: Place): void {
  if (!stored) return
  const { attemptId, fen: amountFen } = stored
  fold.writes.valuePostings.push(holdValue(accountOf(fold, memberId), orderId, amountFen, { by, at }))
  fold.writes.stored.push({ attemptId, orderId, storeId, memberId, amountFen, at })
  fold.view.attempts.set(attemptId, {
    attemptId,
    orderId,
    provider: 'stored_value',
    state: 'HELD',
    amountFen,
    transactionId: null,
    idemKey: null,
    tenderedFen: null,
    slip: null,
  })
}

function end(
  fold: Fold,
  order: DeskOrder,
  state: 'PAID' | 'CLOSED',
  { by, at }: Stamp,
): DeskAttempt | undefined {
  const held = heldOf(fold, order.id)
  if (!held) return undefined
  const move = state === 'PAID' ? captureValue : releaseValue
  fold.writes.valuePostings.push(move(accountOf(fold, order.memberId), order.id, held.amountFen, { by, at }))
  fold.writes.storedMoves.set(held.attemptId, { attemptId: held.attemptId, state, at })
  held.state = state
  return held
}
/** The rest of the order is paid: what was set aside is spent. */
export const captureStored = (fold: Fold, order: DeskOrder, stamp: Stamp): void =>
  void end(fold, order, 'PAID', stamp)
/** The order is closed unpaid: what was set aside is free again. */
export const releaseStored = (fold: Fold, order: DeskOrder, stamp: Stamp): void =>
  void end(fold, order, 'CLOSED', stamp)

/** A refund of stored value needs nobody outside: it is there in the commit that makes it. */
export function giveBackStored(fold: Fold, order: DeskOrder, refund: DeskRefund, stamp: Stamp): void {
  const { refundId, amountFen } = refund
  if (amountFen === 0) return
  const { by, at } = stamp
  const of = { orderId: order.id, refundId }
  fold.writes.valuePostings.push(giveBackValue(accountOf(fold, order.memberId), of, amountFen, { by, at }))
}

/** Says of the refunds that were just made which have arrived: those of stored value. */
export function noteArrived(
  fold: Fold,
  order: DeskOrder,
  { refundIds, at }: { refundIds: readonly string[]; at: Date },
): void {
  for (const refundId of refundIds) {
    const refund = fold.view.refunds.get(refundId)
    const provider = refund && fold.view.attempts.get(refund.attemptId)?.provider
    if (!refund || provider !== 'stored_value' || refund.amountFen === 0) continue
    const data = { amountFen: refund.amountFen, outcome: refund.state }
    changeOrder(fold, order, 'refunded', { by: SYSTEM, at }, { data })
  }
}
