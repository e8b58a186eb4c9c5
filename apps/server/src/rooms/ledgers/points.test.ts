// The ledger of points: whatever happens in whatever order, lots and debts add up to what came in less what went out.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofOrder } from '#kernel/purchase'
import { dayAfter } from '#kernel/clock'
import {
  expirePoints,
  GRACE_DAYS,
  monthEndAfter,
  type PointAccount,
  type Posting,
  usableOf,
} from './points.ts'
import {
  capturePoints,
  clawPoints,
  earnPoints,
  giveBackPoints,
  holdPoints,
  newPurchasePoints,
  type PurchasePoints,
  releasePoints,
  unfreezePoints,
} from './purchase-points.ts'

const FIRST = '2026-11-22'
const stamp = (day = FIRST) => ({ by: 'test', at: new Date(`${day}T04:00:00Z`), today: day })
const account = (...lots: [day: string, available: number][]): PointAccount => ({
  memberId: 'm',
  debt: 0,
  lots: lots.map(([day, available]) => ({ day, available })),
})
const lotsOf = ({ lots }: PointAccount) =>
  Object.fromEntries(lots.filter(({ available }) => available > 0).map((lot) => [lot.day, lot.available]))

test('domain 2.7: spent first expired first, and never from a lot that is over', () => {
  const mine = account(['2026-11-21', 50], ['2026-11-30', 30], ['2026-12-31', 40])
  assert.equal(usableOf(mine, FIRST), 70)
  const order = newPurchasePoints(ofOrder('o'))
  assert.equal(holdPoints(mine, order, 71, stamp()), undefined)
  assert.equal(holdPoints(mine, order, 45, stamp())?.length, 2)
  assert.deepEqual(lotsOf(mine), { '2026-11-21': 50, '2026-12-31': 25 })
  assert.deepEqual(order.spent, [
    { day: '2026-11-30', kept: 30 },
    { day: '2026-12-31', kept: 15 },
  ])
})

test('domain 2.7: point by point, each comes from the lot that is over soonest of those that are not', () => {
  const lots = fc.uniqueArray(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 })), {
    selector: ([day]) => day,
    maxLength: 6,
  })
  fc.assert(
    fc.property(lots, fc.nat(60), fc.integer({ min: 1, max: 120 }), (from, today, points) => {
      const now = stamp(dayAfter(FIRST, today))
      const days = from.map(([day, available]): [string, number] => [dayAfter(FIRST, day), available])
      const mine = account(...days.toSorted(([a], [b]) => (a < b ? -1 : 1)))
      // As a person would pay: one at a time, out of the purse that is over next.
      const purses = new Map(days.filter(([day]) => day >= now.today))
      const expected = new Map<string, number>()
      for (let paid = 0; paid < points; paid++) {
        const [day] = [...purses].filter(([, left]) => left > 0).sort(([a], [b]) => (a < b ? -1 : 1))[0] ?? []
        if (day === undefined) break
        purses.set(day, (purses.get(day) ?? 0) - 1)
        expected.set(day, (expected.get(day) ?? 0) + 1)
      }
      const isEnough = [...expected.values()].reduce((sum, part) => sum + part, 0) === points
      const held = holdPoints(mine, newPurchasePoints(ofOrder('o')), points, now)
      assert.deepEqual(
        held?.map(({ lastDay, held: part }) => [lastDay, part]),
        isEnough ? [...expected] : undefined,
      )
    }),
    { numRuns: 300 },
  )
})

test('domain 2.7: what came last and ends first is spent first', () => {
  const mine = account(['2026-12-31', 40])
  const earned = { purchase: ofOrder('e'), frozen: 30 }
  unfreezePoints(mine, earned, '2026-11-30', stamp())
  const order = newPurchasePoints(ofOrder('o'))
  holdPoints(mine, order, 30, stamp())
  assert.deepEqual(order.spent, [{ day: '2026-11-30', kept: 30 }])
})

test('domain 2.7: points return to the lots they came from; a lot that expired lives on for a week', () => {
  const mine = account(['2026-11-30', 30], ['2026-12-31', 40])
  const order = newPurchasePoints(ofOrder('o'))
  holdPoints(mine, order, 45, stamp())
  capturePoints(mine, order, stamp())
  giveBackPoints(mine, order, 20, stamp('2026-12-02'))
  assert.deepEqual(lotsOf(mine), { [dayAfter('2026-12-02', GRACE_DAYS)]: 5, '2026-12-31': 40 })
  giveBackPoints(mine, order, 25, stamp('2026-11-30'))
  assert.deepEqual(lotsOf(mine), { '2026-11-30': 25, '2026-12-09': 5, '2026-12-31': 40 })
  assert.throws(() => giveBackPoints(mine, order, 1, stamp()), /more than it kept/)
})

