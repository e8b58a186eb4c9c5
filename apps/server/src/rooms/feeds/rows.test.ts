import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fenOf, instantOf, piecesOf } from './rows.ts'

const PIECES: readonly [quantity: number, times: number, per: number, pieces: number | undefined][] = [
  [3, 12, 1, 36],
  [5.7, 1000, 380, 15],
  [0.379, 1000, 380, 0],
  [-0.5, 1000, 380, -2],
  [0.1, 10, 1, 1],
  [1.0005, 1, 1, undefined],
  [Number.NaN, 1, 1, undefined],
  [1_000_000, 100_000, 1, undefined],
]
for (const [quantity, times, per, pieces] of PIECES)
  test(`${quantity} of theirs at ${times}/${per} is ${pieces ?? 'refused'}`, () => {
    const read = piecesOf(quantity, { times, per })
    assert.equal('value' in read ? read.value : undefined, pieces)
  })

const PRICES: readonly [price: number, unit: 'fen' | 'yuan', fen: number | undefined][] = [
  [12.8, 'yuan', 1280],
  [0.29, 'yuan', 29],
  [1.005, 'yuan', undefined],
  [0, 'yuan', undefined],
  [100_000.01, 'yuan', undefined],
  [1280, 'fen', 1280],
  [12.5, 'fen', undefined],
]
for (const [price, priceUnit, fen] of PRICES)
  test(`a price of ${price} in ${priceUnit} is ${fen ?? 'refused'}`, () => {
    const read = fenOf(price, { priceUnit })
    assert.equal('value' in read ? read.value : undefined, fen)
  })

test('an instant that does not exist, or has not been yet, is refused', () => {
  const now = new Date('2026-11-23T08:00:00Z')
  assert.ok('value' in instantOf('2026-11-23T16:04:00+08:00', now))
  assert.ok('fault' in instantOf('2026-11-23T16:06:00+08:00', now))
  assert.ok('fault' in instantOf('2026-02-30T25:00:00Z', now))
})
