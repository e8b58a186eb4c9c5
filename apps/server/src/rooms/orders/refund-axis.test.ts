// Where an order's refunds stand as a whole: nothing, on its way, a part, failed, all of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskRefund } from '#room/payments'
import { refundStateOf } from './refund-plan.ts'

type Refund = Pick<DeskRefund, 'attemptId' | 'lines' | 'state' | 'amountFen' | 'cause' | 'sendAt'>
type Line = Parameters<typeof refundStateOf>[1][number]
/** A line of which nothing was taken out, promised back or weighed. */
const bought = (quantity: number, payFen: number, lineNo = 1): Line => ({
  lineNo,
  quantity,
  payFen,
  withdrawnQuantity: 0,
  promisedQuantity: 0,
  weightBackFen: null,
  groupBackFen: 0,
})
const refund = (over: Partial<Refund>): Refund => ({
  attemptId: 'one',
  lines: [],
  state: 'SUCCESS',
  amountFen: 0,
  cause: 'order',
  sendAt: new Date('2026-11-22T02:00:00Z'),
  ...over,
})

/** The axis of an order whose lines cost so much and had so many pieces promised back. */
function axisOf(
  refunds: Refund[],
  promised: readonly [quantity: number, payFen: number, promised: number][],
) {
  const lines = promised.map(([quantity, payFen, promisedQuantity], i) => ({
    ...bought(quantity, payFen, i + 1),
    promisedQuantity,
  }))
  const own = refunds.filter(({ state, cause }) => state === 'SUCCESS' && cause !== 'double_payment')
  const refundedFen = own.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const paidFen = lines.reduce((sum, { payFen }) => sum + payFen, 0)
  return (state: 'PAID' | 'COMPLETED' | 'CANCELLED' | 'CLOSED_REFUND' = 'COMPLETED') =>
    refundStateOf({ state, paidFen, refundedFen }, lines, refunds)
}
const of = (lineNo: number, quantity: number, amountFen: number, over: Partial<Refund> = {}) =>
  refund({ amountFen, lines: [{ lineNo, quantity, amountFen, pointsBack: 0, pointsTaken: 0 }], ...over })
const dead = { state: 'CLOSED' } as const

test('the refund axis: what was promised and is neither back nor on its way is owed, line by line', () => {
  assert.equal(axisOf([of(1, 2, 196, dead), of(1, 1, 98)], [[5, 490, 2]])(), 'FAILED', 'half of it')
  assert.equal(axisOf([of(1, 1, 98, dead), of(1, 1, 98)], [[5, 490, 1]])(), 'PARTIAL', 'sent again')
  const two = [of(1, 1, 98, dead), of(2, 1, 98)]
  assert.equal(
    axisOf(two, [
      [5, 490, 1],
      [5, 490, 1],
    ])(),
    'FAILED',
    'another line',
  )
  const again = [of(1, 1, 98, dead), of(1, 1, 98, { attemptId: 'two' })]
  assert.equal(axisOf(again, [[5, 490, 1]])(), 'PARTIAL', 'from whatever it was paid with')
})

test('the refund axis: a refund sent before another one failed does not make up for it', () => {
  assert.equal(
    axisOf([of(1, 1, 98, dead), of(1, 1, 98)], [[5, 490, 2]])(),
    'FAILED',
    'two pieces were promised',
  )
  const line = { ...bought(2, 1000), weightBackFen: 60, promisedQuantity: 1 }
  const refunds = [of(1, 0, 60, { ...dead, cause: 'weighing' }), of(1, 1, 470)]
  const order = { state: 'COMPLETED', paidFen: 1000, refundedFen: 470 } as const
  assert.equal(refundStateOf(order, [line], refunds), 'FAILED', 'the difference in weight is owed')
  const all = [...refunds, of(1, 0, 60)]
  assert.equal(refundStateOf({ ...order, refundedFen: 530 }, [line], all), 'PARTIAL')
})

test('the refund axis: of a closed order all that was paid is owed, freight too, whatever part somebody sends', () => {
  const late = [of(1, 5, 490, { ...dead, cause: 'late_payment' }), of(1, 1, 98)]
  assert.equal(axisOf(late, [[5, 490, 1]])('CANCELLED'), 'FAILED')
  assert.equal(axisOf([...late, of(1, 4, 392)], [[5, 490, 5]])('CANCELLED'), 'FULL')
  const line = { ...bought(1, 98), promisedQuantity: 1 }
  const order = { state: 'COMPLETED', paidFen: 103, refundedFen: 98 } as const
  assert.equal(refundStateOf(order, [line], [refund({ ...dead, amountFen: 5 }), of(1, 1, 98)]), 'FAILED')
})

test('the refund axis: pending before failed, failed until sent again, full when all went back', () => {
  const lines: [number, number, number][] = [[10, 100, 3]]
  assert.equal(axisOf([], [[10, 100, 0]])('PAID'), 'NONE')
  assert.equal(axisOf([of(1, 3, 30, { state: 'PENDING' }), of(1, 3, 30, dead)], lines)(), 'PENDING')
  assert.equal(axisOf([of(1, 2, 20), of(1, 1, 10, dead)], lines)(), 'FAILED')
  assert.equal(axisOf([of(1, 2, 20), of(1, 1, 10, { state: 'ABNORMAL' })], lines)(), 'FAILED')
  assert.equal(axisOf([of(1, 3, 30)], lines)(), 'PARTIAL')
  assert.equal(axisOf([of(1, 10, 100), of(1, 3, 30, dead)], [[10, 100, 10]])('CLOSED_REFUND'), 'FULL')
  assert.equal(axisOf([refund({ cause: 'double_payment', ...dead })], [[10, 100, 0]])('PAID'), 'NONE')
})
