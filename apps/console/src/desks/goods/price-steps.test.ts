import assert from 'node:assert/strict'
import { test } from 'node:test'

import { priceSteps } from './price-steps.ts'

const row = (at: string, priceFen: number, onlinePriceFen: number | null = null) => ({
  storeId: 'S01',
  at,
  priceFen,
  onlinePriceFen,
  by: '王敏',
})

test('prices run oldest first, online before shelf price, up to now', () => {
  const now = Date.parse('2026-11-22T02:00:00Z')
  const steps = priceSteps([row('2026-11-18T00:00:00Z', 2490, 2390), row('2026-11-03T00:00:00Z', 2590)], now)
  assert.deepEqual(
    steps.map((each) => each.fen),
    [2590, 2390, 2390],
  )
  assert.equal(steps.at(-1)?.at, now)
})

test('no history is no line', () => {
  assert.deepEqual(priceSteps([], Date.now()), [])
})
