import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CounterRow, netOf, sumWords, totalOf } from './model.ts'

const row = (cashIn: number, cashOut: number, cardIn = 0): CounterRow => ({
  storeId: 'S01',
  staffId: '01900000-0000-7000-8000-000000000000',
  name: '某店员',
  account: 'clerk01',
  cashIn: { count: 1, fen: cashIn },
  cashOut: { count: 1, fen: cashOut },
  cardIn: { count: cardIn > 0 ? 1 : 0, fen: cardIn },
  cardOut: { count: 0, fen: 0 },
})

test('the drawer holds what was taken less what was given back, and may be short', () => {
  assert.equal(netOf(row(5000, 1200), 'cash'), 3800)
  assert.equal(netOf(row(0, 1200), 'cash'), -1200)
  assert.deepEqual(totalOf([row(5000, 1200, 700), row(0, 1200)]), { cash: 2600, card: 700 })
})

test('none is a dash, not a zero', () => {
  assert.equal(sumWords({ count: 0, fen: 0 }), '–')
  assert.equal(sumWords({ count: 3, fen: 12_000 }), '3 笔 ¥120.00')
})
