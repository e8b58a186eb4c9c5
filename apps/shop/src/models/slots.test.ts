import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capacityWord, firstFree, slotDays, type Slot } from './slots.ts'

const slot = (startsAt: string, left = 10): Slot => ({ startsAt, endsAt: startsAt, capacity: 20, left })
const now = Date.parse('2026-11-22T02:24:00Z')

test('slots are grouped by the day in the store, not by UTC', () => {
  const days = slotDays(
    [slot('2026-11-22T03:30:00Z'), slot('2026-11-22T12:30:00Z'), slot('2026-11-22T23:30:00Z')],
    now,
  )
  assert.deepEqual(
    days.map((day) => [day.name, day.slots.length]),
    [
      ['今天', 2],
      ['明天', 1],
    ],
  )
})

test('capacity is words, and the first free slot is offered', () => {
  assert.deepEqual(
    [0, 1, 5, 6].map((left) => capacityWord(slot('2026-11-22T03:30:00Z', left)).text),
    ['约满', '剩 1', '剩 5', '充足'],
  )
  assert.equal(firstFree([slot('2026-11-22T03:30:00Z', 0), slot('2026-11-22T04:00:00Z', 2)])?.left, 2)
  assert.equal(firstFree([]), undefined)
})
