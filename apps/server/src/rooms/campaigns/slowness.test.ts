import assert from 'node:assert/strict'
import { test } from 'node:test'
import { added, BOUNDS_MS, classOf, noneYet, percentile } from './slowness.ts'

const countsOf = (times: readonly number[]): number[] => {
  const counts = noneYet()
  for (const ms of times) counts[classOf(ms)] = (counts[classOf(ms)] ?? 0) + 1
  return counts
}

test('percentiles of two processes together are those of all their answers, to the class; never better than the truth', () => {
  let seed = 7
  const dice = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let round = 0; round < 50; round++) {
    const fast = Array.from({ length: 1 + Math.floor(dice() * 400) }, () => dice() * 20)
    const slow = Array.from({ length: 1 + Math.floor(dice() * 40) }, () => dice() * 900)
    const all = [...fast, ...slow].sort((a, b) => a - b)
    for (const share of [0.5, 0.99]) {
      const truth = all[Math.ceil(all.length * share) - 1] ?? assert.fail()
      const told = percentile(added([countsOf(fast), countsOf(slow)]), share)
      assert.equal(told, BOUNDS_MS[classOf(truth)])
    }
  }
})

test('no answers have no percentile; answers beyond every bound are not called fast', () => {
  assert.equal(percentile(noneYet(), 0.99), null)
  assert.equal(percentile(countsOf([1, 5000]), 0.99), null)
  assert.equal(percentile(countsOf([1, 5000]), 0.5), 1)
})
