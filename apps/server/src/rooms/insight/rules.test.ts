import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { basketCount, packBaskets } from './baskets.ts'
import { fewestOf, frequentSets, liftOf, mineRules, type Rule, supportOf, type Thresholds } from './rules.ts'

/** By the definition, set by set: slow, and right. */
function bruteForce(baskets: readonly string[][], { support, confidence }: Thresholds): string[] {
  const sets = baskets.map((basket) => new Set(basket))
  const names = [...new Set(baskets.flat())].sort()
  const count = (wanted: readonly string[]): number =>
    sets.filter((set) => wanted.every((name) => set.has(name))).length
  const told: string[] = []
  for (let mask = 1; mask < 2 ** names.length; mask++) {
    const all = names.filter((_, i) => mask & (1 << i))
    const together = count(all)
    if (all.length < 2 || together === 0 || together / baskets.length < support) continue
    for (const also of all) {
      const when = all.filter((name) => name !== also)
      if (together / count(when) >= confidence)
        told.push(`${when.join('+')} => ${also} ${together}/${count(when)}/${count([also])}`)
    }
  }
  return told.sort()
}
const said = (names: readonly string[], { whenBought, alsoBought, together, when, also }: Rule): string =>
  `${whenBought
    .map((item) => names[item] ?? '')
    .sort()
    .join('+')} => ${names[alsoBought]} ${together}/${when}/${also}`

test('the rules are those of the definition, none missing and none more, of any baskets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 7 }), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.constantFrom(0, 0.05, 0.1, 0.25, 0.5, 1),
      fc.constantFrom(0, 0.1, 1 / 3, 0.5, 1),
      (baskets, support, confidence) => {
        const packed = packBaskets(baskets)
        const rules = mineRules(packed, { support, confidence })
        assert.deepEqual(
          rules.map((rule) => said(packed.names, rule)).sort(),
          bruteForce(baskets, { support, confidence }),
        )
      },
    ),
  )
})

test('each set once, with as many baskets as have it', () => {
  const packed = packBaskets([['a', 'b', 'a'], ['b', 'c'], ['a', 'b', 'c'], []])
  const sets = [...frequentSets(packed, 1)].map(
    ({ set, count }) =>
      `${set
        .map((item) => packed.names[item] ?? '')
        .sort()
        .join('')} ${count}`,
  )
  assert.deepEqual(sets.sort(), ['a 2', 'ab 2', 'abc 1', 'ac 1', 'b 3', 'bc 2', 'c 2'])
  assert.equal(basketCount(packed), 4)
})

test('shares are compared without rounding', () => {
  assert.equal(fewestOf(0.005, 7868), 40)
  assert.equal(fewestOf(0.1, 30), 3)
  assert.equal(fewestOf(0, 10), 1)
  for (let baskets = 1; baskets < 500; baskets++)
    for (let count = 1; count <= baskets; count += 7) assert.equal(fewestOf(count / baskets, baskets), count)
})

// The data is not ours to ship: the test speaks up where it is absent.
const GROCERIES = path.join(process.env['LINLI_DATA'] ?? '', 'groceries_train_baskets.csv')
test(
  '7,868 baskets of a grocery: support .005 and confidence .3 give 510 rules',
  { skip: !existsSync(GROCERIES) && 'LINLI_DATA names no folder with groceries_train_baskets.csv' },
  (t) => {
    const packed = packBaskets(
      readFileSync(GROCERIES, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(',')),
    )
    const all = basketCount(packed)
    assert.deepEqual([all, packed.names.length], [7868, 169])
    const rules = mineRules(packed, { support: 0.005, confidence: 0.3 })
    assert.equal(rules.length, 510)
    const [best] = rules.sort((a, b) => liftOf(b, all) - liftOf(a, all))
    assert.ok(best)
    t.diagnostic(
      `highest lift: ${said(packed.names, best)} ${liftOf(best, all).toFixed(2)}, support ${supportOf(best, all).toFixed(4)}`,
    )
  },
)
