// domain 2.7: level follows growth; up at once, down only at the end of a period.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { growthOf, ladderFault, nextTier, type Tier, tierAt, tierUnder, tierWithin } from './ladder.ts'

const tier = (code: string, atGrowth: number, pointsTimesBp = 10_000, offBp = 0): Tier => ({
  code,
  name: code,
  atGrowth,
  pointsTimesBp,
  offBp,
})
const LADDER = [tier('green', 0), tier('gold', 500, 12_000), tier('red', 1000, 15_000, 200)]

const AT: readonly [growth: number, code: string][] = [
  [-200, 'green'],
  [0, 'green'],
  [499, 'green'],
  [500, 'gold'],
  [999, 'gold'],
  [1000, 'red'],
  [9_000_000, 'red'],
]
for (const [growth, code] of AT)
  test(`growth ${growth} reaches ${code}`, () => assert.equal(tierAt(LADDER, growth).code, code))

test('domain 2.7: within a period growth lifts at once, and nothing that is taken back lowers', () => {
  assert.equal(tierWithin(LADDER, 'green', 1000).code, 'red')
  assert.equal(tierWithin(LADDER, 'red', 0).code, 'red')
  assert.equal(tierWithin(LADDER, 'gold', -50).code, 'gold')
  assert.equal(tierWithin(LADDER, 'gold', 1000).code, 'red')
})
test('other terms: nobody loses a tier that is still there; one that is gone becomes the highest not above it', () => {
  const dearer = [tier('green', 0), tier('gold', 800), tier('red', 2000)]
  assert.equal(tierUnder(dearer, { tier: 'gold', growth: 600 }, LADDER).code, 'gold')
  assert.equal(tierUnder(dearer, { tier: 'green', growth: 900 }, LADDER).code, 'gold')
  const fewer = [tier('green', 0), tier('silver', 700), tier('black', 5000)]
  assert.equal(tierUnder(fewer, { tier: 'red', growth: 10 }, LADDER).code, 'silver')
  assert.equal(tierUnder(fewer, { tier: 'gold', growth: 10 }, LADDER).code, 'green')
  assert.equal(tierUnder(fewer, { tier: 'gold', growth: 5000 }, LADDER).code, 'black')
})
test('what is next, and what is missing', () => {
  assert.deepEqual(nextTier(LADDER, { tier: 'gold', growth: 614 }), { tier: LADDER[2], missing: 386 })
  assert.deepEqual(nextTier(LADDER, { tier: 'gold', growth: -14 }), { tier: LADDER[2], missing: 1014 })
  assert.equal(nextTier(LADDER, { tier: 'red', growth: 0 }), null)
})
test('growth is rounded down to the whole, from fen that stay paid', () => {
  assert.deepEqual(
    [growthOf(99, 1), growthOf(100, 1), growthOf(12_345, 1), growthOf(12_345, 10), growthOf(0, 10)],
    [0, 1, 123, 1234, 0],
  )
})
test('property: taking back piece by piece ends where taking back at once does', () => {
  for (let paid = 0; paid < 5000; paid += 37)
    for (const back of [1, 50, 99, 100, 1234]) {
      let counted = growthOf(paid, 3)
      for (let kept = paid; kept > 0; kept = Math.max(0, kept - back)) counted += growthOf(kept, 3) - counted
      counted += growthOf(0, 3) - counted
      assert.equal(counted, 0)
    }
})
const FAULTS: readonly [tiers: readonly Tier[], fault: string | null][] = [
  [LADDER, null],
  [[tier('green', 0)], null],
  [[tier('green', 1)], 'first_not_at_nothing'],
  [[], 'first_not_at_nothing'],
  [[tier('green', 0), tier('green', 5)], 'code_repeated'],
  [[tier('green', 0), { ...tier('gold', 5), name: 'green' }], 'name_repeated'],
  [[tier('green', 0), tier('gold', 5), tier('red', 5)], 'tiers_fall'],
  [[tier('green', 0, 12_000), tier('gold', 5)], 'tiers_fall'],
  [[tier('green', 0, 10_000, 100), tier('gold', 5)], 'tiers_fall'],
]
for (const [i, [tiers, fault]] of FAULTS.entries())
  test(`terms ${i}: ${fault ?? 'sound'}`, () => assert.equal(ladderFault(tiers), fault))
