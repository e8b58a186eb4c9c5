import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueFenOf, offersStored, storedFenOf, storedNote } from './stored-value.ts'
import type { Quote } from './wire.ts'

const quote = (totalFen: number, availableFen: number | null): Quote => ({
  storeId: 'S01',
  lines: [],
  goodsFen: totalFen,
  discountFen: 0,
  freightFen: 0,
  totalFen,
  discounts: [],
  couponIds: [],
  pointsUsed: 0,
  pointsEarned: 0,
  explanation: [],
  points: null,
  storedValue: availableFen === null ? null : { availableFen, usedFen: 0 },
  dueFen: totalFen,
})

test('as much of it as there is, and never more than the order costs', () => {
  assert.equal(storedFenOf(quote(1280, 1000), true), 1000)
  assert.equal(storedFenOf(quote(1280, 5000), true), 1280)
  assert.equal(storedFenOf(quote(1280, 5000), false), 0)
  assert.equal(storedFenOf(quote(1280, null), true), 0)
})

test('offered only where there is something to use it for', () => {
  assert.ok(offersStored(quote(1280, 1)))
  assert.ok(!offersStored(quote(1280, 0)))
  assert.ok(!offersStored(quote(0, 100)))
  assert.ok(!offersStored(quote(1280, null)))
})

test('the switch says what it does', () => {
  assert.equal(storedNote(quote(1280, 1000), false), '余额 ¥10.00')
  assert.equal(storedNote(quote(1280, 1000), true), '用 ¥10.00，还要付 ¥2.80')
  assert.equal(storedNote(quote(1280, 5000), true), '用 ¥12.80，不用再付')
})

test('what is due is the total less what stored value pays', () => {
  assert.equal(dueFenOf({ totalFen: 1280, storedValueFen: 1000, dueFen: 280 }), 280)
  assert.equal(dueFenOf({ totalFen: 9800, storedValueFen: 0, dueFen: 1960 }), 1960, 'a deposit first')
})
