import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchAt, firstKeptDay, isForAPerson, isLate, lastDueDay, nextTry, withinReach } from './schedule.ts'

/** An instant by the clocks of Beijing. */
const at = (text: string) => new Date(`${text}:00+08:00`)

test('domain 2.13: a day is due at five past ten of the next, by Beijing time', () => {
  assert.equal(lastDueDay(at('2026-11-22T10:04')), '2026-11-20')
  assert.equal(lastDueDay(at('2026-11-22T10:05')), '2026-11-21')
  assert.equal(lastDueDay(at('2026-11-22T23:59')), '2026-11-21')
  assert.equal(fetchAt('2026-11-21').toISOString(), '2026-11-22T02:05:00.000Z')
})

test('domain 2.13: days can be run as far back as WeChat keeps bills, and not before they are over', () => {
  const now = at('2026-11-22T00:01')
  assert.equal(firstKeptDay(now), '2026-08-25')
  assert.deepEqual(
    ['2026-08-24', '2026-08-25', '2026-11-21', '2026-11-22'].map((day) => withinReach(day, now)),
    [false, true, true, false],
  )
})

test('a lost connection is tried three times before a person hears of it, a wrong bill not once', () => {
  assert.deepEqual(
    [1, 2, 3].map((tries) => isForAPerson({ inTheBill: false, tries })),
    [false, false, true],
  )
  assert.ok(isForAPerson({ inTheBill: true, tries: 1 }))
  assert.deepEqual(
    [isLate('2026-11-21', at('2026-11-22T13:59')), isLate('2026-11-21', at('2026-11-22T14:00'))],
    [false, true],
  )
})

test('tries grow further apart, and never stop', () => {
  const now = at('2026-11-22T10:05')
  const waits = [1, 2, 3, 4, 5, 6, 7, 100].map(
    (tries) => (nextTry(now, tries).getTime() - now.getTime()) / 1000,
  )
  assert.deepEqual(waits, [300, 600, 1200, 3600, 10_800, 21_600, 21_600, 21_600])
})
