import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refundCounts, refundMayMove, refundSources, type RefundState } from './refund-states.ts'

const STATES: RefundState[] = ['PENDING', 'PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED', 'FAILED']

test('what has ended stays as it is', () => {
  for (const end of ['SUCCESS', 'CLOSED', 'FAILED'] as const)
    for (const to of STATES) assert.equal(refundMayMove(end, to), false, `${end} → ${to}`)
})

test('nothing goes back to the beginning, nothing moves in place', () => {
  for (const from of STATES) {
    assert.equal(refundMayMove(from, 'PENDING'), false)
    assert.equal(refundMayMove(from, from), false)
  }
})

test('an abnormal refund can be under way again, and still succeed', () => {
  assert.equal(refundMayMove('ABNORMAL', 'PROCESSING'), true)
  assert.equal(refundMayMove('ABNORMAL', 'SUCCESS'), true)
  assert.deepEqual(refundSources('SUCCESS'), ['PENDING', 'PROCESSING', 'ABNORMAL'])
})

test('several news in one batch: their end is written whatever lay between, and never over an end', () => {
  assert.deepEqual(refundSources('ABNORMAL'), ['PENDING', 'PROCESSING', 'ABNORMAL'])
  assert.deepEqual(refundSources('FAILED'), ['PENDING', 'PROCESSING', 'ABNORMAL'])
  for (const to of STATES)
    for (const end of ['SUCCESS', 'CLOSED', 'FAILED'] as const)
      assert.ok(!refundSources(to).includes(end), `${end} → ${to}`)
})

test('only money that did not go out frees the amount again', () => {
  assert.deepEqual(
    STATES.filter((state) => !refundCounts(state)),
    ['CLOSED', 'FAILED'],
  )
})
