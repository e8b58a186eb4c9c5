import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refundNumber, tradeNumber } from './numbers.ts'

const ATTEMPT = '01900000-0000-7abc-8def-0123456789ab'
const REFUND = '01900000-1111-7abc-8def-0123456789ab'

test('out_trade_no is what WeChat takes: 6 to 32 letters and digits', () =>
  assert.match(tradeNumber(ATTEMPT), /^[0-9a-f]{32}$/))

test('money that came too late or twice has one refund number per attempt', () => {
  const numberOf = (cause: 'late_payment' | 'double_payment', refundId: string) =>
    refundNumber({ refundId, attemptId: ATTEMPT, cause })
  assert.equal(numberOf('late_payment', REFUND), numberOf('double_payment', ATTEMPT))
  assert.match(numberOf('late_payment', REFUND), /^X[0-9a-f]{32}$/)
})

test('what was paid above the price of a group has one refund number per attempt', () => {
  const numberOf = (refundId: string) => refundNumber({ refundId, attemptId: ATTEMPT, cause: 'group_price' })
  assert.equal(numberOf(REFUND), numberOf(ATTEMPT))
  assert.match(numberOf(REFUND), /^G[0-9a-f]{32}$/)
})

test('an ordinary refund has its own number, the same at every try', () => {
  const one = { refundId: REFUND, attemptId: ATTEMPT, cause: 'order' } as const
  assert.equal(refundNumber(one), refundNumber({ ...one }))
  assert.notEqual(refundNumber(one), refundNumber({ ...one, refundId: ATTEMPT }))
})
