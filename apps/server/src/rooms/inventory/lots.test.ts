import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expiredIn, followSales, type Lot, markOf, nearDay, takeFirstExpired } from './lots.ts'
import { coverOf } from './safety.ts'
import { partsOf } from './transfers.ts'

const TODAY = '2026-11-22'
const lot = (id: string, expiresOn: string | null, remaining: number): Lot => ({
  id,
  batchNo: id,
  madeOn: null,
  expiresOn,
  received: remaining,
  remaining,
})
const left = (lots: readonly Lot[]) => Object.fromEntries(lots.map(({ id, remaining }) => [id, remaining]))

test('domain 30 批次/效期: sales are presumed to take what expires first', () => {
  const lots = [lot('late', '2026-12-20', 5), lot('soon', '2026-11-25', 5), lot('undated', null, 5)]
  assert.deepEqual(
    takeFirstExpired(lots, 7, TODAY).map(({ batchNo, quantity }) => [batchNo, quantity]),
    [
      ['soon', 5],
      ['late', 2],
    ],
  )
  assert.deepEqual(left(lots), { late: 3, soon: 0, undated: 5 })
})

test('domain 30 批次/效期: what is past its date is not presumed sold while anything else is left', () => {
  const lots = [lot('gone', '2026-11-21', 4), lot('fresh', '2026-12-01', 4)]
  followSales(lots, 3, TODAY)
  assert.deepEqual(left(lots), { gone: 3, fresh: 0 })
  assert.equal(expiredIn(lots, TODAY), 3)
  assert.equal(expiredIn([lot('last day', TODAY, 4)], TODAY), 0, 'its last day is a day of sale')
})

test('pieces without a lot are older than the lots: sold first', () => {
  const lots = [lot('a', '2026-11-25', 5)]
  followSales(lots, 6, TODAY)
  assert.deepEqual(left(lots), { a: 5 })
  followSales(lots, 4, TODAY)
  assert.deepEqual(left(lots), { a: 4 })
})

test('property: lots never hold more than the store, nothing appears or turns negative', () => {
  const days = fc.constantFrom('2026-11-20', TODAY, '2026-11-23', '2027-01-01', null)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(days, fc.integer({ min: 0, max: 20 })), { maxLength: 8 }),
      fc.integer({ min: 0, max: 100 }),
      (wish, lowest) => {
        const lots = wish.map(([day, count], i) => lot(String(i), day, count))
        const before = lots.reduce((sum, { remaining }) => sum + remaining, 0)
        const taken = followSales(lots, lowest, TODAY).reduce((sum, { quantity }) => sum + quantity, 0)
        const after = lots.reduce((sum, { remaining }) => sum + remaining, 0)
        assert.equal(after, Math.min(before, lowest))
        assert.equal(before - taken, after)
        assert.ok(lots.every(({ remaining, received }) => remaining >= 0 && remaining <= received))
      },
    ),
  )
})

test('临期 begins earlier the longer the shelf life, and never before the goods were made', () => {
  const cases: [string | null, string, string][] = [
    ['2026-01-01', '2027-01-01', '2026-11-17'],
    ['2026-05-26', '2026-11-22', '2026-10-23'],
    ['2026-10-23', '2026-11-22', '2026-11-12'],
    ['2026-11-15', '2026-11-22', '2026-11-20'],
    ['2026-11-21', '2026-11-22', '2026-11-21'],
    ['2026-11-22', '2026-11-22', '2026-11-22'],
    [null, '2026-11-22', '2026-11-15'],
  ]
  for (const [made, expires, near] of cases) assert.equal(nearDay(made, expires), near, `${made} ${expires}`)
})

test('the mark says how many days are left', () => {
  const of = (expiresOn: string) => markOf({ expiresOn, nearOn: '2026-11-20' }, TODAY)
  assert.deepEqual(of('2026-11-21'), { mark: 'expired', daysLeft: -1 })
  assert.deepEqual(of('2026-11-22'), { mark: 'today', daysLeft: 0 })
  assert.deepEqual(of('2026-11-24'), { mark: 'near', daysLeft: 2 })
  assert.deepEqual(markOf({ expiresOn: '2026-12-24', nearOn: '2026-12-20' }, TODAY), {
    mark: 'fresh',
    daysLeft: 32,
  })
})

test('of a transfer that arrives short, the lots that expire first have arrived', () => {
  const part = (batchNo: string, quantity: number) => ({ batchNo, madeOn: null, expiresOn: null, quantity })
  assert.deepEqual(partsOf([part('a', 3), part('b', 3)], 4), [part('a', 3), part('b', 1)])
  assert.deepEqual(partsOf([part('a', 3)], 9), [part('a', 3)])
  assert.deepEqual(partsOf([part('a', 3)], 0), [])
})

test('domain 2.11: safety by days of cover is rounded up and never below its least', () => {
  assert.equal(coverOf({ pieces: 10, days: 28 }, { least: 0, coverDays: 2 }), 1)
  assert.equal(coverOf({ pieces: 57, days: 28 }, { least: 0, coverDays: 7 }), 15)
  assert.equal(coverOf({ pieces: 0, days: 28 }, { least: 3, coverDays: 7 }), 3)
})
