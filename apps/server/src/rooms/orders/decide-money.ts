import assert from 'node:assert/strict'
import { secondsAfter } from '#kernel/clock'
import { yuan } from '#kernel/money'
import {
  type DeskAttempt,
  type DeskRefund,
  type NewRefund,
  type RefundCause,
  refundCounts,
  type RefundLine,
  refundMayMove,
} from '#room/payments'
import { type Answer, done, type GiveBack, type Pay, refused, type SettleRefund } from './commands.ts'
import {
  alreadyHanded,
  keyReused,
  notRefundable,
  orderMissing,
  priceChanged,
  refundTooMany,
} from './problems.ts'
import { givenOf, planRefund, refundStateOf } from './refund-plan.ts'
import { HOLDS_STOCK, moveTo } from './states.ts'
import {
  axesOf,
  changeOrder,
  countSlot,
  type DeskOrder,
  type Fold,
  linesOf,
  moveStock,
  noteDeed,
  type Pieces,
  piecesLeft,
} from './view.ts'

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
  const lines = linesOf(fold, order.id)
  sendRefund(fold, order, attempt, {
    refundId: command.refundId,
    idemKey: null,
    bodyHash: null,
    amountFen: attempt.amountFen,
    lines: late ? lines.map(({ lineNo, quantity, payFen }) => ({ lineNo, quantity, amountFen: payFen })) : [],
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

type RefundFacts = Pick<
  NewRefund,
  'refundId' | 'idemKey' | 'bodyHash' | 'cause' | 'reason' | 'by' | 'at' | 'amountFen' | 'lines'
>

/** WeChat wants a minute between refunds of one payment; a second more for two clocks. */
const APART_SECONDS = 61

function sendRefund(fold: Fold, order: DeskOrder, { attemptId }: DeskAttempt, facts: RefundFacts): void {
  const before = [...fold.view.refunds.values()].filter((refund) => refund.attemptId === attemptId)
  const sendAt = before.reduce((at, refund) => {
    const next = secondsAfter(refund.sendAt, APART_SECONDS)
    return next > at ? next : at
  }, facts.at)
  const refund: NewRefund = { ...facts, orderId: order.id, attemptId, sendAt }
  fold.view.refunds.set(facts.refundId, { ...refund, state: 'PENDING' })
  fold.writes.refunds.push(refund)
}

const refundsOf = ({ view }: Fold, orderId: string): DeskRefund[] =>
  [...view.refunds.values()].filter((refund) => refund.orderId === orderId)

/** The payment of this order that still holds so much; its only one, unless the shopper paid twice. */
const payerOf = ({ view }: Fold, orderId: string, refunds: readonly DeskRefund[], amountFen: number) =>
  [...view.attempts.values()].find((attempt) => {
    if (attempt.orderId !== orderId || attempt.state !== 'PAID') return false
    const own = refunds.filter(({ attemptId }) => attemptId === attempt.attemptId)
    if (own.some(({ cause }) => cause === 'double_payment')) return false
    return attempt.amountFen - sumOf(own) >= amountFen
  })
const sumOf = (refunds: readonly DeskRefund[]): number =>
  refunds.reduce((sum, { state, amountFen }) => (refundCounts(state) ? sum + amountFen : sum), 0)

/**
 * Takes pieces out of an order that still waits in the store: their stock is free at once, and whoever packs the bag leaves them out. Pieces taken
 * out before whose money did not go back are not taken out again.
 */
function withdraw(fold: Fold, order: DeskOrder, wanted: readonly RefundLine[], stamp: GiveBack): void {
  const refunds = refundsOf(fold, order.id)
  const freed: Pieces[] = []
  for (const line of linesOf(fold, order.id)) {
    const asked = wanted.find(({ lineNo }) => lineNo === line.lineNo)
    if (!asked) continue
    const out = Math.max(line.withdrawn, givenOf(refunds, line.lineNo).quantity + asked.quantity)
    if (out === line.withdrawn) continue
    freed.push({ skuId: line.skuId, quantity: out - line.withdrawn })
    line.withdrawn = out
    fold.writes.withdrawn.set(`${order.id} ${line.lineNo}`, { orderId: order.id, line })
  }
  moveStock(fold, 'RELEASE', { orderId: order.id, storeId: order.storeId, lines: freed }, stamp)
}

/** Nothing is left to hand over: the place in the slot is free, and the code opens nothing any more. */
function closeEmpty(fold: Fold, order: DeskOrder): void {
  if (order.slotStart) countSlot(fold, { storeId: order.storeId, startsAt: order.slotStart }, -1)
  fold.writes.closed.push({ orderId: order.id, handedAt: null, handedBy: null })
}

/**
 * Gives back the pieces asked for, or all that is left of what was paid; the last piece closes the order. Goods still in the store return to the
 * shelf, and the rest of the bag is collected as before.
 */
export function giveBack(fold: Fold, command: GiveBack): Answer {
  const order = fold.view.orders.get(command.orderId)
  if (!order) return refused(orderMissing)
  const refunds = refundsOf(fold, order.id)
  const same = refunds.find(({ idemKey }) => idemKey === command.key)
  if (same) return same.bodyHash === command.bodyHash ? done : refused(keyReused)
  if (command.uncollected && order.completedAt) return refused(alreadyHanded, { at: order.completedAt })
  const lines = linesOf(fold, order.id)
  const planned = planRefund(order, lines, refunds, command.lines)
  if (planned.kind === 'too_many')
    return refused(refundTooMany, { lineNo: planned.lineNo, leftQuantity: planned.leftQuantity })
  const attempt = planned.kind === 'plan' && payerOf(fold, order.id, refunds, planned.plan.amountFen)
  if (planned.kind === 'nothing' || !attempt)
    return refused(notRefundable, { state: order.state, refundState: order.refundState })
  const { amountFen, lines: given, whole } = planned.plan
  if (amountFen !== command.expectFen) return refused(priceChanged, { refundableFen: amountFen })
  const before = axesOf(order)
  const waits = HOLDS_STOCK.includes(order.state)
  if (waits) withdraw(fold, order, given, command)
  const closes = waits ? piecesLeft(lines).length === 0 : whole
  if (waits && closes) closeEmpty(fold, order)
  const { refundId, key: idemKey, bodyHash, reason, by, at } = command
  const facts = { refundId, idemKey, bodyHash, reason, cause: 'order' as const, by, at, amountFen }
  sendRefund(fold, order, attempt, { ...facts, lines: given })
  order.refundState = 'PENDING'
  // A closed order whose refund failed stays closed; only the money is sent again.
  const to =
    (closes ? moveTo(order.state, 'refund', command.auditor ? 'staff' : 'system') : undefined) ?? order.state
  const pieces = given.map(({ lineNo, quantity }) => ({ lineNo, quantity }))
  const details = { reason, amountFen, ...(whole ? {} : { pieces }) }
  changeOrder(fold, order, 'refund', command, { to, data: details })
  if (command.auditor)
    noteDeed(fold, order, command.auditor, command, { action: 'orders.refunded', before, details })
  return done
}

function countBack({ writes }: Fold, { orderId, lines }: DeskRefund): void {
  for (const line of lines) {
    const name = `${orderId} ${line.lineNo}`
    const sum = writes.refundedLines.get(name) ?? { orderId, lineNo: line.lineNo, quantity: 0, amountFen: 0 }
    sum.quantity += line.quantity
    sum.amountFen += line.amountFen
    writes.refundedLines.set(name, sum)
  }
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
    if (success) {
      order.refundedFen += refund.amountFen
      countBack(fold, refund)
    }
    order.refundState = refundStateOf(order, refundsOf(fold, order.id))
  }
  changeOrder(fold, order, success ? 'refunded' : 'refund_failed', command, {
    data: { amountFen: refund.amountFen, outcome: fact.outcome },
  })
  return done
}
