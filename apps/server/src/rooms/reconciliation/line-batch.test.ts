import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLineBatch } from './line-batch.ts'
import type { TradeLine } from './trade-bill.ts'

const line: TradeLine = {
  source: 'payment',
  number: '9'.repeat(64),
  ourNo: '|'.repeat(64),
  outTradeNo: '*'.repeat(64),
  at: new Date('2026-11-21T12:33:01Z'),
  state: 'A'.repeat(20),
  amountFen: Number.MAX_SAFE_INTEGER,
  settleFen: Number.MAX_SAFE_INTEGER,
  couponFen: Number.MAX_SAFE_INTEGER,
  feeMilliFen: -Number.MAX_SAFE_INTEGER,
  rate: '"'.repeat(20),
}
const read = (text: Buffer): unknown => JSON.parse(text.toString('utf8'))

test('the longest lines fit, and every batch begins anew', () => {
  const batch = createLineBatch(3)
  for (const count of [3, 0, 2]) {
    for (let i = 0; i < count; i++) batch.add(line)
    assert.equal(batch.rows, count)
    assert.deepEqual(
      read(batch.take()),
      Array.from({ length: count }, () => ({ ...line, at: line.at.toISOString() })),
    )
    assert.equal(batch.rows, 0)
  }
})

test('a full batch says so', () => {
  const batch = createLineBatch(1)
  batch.add(line)
  assert.throws(() => batch.add(line), RangeError)
})
