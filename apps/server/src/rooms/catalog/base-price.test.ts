import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { basePriceFen, type PriceAt } from './base-price.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, 1) + n * 86_400_000)
const at = (n: number, priceFen: number, onlinePriceFen: number | null = null): PriceAt => ({
  priceFen,
  onlinePriceFen,
  at: day(n),
})

const CASES: readonly [what: string, history: PriceAt[], base: number | null][] = [
  ['nothing is known', [], null],
  ['there is no online price', [at(0, 1000)], null],
  ['sold at 10.00 for weeks, now 8.00 online', [at(0, 1000), at(20, 1000, 800)], 1000],
  ['online from its first day: it never cost anything else', [at(0, 1000, 800)], null],
  [
    'raised two days before the promotion: the lower price counts',
    [at(0, 1000), at(18, 1500), at(20, 1500, 1200)],
    null,
  ],
  ['raised and then discounted below the old price', [at(0, 1000), at(18, 1500), at(20, 1500, 900)], 1000],
  [
    'raised eight days before: the raised price is the base',
    [at(0, 1000), at(12, 1500), at(20, 1500, 1200)],
    1500,
  ],
  ['raised exactly seven days before', [at(0, 1000), at(13, 1500), at(20, 1500, 1200)], 1500],
  [
    'a second before seven days were full',
    [at(0, 1000), { ...at(13, 1500), at: new Date(day(13).getTime() + 1000) }, at(20, 1500, 1200)],
    null,
  ],
  [
    'a dip within the week counts although it is over',
    [at(0, 1000), at(16, 700), at(17, 1000), at(20, 1000, 800)],
    null,
  ],
  ['a dip before the week does not count', [at(0, 1000), at(10, 700), at(11, 1000), at(20, 1000, 800)], 1000],
  [
    'an earlier online price within the week is a price too',
    [at(0, 1000), at(10, 1000, 800), at(19, 1000), at(20, 1000, 800)],
    null,
  ],
  ['a second cut is compared with the first', [at(0, 1000), at(10, 1000, 800), at(20, 1000, 700)], 800],
  ['a raised online price is no promotion', [at(0, 1000), at(10, 1000, 700), at(20, 1000, 800)], null],
  [
    'the online price stayed while the store price moved',
    [at(0, 1000), at(20, 1000, 800), at(25, 1200, 800)],
    1000,
  ],
  [
    'the store price fell since: nothing above it is shown',
    [at(0, 1000), at(20, 1000, 800), at(25, 900, 800)],
    900,
  ],
  ['online equals the price of the store', [at(0, 1000), at(20, 1000, 1000)], null],
  [
    'listed an hour before the promotion: the only price there was',
    [{ ...at(20, 1000), at: new Date(day(20).getTime() - 3600_000) }, at(20, 1000, 800)],
    1000,
  ],
  ['the promotion is over', [at(0, 1000), at(20, 1000, 800), at(30, 1000)], null],
]
for (const [what, history, base] of CASES)
  test(`base price: ${what} → ${base}`, () => assert.equal(basePriceFen(history), base))

test('whatever the history, the base is above the online price, at most the store price, and was asked once', () => {
  const step = fc.record({
    hours: fc.integer({ min: 1, max: 300 }),
    price: fc.integer({ min: 2, max: 2000 }),
    cut: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let time = day(0).getTime()
      const history = steps.map(({ hours, price, cut }) => {
        time += hours * 3600_000
        return {
          priceFen: price,
          onlinePriceFen: cut === null ? null : Math.max(1, price - cut),
          at: new Date(time),
        }
      })
      const base = basePriceFen(history)
      if (base === null) return
      const now = history.at(-1)
      assert.ok(now?.onlinePriceFen && base > now.onlinePriceFen && base <= now.priceFen)
      assert.ok(history.some(({ priceFen, onlinePriceFen }) => priceFen === base || onlinePriceFen === base))
    }),
  )
})
