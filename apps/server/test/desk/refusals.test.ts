// What the desk refuses whatever the rooms before it believed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import type { Command } from '../../src/rooms/orders/commands.ts'
import type { Wish } from './baskets.ts'
import { commandOf, openOrClose } from './histories.ts'
import { AT, type Model, newModel, run } from './model.ts'

const wishOf = (op: Wish['op'], over: Partial<Wish> = {}): Wish => ({ op, a: 0, b: 1, c: 0, ...over })
function does(model: Model, op: Wish['op'], over: Partial<Wish> = {}): Command {
  const command = commandOf(model, wishOf(op, over)) ?? assert.fail(op)
  run(model, [command])
  return command
}
const stateOf = (model: Model) => [...model.rows.orders.values()][0]?.state

test('the clock closes an order when it is due, not a second before', () => {
  const model = newModel([9, 9, 9])
  const placed = does(model, 'place')
  assert.ok(placed.verb === 'place')
  const timeOut = (dueAt: Date) =>
    run(model, [
      {
        verb: 'cancel',
        orderId: placed.orderId,
        who: 'system',
        reason: 'r',
        dueAt,
        refundIds: [],
        auditor: null,
        by: 'system',
        at: AT,
      },
    ])
  const [early] = timeOut(secondsAfter(placed.expiresAt, -1))
  assert.ok(early?.kind === 'refused' && early.problem.code === 'orders.not_cancellable')
  assert.equal(stateOf(model), 'PENDING_PAY')
  assert.deepEqual(timeOut(placed.expiresAt), [{ kind: 'done' }])
  assert.equal(stateOf(model), 'CANCELLED')
})

test('a paid order is handed over in its own store only', () => {
  const model = newModel([9, 9, 9])
  const { orderId } = does(model, 'place')
  openOrClose(model, wishOf('open'))
  does(model, 'pay')
  const handOver = (storeId: string) =>
    run(model, [
      {
        verb: 'hand_over',
        orderId,
        storeId,
        staffId: orderId,
        refundIds: [orderId],
        pointsUsableAt: AT,
        by: 'staff:clerk01',
        at: AT,
      },
    ])
  const [elsewhere] = handOver('S02')
  assert.ok(elsewhere?.kind === 'refused' && elsewhere.problem.code === 'fulfilment.wrong_store')
  assert.equal(stateOf(model), 'PAID')
  assert.deepEqual(handOver('S01'), [{ kind: 'done' }])
  assert.equal(stateOf(model), 'COMPLETED')
})
