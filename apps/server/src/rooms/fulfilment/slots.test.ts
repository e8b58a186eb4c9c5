import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeOfDay } from '#kernel/clock'
import { comingSlots, type SlotStore, slotsOf } from './slots.ts'

const STORE: SlotStore = { id: 'S01', opensAt: '08:00', closesAt: '22:00', slotMinutes: 60, slotCapacity: 30 }
const spans = (store: SlotStore) =>
  slotsOf(store, '2026-11-22').map(({ startsAt, endsAt }) => `${timeOfDay(startsAt)}–${timeOfDay(endsAt)}`)

test('a day of slots, in Shanghai time', () => {
  const all = spans(STORE)
  assert.equal(all.length, 14)
  assert.deepEqual([all[0], all.at(-1)], ['08:00–09:00', '21:00–22:00'])
})
const CUTS: readonly [Partial<SlotStore>, number, string][] = [
  [{ closesAt: '21:30' }, 14, '21:00–21:30'],
  [{ closesAt: '21:10' }, 13, '20:00–21:00'],
  [{ slotMinutes: 240 }, 4, '20:00–22:00'],
  [{ slotMinutes: 15, opensAt: '21:00' }, 4, '21:45–22:00'],
]
for (const [change, count, last] of CUTS) {
  test(`the last slot ends at closing time: ${JSON.stringify(change)}`, () => {
    const all = spans({ ...STORE, ...change })
    assert.equal(all.length, count)
    assert.equal(all.at(-1), last)
  })
}
test('today and tomorrow, and only what has not begun', () => {
  const now = new Date('2026-11-22T12:30:00Z') // 20:30
  const coming = comingSlots(STORE, now)
  assert.equal(coming.length, 1 + 14)
  assert.equal(coming[0]?.startsAt.toISOString(), '2026-11-22T13:00:00.000Z')
  assert.equal(comingSlots(STORE, new Date('2026-11-22T13:00:00Z')).length, 14)
})
test('just after midnight in Shanghai, while it is still yesterday in UTC', () => {
  const [first] = comingSlots(STORE, new Date('2026-11-22T16:01:00Z'))
  assert.equal(first?.startsAt.toISOString(), '2026-11-23T00:00:00.000Z')
})
