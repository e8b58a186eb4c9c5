import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apportion, divide, type Part } from './apportion.ts'

const byWeight = (weights: readonly number[]): Part[] =>
  weights.map((weight, i) => ({ id: String.fromCharCode(97 + i), weight, cap: weight }))
const shares = (amount: number, parts: readonly Part[]) => [...apportion(amount, parts).values()]

const CASES: readonly [what: string, amount: number, parts: readonly Part[], shares: readonly number[]][] = [
  // domain handbook note g: others give the rest to the last row, and it falls to −1.
  ['2 分 off three lines of 1 分', 2, byWeight([1, 1, 1]), [1, 1, 0]],
  ['everything', 3, byWeight([1, 1, 1]), [1, 1, 1]],
  ['the largest fraction first', 10, byWeight([100, 250, 100]), [2, 6, 2]],
  ['ties by id', 1, byWeight([5, 5, 5]), [1, 0, 0]],
  ['a line that costs nothing gets nothing', 5, byWeight([0, 7, 3]), [0, 4, 1]],
  ['nothing to spread', 0, byWeight([3, 4]), [0, 0]],
  [
    'a cap turns away, the others take it',
    90,
    [
      { id: 'a', weight: 80, cap: 10 },
      { id: 'b', weight: 10, cap: 100 },
      { id: 'c', weight: 10, cap: 100 },
    ],
    [10, 40, 40],
  ],
  [
    'weights whose products pass 2^53',
    8_999_999_999,
    byWeight([9_000_000_000, 8_999_999_999, 1]),
    [4_500_000_000, 4_499_999_999, 0],
  ],
]
for (const [what, amount, parts, expected] of CASES)
  test(`domain 2.8: apportionment · ${what}`, () => assert.deepEqual(shares(amount, parts), expected))

test('more than the parts can take is our own mistake', () => {
  assert.throws(() => apportion(4, byWeight([1, 2])), RangeError)
  assert.throws(() => apportion(-1, byWeight([1, 2])), RangeError)
  assert.throws(() => apportion(1.5, byWeight([1, 2])), RangeError)
})

const part = fc.record({
  weight: fc.oneof(fc.nat(20), fc.nat(100_000), fc.nat(9_000_000_000)),
  cap: fc.oneof(fc.nat(20), fc.nat(100_000), fc.nat(9_000_000_000)),
})
const spreading = fc
  .tuple(fc.array(part, { maxLength: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
  .map(([raw, ratio, capIsWeight]) => {
    const parts = raw.map((each, i) => ({
      id: `line-${i}`,
      weight: each.weight,
      cap: capIsWeight ? each.weight : each.cap,
    }))
    const most = parts.reduce((sum, { weight, cap }) => sum + (weight > 0 ? cap : 0), 0)
    return { parts, amount: Math.floor(most * ratio) }
  })

test('domain 2.8: property · Σ = D, 0 ≤ a ≤ cap, independent of the order of lines', () => {
  fc.assert(
    fc.property(spreading, fc.nat(), ({ parts, amount }, turn) => {
      const given = apportion(amount, parts)
      assert.equal(
        [...given.values()].reduce((sum, share) => sum + share, 0),
        amount,
      )
      for (const { id, cap } of parts) {
        const share = given.get(id) ?? -1
        assert.ok(Number.isInteger(share) && share >= 0 && share <= cap, `${id}: ${share} of ${cap}`)
      }
      const at = parts.length === 0 ? 0 : turn % parts.length
      const turned = [...parts.slice(at), ...parts.slice(0, at)].toReversed()
      for (const [id, share] of apportion(amount, turned)) assert.equal(share, given.get(id))
    }),
    { numRuns: 1000 },
  )
})

test('domain 2.8: property · nobody is more than one fen away from their exact share, where no cap binds', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 }), fc.nat(), (weights, n) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      const amount = whole === 0 ? 0 : n % (whole + 1)
      const given = apportion(amount, byWeight(weights))
      for (const { id, weight } of byWeight(weights)) {
        const exact = whole === 0 ? 0 : (amount * weight) / whole
        assert.ok(Math.abs((given.get(id) ?? 0) - exact) < 1)
      }
    }),
  )
})

test('property · division by numbers is division by big integers', () => {
  const fen = fc.nat(9_000_000_000)
  fc.assert(
    fc.property(fen, fen, fc.integer({ min: 1, max: 9_000_000_000 }), (a, b, c) => {
      const { floor, rest } = divide(Math.min(a, c), b, c)
      const product = BigInt(Math.min(a, c)) * BigInt(b)
      assert.deepEqual([BigInt(floor), BigInt(rest)], [product / BigInt(c), product % BigInt(c)])
    }),
    { numRuns: 1000 },
  )
})
