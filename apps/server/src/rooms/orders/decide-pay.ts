import assert from 'node:assert/strict'
import { yuan } from '#kernel/money'
import type { DeskAttempt, RefundCause } from '#room/payments'
import type { Answer, Pay } from './commands.ts'
import { spendBenefits } from './decide-benefits.ts'
import { paidSeat } from './decide-group.ts'
import { keepOfCampaign } from './decide-campaign.ts'
import { sendRefund } from './decide-money.ts'
import { payDeposit } from './decide-presale.ts'
import { captureStored } from './decide-stored.ts'
import { moveTo } from './states.ts'
import { dueFen, takeLines } from './tenders.ts'
import { changeOrder, type DeskOrder, type Fold, linesOf } from './view.ts'

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
  if (!moveTo(order.state, 'pay', 'system')) return giveBackAtOnce(fold, command, order, attempt)
  // A deposit that is paid twice is no balance: the two never cost the same.
  if (order.depositFen !== null && attempt.amountFen !== dueFen(order))
    return giveBackAtOnce(fold, command, order, attempt)
  assert.equal(attempt.amountFen, dueFen(order), `amount of order ${order.no}`)
  becomePaid(fold, order, { ...command, paidAt: fact.paidAt, attemptId: attempt.attemptId })
  return { kind: 'money', outcome: 'accepted' }
}

interface PaidHow extends Pick<Pay, 'pickup' | 'by' | 'at'> {
  paidAt: Date
  /** Null: there was nothing left to pay. */
  attemptId: string | null
}
/** The one way for an order to become paid: its money axes, what was set aside for it is spent, its seat if it has one, the event that tells
 * everybody, the code to collect it with. */
export function becomePaid(
  fold: Fold,
  order: DeskOrder,
  { pickup, paidAt, attemptId, ...stamp }: PaidHow,
): void {
  const data = attemptId === null ? null : { attemptId }
  if (payDeposit(fold, order, stamp, data)) return
  const ahead = order.goodsBy !== null
  const waits = paidSeat(fold, order, stamp)
  const verb = waits ? 'pay_seat' : 'pay'
  const to = moveTo(order.state, ahead && order.state === 'PENDING_PAY' ? 'pay_ahead' : verb, 'system')
  assert.ok(to, `order ${order.no} is paid in state ${order.state}`)
  order.payState = 'PAID'
  order.paidAt = paidAt
  order.paidFen = order.totalFen
  spendBenefits(fold, order, stamp)
  captureStored(fold, order, stamp)
  keepOfCampaign(fold, order)
  changeOrder(fold, order, verb, stamp, { to, data })
  // There is nothing to collect before its group is full, or before it is there.
  if (!waits && !ahead) fold.writes.pickups.push({ orderId: order.id, storeId: order.storeId, ...pickup })
}

function giveBackAtOnce(fold: Fold, command: Pay, order: DeskOrder, attempt: DeskAttempt): Answer {
  const late = order.payState === 'UNPAID'
  // The balance of an order that was closed without it: its deposit went where it belongs, this comes back whole.
  const lapsed = order.payState === 'DEPOSIT' && attempt.amountFen === dueFen(order)
  const cause: RefundCause = late ? 'late_payment' : 'double_payment'
  if (late) {
    // The order stays closed, but its money axes tell the truth: paid once, on its way back.
    order.payState = 'PAID'
    order.paidAt = command.fact.paidAt
    order.paidFen = attempt.amountFen
    order.refundState = 'PENDING'
  }
  const lines = linesOf(fold, order.id).map(({ lineNo, quantity, payFen }) => ({
    lineNo,
    quantity,
    amountFen: payFen,
    // Its coupons and points came back when it was closed.
    pointsBack: 0,
    pointsTaken: 0,
  }))
  sendRefund(fold, order, attempt, {
    refundId: command.refundId,
    idemKey: null,
    bodyHash: null,
    amountFen: attempt.amountFen,
    lines: late ? takeLines(lines, attempt.amountFen) : [],
    cause,
    ourFault: false,
    reason: lapsed ? '尾款时间已过，款项退回' : late ? '订单已关闭，款项退回' : '重复支付，款项退回',
    by: command.by,
    at: command.at,
  })
  fold.writes.alarms.push({
    kind: lapsed ? 'late_payment' : cause,
    subject: attempt.attemptId,
    orderId: order.id,
    detail: `${lapsed ? '尾款超时后到账' : late ? '关单后到账' : '重复到账'} ¥${yuan(attempt.amountFen)}，已自动原路退回`,
    at: command.at,
  })
  changeOrder(fold, order, cause, command, { data: { attemptId: attempt.attemptId } })
  return { kind: 'money', outcome: late ? 'late' : 'double' }
}