test('domain 2.7: what was earned is taken back from frozen first, then from usable, then as a debt that comes first', () => {
  const mine = account(['2026-12-31', 10])
  const order = newPurchasePoints(ofOrder('o'))
  earnPoints(mine, order, 30, stamp())
  clawPoints(mine, order, 12, stamp())
  assert.deepEqual([order.frozen, lotsOf(mine)], [18, { '2026-12-31': 10 }])
  unfreezePoints(mine, order, '2027-11-30', stamp())
  clawPoints(mine, order, 35, stamp())
  assert.deepEqual([mine.debt, lotsOf(mine)], [7, {}])
  assert.equal(
    holdPoints(mine, newPurchasePoints(ofOrder('p')), 1, stamp()),
    undefined,
    'a debtor spends nothing',
  )
  const next = newPurchasePoints(ofOrder('q'))
  earnPoints(mine, next, 5, stamp())
  unfreezePoints(mine, next, '2027-11-30', stamp())
  assert.deepEqual([mine.debt, lotsOf(mine)], [2, {}])
  earnPoints(mine, next, 5, stamp())
  unfreezePoints(mine, next, '2027-11-30', stamp())
  assert.deepEqual([mine.debt, lotsOf(mine)], [0, { '2027-11-30': 3 }])
})

test('the last day of a lot is that of a month', () => {
  assert.equal(monthEndAfter('2026-11-22', 12), '2027-11-30')
  assert.equal(monthEndAfter('2027-01-31', 1), '2027-02-28')
  assert.equal(monthEndAfter('2027-12-01', 2), '2028-02-29')
})

const deed = fc.record({
  what: fc.constantFrom('hold', 'capture', 'release', 'give_back', 'earn', 'unfreeze', 'claw', 'expire'),
  order: fc.nat(4),
  points: fc.integer({ min: 1, max: 60 }),
  days: fc.nat(40),
})
interface Life {
  mine: PointAccount
  orders: (PurchasePoints & { state: 'none' | 'held' | 'captured'; earned: number })[]
  postings: Posting[]
}
/** Does what an order could do now, if it could. */
function live(
  { mine, orders }: Life,
  { what, order: n, points, days }: typeof deed extends fc.Arbitrary<infer D> ? D : never,
) {
  const order = orders[n]
  const now = stamp(dayAfter(FIRST, days))
  const kept = order?.spent.reduce((sum, each) => sum + each.kept, 0) ?? 0
  if (!order) return []
  if (what === 'hold' && order.state === 'none') {
    const held = holdPoints(mine, order, points, now)
    if (held) order.state = 'held'
    return held ?? []
  }
  if (what === 'capture' && order.state === 'held') {
    order.state = 'captured'
    return capturePoints(mine, order, now)
  }
  if (what === 'release' && order.state === 'held') {
    order.state = 'none'
    const back = releasePoints(mine, order, now)
    order.spent = []
    return back
  }
  if (what === 'give_back' && order.state === 'captured')
    return giveBackPoints(mine, order, Math.min(points, kept), now)
  if (what === 'earn') {
    order.earned += points
    return earnPoints(mine, order, points, now)
  }
  if (what === 'unfreeze') return unfreezePoints(mine, order, dayAfter(now.today, 20), now)
  if (what === 'claw') {
    const taken = Math.min(points, order.earned)
    order.earned -= taken
    return clawPoints(mine, order, taken, now)
  }
  return what === 'expire' ? expirePoints(mine, now) : []
}

test('any sequence keeps lots and balance together: nothing negative but by debt, nothing made of nothing', () => {
  const reached = new Set<string>()
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 80, size: 'max' }), (deeds) => {
      const began = [10, 40]
      const life: Life = {
        mine: account(['2026-11-30', 10], ['2026-12-15', 40]),
        orders: Array.from({ length: 5 }, (_, i) => ({
          ...newPurchasePoints(ofOrder(`o${i}`)),
          state: 'none',
          earned: 0,
        })),
        postings: [],
      }
      for (const each of deeds) {
        life.postings.push(...live(life, each))
        const { mine, orders, postings } = life
        const sum = (name: 'available' | 'frozen' | 'held' | 'debt' | 'spent') =>
          postings.reduce((total, posting) => total + posting[name], 0)
        const inLots = mine.lots.reduce((total, { available }) => total + available, 0)
        assert.ok(mine.lots.every(({ available }) => available >= 0) && mine.debt >= 0)
        assert.ok(mine.debt === 0 || inLots === 0, 'points and a debt at once')
        assert.equal(inLots, sum('available') + 50, 'lots are what the postings say')
        assert.equal(mine.debt, sum('debt'))
        assert.equal(
          orders.reduce((total, { frozen }) => total + frozen, 0),
          sum('frozen'),
        )
        const kept = orders.flatMap(({ spent }) => spent).reduce((total, each2) => total + each2.kept, 0)
        assert.equal(kept, sum('spent'))
        const held = orders.filter(({ state }) => state === 'held').flatMap(({ spent }) => spent)
        assert.equal(
          held.reduce((total, slice) => total + slice.kept, 0),
          sum('held'),
        )
        const of = (...reasons: Posting['reason'][]) =>
          postings
            .filter(({ reason }) => reasons.includes(reason))
            .reduce((total, { available, frozen, debt }) => total + available + frozen - debt, 0)
        // The balance: what it began with, and what was earned, less what is spent, taken back or over.
        assert.equal(
          inLots - mine.debt + sum('frozen') + kept,
          began.reduce((a, b) => a + b, 0) + of('earn') + of('claw', 'expire'),
        )
      }
      for (const { reason, debt } of life.postings) reached.add(debt > 0 ? `${reason} in debt` : reason)
    }),
    { numRuns: 500 },
  )
  for (const path of [
    'hold',
    'capture',
    'release',
    'give_back',
    'earn',
    'unfreeze',
    'claw',
    'claw in debt',
    'expire',
  ])
    assert.ok(reached.has(path), `no life came by ${path}`)
})
