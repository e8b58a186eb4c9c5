import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bindingMove,
  type Candidate,
  freeFrom,
  partOf,
  sharesOf,
  takenBack,
  type Terms,
  termsFault,
} from './rules.ts'
import { labourTax, withheldOf } from './tax.ts'

const TERMS: Terms = {
  depth: 2,
  bindMode: 'first',
  bindDays: 30,
  selfReward: false,
  holdDays: 7,
  levels: [
    { code: 'new', name: '新手', rateBp: 500, upperBp: 100 },
    { code: 'gold', name: '金牌', rateBp: 1000, upperBp: 300 },
  ],
  leastFen: 10,
  dailyFen: 2_000_000,
  tax: 'none',
  taxNote: '法务确认',
}
const who = (promoterId: string, over: Partial<Candidate> = {}): Candidate => ({
  promoterId,
  accountId: `account-${promoterId}`,
  active: true,
  level: 'new',
  upper: null,
  ...over,
})
const LINES = [
  { lineNo: 1, payFen: 3980 },
  { lineNo: 2, payFen: 19 },
]
const shares = (placed: Partial<Parameters<typeof sharesOf>[0]>, terms: Partial<Terms> = {}) =>
  sharesOf({ buyerId: 'buyer', bound: null, self: null, ...placed }, LINES, { ...TERMS, ...terms }).map(
    ({ promoterId, depth, lineNo, rateBp, baseFen, amountFen }) => [
      promoterId,
      depth,
      lineNo,
      rateBp,
      baseFen,
      amountFen,
    ],
  )

test('domain 2.5 · the part of a line is rounded down, and what comes to nothing is no share', () => {
  assert.deepEqual(shares({ bound: who('p') }), [['p', 1, 1, 500, 3980, 199]])
  assert.deepEqual(shares({ bound: who('p', { level: 'gold' }) }), [
    ['p', 1, 1, 1000, 3980, 398],
    ['p', 1, 2, 1000, 19, 1],
  ])
  assert.deepEqual(shares({}), [])
})

test('domain 2.5 · a second share goes to whoever invited the first, at their own rate; there is no third', () => {
  const upper = who('q', { level: 'gold', upper: who('r') })
  const bound = who('p', { upper })
  assert.deepEqual(shares({ bound }), [
    ['p', 1, 1, 500, 3980, 199],
    ['q', 2, 1, 300, 3980, 119],
  ])
  assert.deepEqual(shares({ bound }, { depth: 1 }), [['p', 1, 1, 500, 3980, 199]])
  assert.deepEqual(shares({ bound: { ...bound, upper: { ...upper, active: false } } }), [
    ['p', 1, 1, 500, 3980, 199],
  ])
  assert.deepEqual(shares({ bound: { ...bound, active: false } }), [], 'the upper lives of the first')
})

test('domain 2.5 自购 · nobody earns of what they buy, also not as the second; unless the terms say so', () => {
  const self = who('buyer')
  const throughLower = who('p', { upper: who('buyer') })
  assert.deepEqual(shares({ self }), [])
  assert.deepEqual(shares({ self, bound: throughLower }), [['p', 1, 1, 500, 3980, 199]])
  assert.deepEqual(shares({ self, bound: who('p') }, { selfReward: true }), [['buyer', 1, 1, 500, 3980, 199]])
})

test('a level that the terms do not know any more counts as the first', () => {
  assert.deepEqual(shares({ bound: who('p', { level: 'gone' }) }), [['p', 1, 1, 500, 3980, 199]])
})

test('property: however a line goes back, what is taken back adds up, and what is left is the part of what stays paid', () => {
  let seed = 7
  const dice = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % (most + 1)
  }
  for (let round = 0; round < 2000; round++) {
    const payFen = 1 + dice(100_000)
    const rateBp = 1 + dice(2999)
    let left = partOf(payFen, rateBp)
    let kept = payFen
    while (kept > 0) {
      kept = Math.max(0, kept - 1 - dice(payFen))
      const back = takenBack(left, kept, rateBp)
      assert.ok(back >= 0)
      left -= back
      assert.equal(left, partOf(kept, rateBp))
    }
    assert.equal(left, 0)
  }
})

test('domain 2.5 绑定 · first valid holds until it runs out; the latest wins where terms say so; nobody binds themselves', () => {
  const at = new Date('2026-11-22T04:00:00Z')
  const known = { promoterId: 'p', expiresAt: new Date(at.getTime() + 1) }
  const coming = { memberId: 'm', promoterId: 'q', at }
  const first = { bindMode: 'first' } as const
  const latest = { bindMode: 'latest' } as const
  assert.equal(bindingMove(null, coming, first), 'bind')
  assert.equal(bindingMove(known, coming, first), 'nothing')
  assert.equal(bindingMove({ ...known, expiresAt: at }, coming, first), 'bind', 'run out at this instant')
  assert.equal(bindingMove(known, coming, latest), 'bind')
  assert.equal(bindingMove(null, { ...coming, promoterId: 'm' }, latest), 'nothing')
})

test('the term ends with its last business day, in Shanghai', () => {
  assert.deepEqual(freeFrom(new Date('2026-11-22T15:59:59Z'), 7), new Date('2026-11-29T16:00:00Z'))
  assert.deepEqual(freeFrom(new Date('2026-11-22T16:00:00Z'), 7), new Date('2026-11-30T16:00:00Z'))
})

test('terms that contradict themselves', () => {
  const [level, gold] = TERMS.levels
  assert.ok(level && gold)
  assert.equal(termsFault(TERMS), undefined)
  assert.equal(termsFault({ ...TERMS, levels: [level, { ...gold, code: 'new' }] }), 'level_twice')
  assert.equal(termsFault({ ...TERMS, depth: 1 }), 'upper_without_depth')
  assert.equal(termsFault({ ...TERMS, levels: [{ ...level, upperBp: 0 }] }), 'depth_without_upper')
  assert.equal(termsFault({ ...TERMS, leastFen: 100, dailyFen: 99 }), 'least_over_daily')
})

const TAXES: readonly [incomeFen: number, taxFen: number][] = [
  [0, 0],
  [80_000, 0],
  [80_100, 20],
  [200_000, 24_000],
  [400_000, 64_000],
  [400_001, 64_000],
  [500_000, 80_000],
  [2_500_000, 400_000],
  [2_500_125, 400_030],
  [5_000_000, 1_000_000],
  [6_250_000, 1_300_000],
  [10_000_000, 2_500_000],
]
for (const [incomeFen, taxFen] of TAXES)
  test(`劳务报酬 · ${incomeFen} fen in a month: ${taxFen} withheld`, () =>
    assert.equal(labourTax(incomeFen), taxFen))

test('劳务报酬 · in however many parts a month is paid, it is withheld as one', () => {
  for (const parts of [[400_000], [200_000, 200_000], [10, 79_990, 320_000], [1, 2, 3, 399_994]]) {
    let before = { earnedFen: 0, withheldFen: 0 }
    for (const part of parts) {
      const taxFen = withheldOf('labour', part, before)
      assert.ok(taxFen >= 0 && taxFen <= part)
      before = { earnedFen: before.earnedFen + part, withheldFen: before.withheldFen + taxFen }
    }
    assert.deepEqual(before, { earnedFen: 400_000, withheldFen: 64_000 })
  }
  assert.equal(withheldOf('none', 1_000_000, { earnedFen: 0, withheldFen: 0 }), 0)
})
