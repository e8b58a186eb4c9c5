import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceAfter } from './taking.ts'

const NOW = new Date('2026-11-23T08:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
const key = { storeId: 'S01', skuId: 's' }
const listed = { ...key, priceFen: 1000, onlinePriceFen: null, onShelf: true, shelf: 'G01-1-1' }
const history = [
  { priceFen: 1000, onlinePriceFen: null, at: daysAgo(30) },
  { priceFen: 800, onlinePriceFen: null, at: daysAgo(5) },
  { priceFen: 1000, onlinePriceFen: null, at: daysAgo(3) },
]
const outcomeOf = (wish: Parameters<typeof priceAfter>[1], before: typeof listed | undefined = listed) => {
  const answer = priceAfter(before, wish, history, NOW)
  return 'row' in answer ? answer.row : answer
}

test('what is not said stays', () => {
  assert.deepEqual(outcomeOf({ ...key, onlinePriceFen: 700 }), { ...listed, onlinePriceFen: 700 })
  assert.deepEqual(outcomeOf({ ...key, priceFen: 900 }), { ...listed, priceFen: 900 })
})
test('new goods are listed off the shelf, and need a price', () => {
  assert.deepEqual(priceAfter(undefined, { ...key, priceFen: 900 }, [], NOW), {
    row: { ...key, priceFen: 900, onlinePriceFen: null, onShelf: false, shelf: null },
  })
  assert.deepEqual(priceAfter(undefined, { ...key, onlinePriceFen: 900 }, [], NOW), {
    outcome: 'price_missing',
  })
})
test('an online price above the price in the store is refused', () =>
  assert.deepEqual(outcomeOf({ ...key, onlinePriceFen: 1001 }), {
    outcome: 'online_above',
    saidFen: 1001,
    knownFen: 1000,
  }))
test('domain 2.14: a strike-through price is at most the lowest of the seven days before', () => {
  const wish = { ...key, onlinePriceFen: 700 }
  assert.deepEqual(outcomeOf({ ...wish, basePriceFen: 801 }), {
    outcome: 'base_above',
    saidFen: 801,
    knownFen: 800,
  })
  assert.deepEqual(outcomeOf({ ...wish, basePriceFen: 800 }), { ...listed, onlinePriceFen: 700 })
  // Not cheaper than it was: nothing may be compared.
  assert.deepEqual(outcomeOf({ ...key, onlinePriceFen: 900, basePriceFen: 1000 }), {
    outcome: 'base_above',
    saidFen: 1000,
    knownFen: 900,
  })
  assert.deepEqual(outcomeOf({ ...key, basePriceFen: 1000 }), { outcome: 'base_without' })
})
