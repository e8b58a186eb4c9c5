import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capacityWord, firstFree, fullDays, slotChoice, slotDays, type Slot } from './slots.ts'

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

const NOON = '2026-11-22T04:00:00Z'
const ONE = '2026-11-22T05:00:00Z'
const choose = (items: Slot[], wanted: string | null) => {
  const { slot: found, hurdle, lost } = slotChoice({ required: true, items }, wanted)
  return [found?.startsAt ?? null, hurdle, lost]
}

test('a store without slots asks for none', () => {
  assert.deepEqual(slotChoice({ required: false, items: [] }, null), { slot: null, hurdle: null, lost: null })
})

test('the first free slot is chosen, until the shopper chooses one', () => {
  assert.deepEqual(choose([slot(NOON, 0), slot(ONE)], null), [ONE, null, null])
  assert.deepEqual(choose([slot(NOON), slot(ONE)], ONE), [ONE, null, null])
})

test('a slot that filled up or began is named, and no other is taken for it', () => {
  assert.deepEqual(choose([slot(NOON, 0), slot(ONE)], NOON), [
    null,
    '请选取货时段',
    '您选的 12:00 刚刚约满了，请换一个时段',
  ])
  assert.deepEqual(choose([slot(ONE)], NOON), [null, '请选取货时段', '您选的 12:00 已经过了，请换一个时段'])
})

test('with every slot full nothing can be placed', () => {
  assert.deepEqual(choose([slot(NOON, 0)], NOON), [null, '时段都约满了', null])
  assert.deepEqual(choose([], null), [null, '时段都约满了', null])
})

test('days without room are named up to the first that has some', () => {
  const days = (...left: number[]) =>
    slotDays(
      left.map((each, i) => slot(new Date(Date.parse(NOON) + i * 86_400_000).toISOString(), each)),
      now,
    )
  assert.deepEqual(fullDays(days(1, 0)), [])
  assert.deepEqual(fullDays(days(0, 2)), ['今天'])
  assert.deepEqual(fullDays(days(0, 0)), ['今天', '明天'])
})
