import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Arm, detectable, shareDifference, upliftOf, wilson } from './uplift.ts'

/** Numbers from 0 to 1 that a seed fixes (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
/** So many members who buy with this chance, for 20 to 180 yuan. */
function arm(roll: () => number, members: number, chance: number): Arm {
  const drawn: Arm = { members, bought: 0, keptFen: 0, keptSquares: 0 }
  for (let i = 0; i < members; i++) {
    if (roll() >= chance) continue
    const fen = 2000 + Math.floor(roll() * 16_000)
    drawn.bought += 1
    drawn.keptFen += fen
    drawn.keptSquares += fen * fen
  }
  return drawn
}
const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1)
const verdicts = (sent: number, held: number, from: number, to: number) =>
  SEEDS.map((seed) => {
    const roll = dice(seed)
    return upliftOf(arm(roll, sent, to), arm(roll, held, from), true).verdict
  })
const times = (all: readonly string[], verdict: string): number =>
  all.filter((each) => each === verdict).length

test('a planted uplift of 20 % is found: in at least 97 of 100 seeds, and never called harmful', (t) => {
  // A fifth more buyers than the 25 of a hundred who come anyway.
  const found = verdicts(3000, 3000, 0.25, 0.3)
  t.diagnostic(`25 % to 30 %, 3000 and 3000: ${times(found, 'useful')} of 100`)
  assert.ok(times(found, 'useful') >= 97)
  assert.equal(times(found, 'harmful'), 0)
  // 20 points more, with a hold-out of a tenth.
  const plain = verdicts(1800, 200, 0.25, 0.45)
  t.diagnostic(`25 % to 45 %, 1800 and 200: ${times(plain, 'useful')} of 100`)
  assert.ok(times(plain, 'useful') >= 97)
})

test('a planted zero is called no evidence: wrong in about 5 of 100 seeds, as the method says of itself', (t) => {
  // More than 11 wrong of 100 would happen once in 200 such tests, were the rate 5 %.
  for (const [sent, held] of [
    [1800, 200],
    [900, 360],
    [3000, 3000],
  ] as const) {
    const found = verdicts(sent, held, 0.25, 0.25)
    t.diagnostic(`${sent} and ${held}: no evidence in ${times(found, 'no_evidence')} of 100`)
    assert.ok(times(found, 'no_evidence') >= 89)
  }
})

test('the interval holds what is true in about 95 of 100, also with a small hold-out and few buyers', (t) => {
  let inside = 0
  for (let seed = 1; seed <= 1000; seed++) {
    const roll = dice(seed + 5000)
    const { low, high } = shareDifference(arm(roll, 540, 0.08), arm(roll, 60, 0.05))
    if (low <= 0.03 && 0.03 <= high) inside++
  }
  t.diagnostic(`inside: ${inside} of 1000`)
  assert.ok(inside >= 930 && inside <= 985)
})

test('before the days are over nobody judges; of a handful nothing is said', () => {
  const few: Arm = { members: 29, bought: 29, keptFen: 1, keptSquares: 1 }
  const many: Arm = { members: 1000, bought: 10, keptFen: 10, keptSquares: 10 }
  const more: Arm = { members: 1000, bought: 900, keptFen: 900, keptSquares: 900 }
  assert.equal(upliftOf(few, many, true).verdict, 'few')
  assert.equal(upliftOf(more, many, false).verdict, 'waiting')
  assert.equal(upliftOf(more, many, true).verdict, 'useful')
  assert.equal(upliftOf(many, more, true).verdict, 'harmful')
  assert.equal(upliftOf(many, more, true).extraBuyers, 0)
})

test('Newcombe 1998, table II: 56 of 70 against 48 of 80', () => {
  const of = (bought: number, members: number): Arm => ({ bought, members, keptFen: 0, keptSquares: 0 })
  const { value, low, high } = shareDifference(of(56, 70), of(48, 80))
  assert.deepEqual(
    [value, low, high].map((each) => each.toFixed(4)),
    ['0.2000', '0.0524', '0.3339'],
  )
})

test('shares and differences stay within their bounds, whatever is counted', () => {
  const counted = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }))
    .map(([members, hits]): Arm => ({ members, bought: Math.min(members, hits), keptFen: 0, keptSquares: 0 }))
  fc.assert(
    fc.property(counted, counted, (sent, held) => {
      const grows = (...all: number[]) => all.every((each, i) => i === 0 || each >= (all[i - 1] ?? 0) - 1e-12) // floating point
      const { low, high } = wilson(sent.bought, sent.members)
      assert.ok(grows(0, low, sent.bought / sent.members, high, 1))
      const difference = shareDifference(sent, held)
      assert.ok(grows(-1, difference.low, difference.value, difference.high, 1))
    }),
  )
})

test('what arms of a size can show is said beforehand', () => {
  assert.equal(detectable(29, 1000, 0.2), null)
  assert.ok(Math.abs((detectable(1800, 200, 0.25) ?? 0) - 0.0904) < 0.0005)
})
