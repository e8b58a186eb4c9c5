import assert from 'node:assert/strict'
import { yuan } from '#kernel/money'
import {
  type DeskAttempt,
  type DeskRefund,
  type RefundCause,
  refundCounts,
  refundMayMove,
} from '#room/payments'
import { type Answer, done, type GiveBack, type Pay, refused, type SettleRefund } from './commands.ts'
import { keyReused, notRefundable, orderMissing, priceChanged } from './problems.ts'
import { HOLDS_STOCK, moveTo } from './states.ts'
import { axesOf, changeOrder, type DeskOrder, type Fold, noteDeed, releaseHold } from './view.ts'

/**
 * Money has arrived. It makes a waiting order paid; money for an order that was closed, or that another attempt paid, goes back at once under a
 * number made of the attempt, with an alarm: it is never kept and never overlooked.
 */
export function pay(fold: Fold, command: Pay): Answer {
  const { fact } = command
  const order = fold.view.orders.get(command.orderId)
  const attempt = fold.view.attempts.get(fact.attemptId)
  assert.ok(order && attempt && attempt.orderId === order.id, `payment ${fact.attemptId} of an unknown order`)
  if (attempt.state === 'PAID') return { kind: 'money', outcome: 'repeat' }
  assert.equal(fact.amountFen, attempt.amountFen, `amount of payment ${attempt.attemptId}`)
  attempt.state = 'PAID'
  attempt.transactionId = fact.transactionId
  fold.writes.paid.push({
    attemptId: attempt.attemptId,
    transactionId: fact.transactionId,
    paidAt: fact.paidAt,
  })
  const to = moveTo(order.state, 'pay', 'system')
  if (!to) return giveBackAtOnce(fold, command, order, attempt)
  assert.equal(attempt.amountFen, order.totalFen, `amount of order ${order.no}`)
  takeMoney(order, attempt, fact.paidAt)
  changeOrder(fold, order, 'pay', command, { to, data: { attemptId: attempt.attemptId } })
  fold.writes.pickups.push({ orderId: order.id, storeId: order.storeId, ...command.pickup })
  return { kind: 'money', outcome: 'accepted' }
}

function takeMoney(order: DeskOrder, attempt: DeskAttempt, paidAt: Date): void {
  order.payState = 'PAID'
  order.paidAt = paidAt
  order.paidFen = attempt.amountFen
}

function giveBackAtOnce(fold: Fold, command: Pay, order: DeskOrder, attempt: DeskAttempt): Answer {
  const late = order.payState === 'UNPAID'
  const cause: RefundCause = late ? 'late_payment' : 'double_payment'
  if (late) {
    // The order stays closed, but its money axes tell the truth: paid once, on its way back.
    takeMoney(order, attempt, command.fact.paidAt)
    order.refundState = 'PENDING'
  }
  sendRefund(fold, order, attempt, {
    refundId: command.refundId,
    idemKey: null,
    cause,
    reason: late ? '订单已关闭，款项退回' : '重复支付，款项退回',
    by: command.by,
    at: command.at,
  })
  fold.writes.alarms.push({
    kind: cause,
    subject: attempt.attemptId,
    orderId: order.id,
    detail: `${late ? '关单后到账' : '重复到账'} ¥${yuan(attempt.amountFen)}，已自动原路退回`,
    at: command.at,
  })
  changeOrder(fold, order, cause, command, { data: { attemptId: attempt.attemptId } })
  return { kind: 'money', outcome: late ? 'late' : 'double' }
}

type RefundFacts = Pick<DeskRefund, 'refundId' | 'idemKey' | 'cause' | 'reason'> & { by: string; at: Date }

function sendRefund(
  fold: Fold,
  order: DeskOrder,
  attempt: DeskAttempt,
  facts: RefundFacts,
  amountFen = attempt.amountFen,
) {
  const { attemptId } = attempt
  fold.view.refunds.set(facts.refundId, {
    ...facts,
    orderId: order.id,
    attemptId,
    amountFen,
    state: 'PENDING',
  })
  fold.writes.refunds.push({ ...facts, orderId: order.id, attemptId, amountFen })
}

