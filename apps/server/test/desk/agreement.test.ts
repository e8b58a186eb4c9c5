// After every single step of any history money and goods say the same thing, and what has ended stays ended: orders, payments, refunds.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OrderState, TERMINAL } from '../../src/rooms/orders/states.ts'
import type { DeskOrder } from '../../src/rooms/orders/view.ts'
import { type DeskRefund, refundCounts } from '../../src/rooms/payments/index.ts'
import type { Wish } from './baskets.ts'
import { commandOf, openOrClose, wish } from './histories.ts'
import { type Model, newModel, run } from './model.ts'

const sum = (refunds: readonly DeskRefund[]) => refunds.reduce((fen, { amountFen }) => fen + amountFen, 0)

interface Money {
  paidFen: number
  own: readonly DeskRefund[]
}
function moneyOf({ rows }: Model, { id }: DeskOrder): Money {
  const paid = [...rows.attempts.values()].filter(({ orderId, state }) => orderId === id && state === 'PAID')
  const refunds = [...rows.refunds.values()].filter(({ orderId }) => orderId === id)
  const twice = new Set(
    refunds.filter(({ cause }) => cause === 'double_payment').map(({ attemptId }) => attemptId),
  )
  return {
    paidFen: paid.reduce(
      (fen, { attemptId, amountFen }) => (twice.has(attemptId) ? fen : fen + amountFen),
      0,
    ),
    own: refunds.filter(({ cause }) => cause !== 'double_payment'),
  }
}

/** What must be true of the money of an order that stands in this state. */
const AGREES: Readonly<Record<OrderState, (order: DeskOrder, money: Money) => void>> = {
  PENDING_PAY(order, { paidFen, own }) {
    assert.deepEqual([order.payState, order.paidFen, paidFen, own.length], ['UNPAID', 0, 0, 0])
    assert.equal(order.completedAt ?? order.cancelledAt ?? order.paidAt, null)
  },
  WAIT_GROUP: (order) => paidAndNotOver(order),
  WAIT_BALANCE: () => assert.fail('no goods of these histories are yet to come'),
  WAIT_GOODS: () => assert.fail('no goods of these histories are yet to come'),
  PAID: (order) => paidAndNotOver(order),
  READY: (order) => paidAndNotOver(order),
  COMPLETED(order) {
    assert.equal(order.payState, 'PAID')
    assert.ok(order.completedAt !== null && order.cancelledAt === null)
  },
  CANCELLED(order, { own, paidFen }) {
    assert.ok(order.cancelledAt !== null && order.completedAt === null)
    if (order.payState === 'PAID') {
      backOrKnown(order, own, paidFen)
    } else assert.deepEqual([order.refundState, own.length], ['NONE', 0])
  },
  CLOSED_REFUND(order, { own, paidFen }) {
    assert.equal(order.payState, 'PAID')
    backOrKnown(order, own, paidFen)
  },
}
/** Money of an order that is closed is on its way back, whole, or the order says that some of it failed; never that a part is all. */
function backOrKnown({ refundState }: DeskOrder, own: readonly DeskRefund[], paidFen: number): void {
  const given = sum(own.filter(({ state }) => refundCounts(state)))
  assert.ok(given === paidFen || own.some(({ state }) => !refundCounts(state)), `${given} of ${paidFen}`)
  assert.ok(refundState !== 'NONE' && refundState !== 'PARTIAL', `closed, and its money is ${refundState}`)
  if (given < paidFen) assert.notEqual(refundState, 'FULL')
}
function paidAndNotOver(order: DeskOrder): void {
  assert.equal(order.payState, 'PAID')
  assert.equal(order.completedAt ?? order.cancelledAt, null)
}

function agrees(model: Model): void {
  for (const order of model.rows.orders.values()) {
    const money = moneyOf(model, order)
    AGREES[order.state](order, money)
    assert.equal(order.payState === 'PAID', order.paidAt !== null)
    assert.equal(order.paidFen, money.paidFen, 'paid: what its payments brought')
    assert.equal(
      order.refundedFen,
      sum(money.own.filter(({ state }) => state === 'SUCCESS')),
      'refunded: what arrived',
    )
    const underWay = money.own.some(({ state }) => state === 'PENDING' || state === 'PROCESSING')
    if (order.paidFen > 0) {
      assert.equal(order.refundState === 'FULL', order.refundedFen === order.paidFen)
      if (order.refundState !== 'FULL') assert.equal(order.refundState === 'PENDING', underWay)
    }
  }
}

/** What stands in an end, by its id: nothing may ever change there. */
function ends({ rows }: Model): Map<string, string> {
  const found = new Map<string, string>()
  for (const { id, state } of rows.orders.values())
    if (TERMINAL.includes(state)) found.set(`order ${id}`, state)
  for (const { attemptId, state, transactionId } of rows.attempts.values())
    if (state === 'PAID') found.set(`payment ${attemptId}`, `${state} ${transactionId}`)
  for (const { refundId, state, amountFen } of rows.refunds.values())
    if (['SUCCESS', 'CLOSED', 'FAILED'].includes(state))
      found.set(`refund ${refundId}`, `${state} ${amountFen}`)
  return found
}

const live = (model: Model, wanted: Wish): void => {
  if (wanted.op === 'open' || wanted.op === 'close') {
    openOrClose(model, wanted)
    return
  }
  const command = commandOf(model, wanted)
  if (command) run(model, [command])
}

test('after every step of any history money and goods agree, and what has ended stays ended', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(
      fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)),
      fc.array(wish, { maxLength: 120, size: 'max' }),
      (onHand, wishes) => {
        const model = newModel(onHand)
        let ended = new Map<string, string>()
        for (const wanted of wishes) {
          live(model, wanted)
          agrees(model)
          const now = ends(model)
          for (const [what, how] of ended) assert.equal(now.get(what), how, `${what} left its end`)
          ended = now
          for (const order of model.rows.orders.values()) reached.add(`${order.state} ${order.payState}`)
        }
      },
    ),
    { numRuns: 1000 },
  )
  for (const state of [
    'PENDING_PAY UNPAID',
    'PAID PAID',
    'READY PAID',
    'COMPLETED PAID',
    'CLOSED_REFUND PAID',
  ])
    assert.ok(reached.has(state), state)
  for (const state of ['CANCELLED UNPAID', 'CANCELLED PAID']) assert.ok(reached.has(state), state)
})
