import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distanceM, isOpen, orderingOf } from './rules.ts'

const HOURS = { opensAt: '07:30', closesAt: '21:30', open: true }
const CASES: readonly [utc: string, open: boolean, why: string][] = [
  ['2026-11-22T23:29:59Z', false, '07:29:59 in Shanghai'],
  ['2026-11-22T23:30:00Z', true, 'opens on the minute'],
  ['2026-11-23T13:29:59Z', true, 'the last second'],
  ['2026-11-23T13:30:00Z', false, 'closed on the closing minute'],
  ['2026-11-23T16:30:00Z', false, 'past midnight in Shanghai'],
]
for (const [utc, open, why] of CASES)
  test(`open at ${utc}: ${open} (${why})`, () => assert.equal(isOpen(HOURS, new Date(utc)), open))

test('a store that is closed for now is closed at noon', () =>
  assert.equal(isOpen({ ...HOURS, open: false }, new Date('2026-11-23T04:00:00Z')), false))

const SWITCHES: readonly [open: boolean, features: string[], ordering: string][] = [
  [true, ['pickup'], 'open'],
  [true, ['pickup', 'pickup_slots'], 'open'],
  [true, ['pickup_slots', 'delivery'], 'no_pickup'],
  [false, ['pickup'], 'paused'],
  [false, [], 'paused'],
]
for (const [open, features, ordering] of SWITCHES)
  test(`takes orders: ${ordering} (open ${open}, ${features.join(' ') || 'nothing on'})`, () =>
    assert.equal(orderingOf({ open, features }), ordering))

test('distance between two demo stores is what a map says', () => {
  const metres = distanceM({ lng: 114.507, lat: 37.07 }, { lng: 114.487, lat: 37.068 })
  assert.ok(Math.abs(metres - 1788) < 10, String(metres))
  assert.equal(distanceM({ lng: 114.5, lat: 37 }, { lng: 114.5, lat: 37 }), 0)
})