/** What a whole refund would give back now, and of which attempt; undefined when nothing can be refunded. */
function refundable(
  { view }: Fold,
  order: DeskOrder,
): { amountFen: number; attempt: DeskAttempt } | undefined {
  const amountFen = order.paidFen - order.refundedFen
  if (amountFen <= 0 || order.refundState === 'PENDING') return undefined
  const refunds = [...view.refunds.values()].filter((refund) => refund.orderId === order.id)
  const attempt = [...view.attempts.values()].find(
    ({ attemptId, orderId, state, amountFen: taken }) =>
      orderId === order.id &&
      state === 'PAID' &&
      !refunds.some((refund) => refund.attemptId === attemptId && refund.cause === 'double_payment') &&
      taken - sumOf(refunds.filter((refund) => refund.attemptId === attemptId)) >= amountFen,
  )
  return attempt && { amountFen, attempt }
}
const sumOf = (refunds: readonly DeskRefund[]): number =>
  refunds.reduce((sum, { state, amountFen }) => (refundCounts(state) ? sum + amountFen : sum), 0)

/** Gives back all that is left of what was paid and closes the order. Goods still in the store return to the shelf. */
export function giveBack(fold: Fold, command: GiveBack): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  for (const refund of fold.view.refunds.values()) {
    if (refund.orderId !== order.id || refund.idemKey !== command.key) continue
    const same = refund.amountFen === command.expectFen && refund.reason === command.reason
    return same ? done : refused(keyReused)
  }
  const left = refundable(fold, order)
  if (!left) return refused(notRefundable, { state: order.state, refundState: order.refundState })
  if (left.amountFen !== command.expectFen) return refused(priceChanged, { refundableFen: left.amountFen })
  const before = axesOf(order)
  if (HOLDS_STOCK.includes(order.state)) {
    releaseHold(fold, order, command)
    fold.writes.closed.push({ orderId: order.id, handedAt: null, handedBy: null })
  }
  const { refundId, key: idemKey, reason, by, at } = command
  sendRefund(fold, order, left.attempt, { refundId, idemKey, reason, cause: 'order', by, at }, left.amountFen)
  order.refundState = 'PENDING'
  // A closed order whose refund failed stays closed; only the money is sent again.
  const to = moveTo(order.state, 'refund', 'staff') ?? order.state
  const details = { reason, amountFen: left.amountFen }
  changeOrder(fold, order, 'refund', command, { to, data: details })
  noteDeed(fold, order, command.auditor, command, { action: 'orders.refunded', before, details })
  return done
}

/** A refund ended, or came back to life after a person helped it. What payments' own table of moves does not allow is ignored. The alarm of a failure is payments' own. */
export function settleRefund(fold: Fold, command: SettleRefund): Answer {
  const { fact } = command
  const order = fold.view.orders.get(command.orderId)
  const refund = fold.view.refunds.get(fact.refundId)
  assert.ok(order && refund && refund.orderId === order.id, `refund ${fact.refundId} of an unknown order`)
  if (!refundMayMove(refund.state, fact.outcome)) return done
  refund.state = fact.outcome
  const success = fact.outcome === 'SUCCESS'
  fold.writes.settled.set(fact.refundId, {
    refundId: fact.refundId,
    outcome: fact.outcome,
    providerId: fact.providerId ?? fold.writes.settled.get(fact.refundId)?.providerId ?? null,
    trouble: fact.trouble,
    at: fact.at,
  })
  // A second payment is no part of what the order took: it leaves the order's own axes alone.
  if (refund.cause !== 'double_payment') {
    if (success) order.refundedFen += refund.amountFen
    order.refundState = !success ? 'FAILED' : order.refundedFen === order.paidFen ? 'FULL' : 'PARTIAL'
    if (order.refundState === 'FULL') fold.writes.refundedOrders.push(order.id)
  }
  changeOrder(fold, order, success ? 'refunded' : 'refund_failed', command, {
    data: { amountFen: refund.amountFen, outcome: fact.outcome },
  })
  return done
}
