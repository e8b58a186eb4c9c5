import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  groupNote,
  groupTitle,
  isJoinable,
  myGroupNote,
  nextRung,
  rungsShown,
  seatsOf,
  wantedOf,
} from './groups.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const group = {
  state: 'OPEN' as const,
  size: 3,
  paid: 2,
  free: 1,
  joinsUntil: '2026-11-22T13:00:00Z',
  expiresAt: '2026-11-22T13:06:00Z',
  rungs: [{ size: 3, priceFen: 3490 }],
  priceFen: null as number | null,
}
const seats = [
  { no: 1, name: '王**', leader: true, state: 'IN' },
  { no: 3, name: '赵*', leader: false, state: 'PAYING' },
] as const

test('a group says how many are missing, counting only who has paid', () => {
  assert.equal(groupTitle(group), '还差 1 位邻居就成团')
  assert.equal(groupTitle({ ...group, paid: 0 }), '团长还没付款')
  assert.equal(groupTitle({ ...group, state: 'FAILED' }), '没拼成，钱全额退回')
})
test('a ladder says what the next people bring to everybody, and what it came to', () => {
  const rungs = [
    { size: 2, priceFen: 3490 },
    { size: 3, priceFen: 3290 },
    { size: 5, priceFen: 2990 },
  ]
  const ladder = { ...group, size: 2, rungs }
  assert.equal(groupTitle({ ...ladder, paid: 1 }), '还差 1 位邻居就成团')
  assert.equal(groupTitle(ladder), '再来 1 人，每份 ¥32.90')
  assert.equal(groupTitle({ ...ladder, paid: 3 }), '再来 2 人，每份 ¥29.90')
  assert.match(groupNote(ladder, NOW), /截止，按那时的人数定价，差价退回$/)
  assert.match(groupNote({ ...ladder, paid: 1 }, NOW), /没拼成全额退回$/)
  assert.match(myGroupNote({ ...ladder, paid: 3 }, NOW), /^再来 2 人，每份 ¥29.90 · /)
  assert.deepEqual(
    [wantedOf(group), wantedOf({ ...ladder, paid: 3 }), wantedOf({ ...ladder, paid: 5 })],
    [1, 2, 0],
  )
  const made = { ...ladder, state: 'SUCCESS' as const, paid: 3, priceFen: 3290 }
  assert.equal(groupTitle(made), '拼成了，每份 ¥32.90')
  assert.equal(groupNote(made, NOW), '差价按原路退回。店里开始备货，备好会告诉您')
  assert.equal(groupNote({ ...made, priceFen: 3490 }, NOW), '店里开始备货，备好会告诉您')
  assert.equal(nextRung({ rungs, paid: 5 }), null)
  const terms = {
    kind: 'group',
    size: 2,
    hours: 1,
    quietMinutes: 15,
    latePayer: 'refund',
    newOnly: false,
  } as const
  assert.deepEqual(rungsShown(terms, 3490, null), [])
  const stepped = { ...terms, steps: rungs.slice(1) }
  assert.deepEqual(
    rungsShown(stepped, 3490, ladder).map(({ size, state }) => [size, state]),
    [
      [2, 'reached'],
      [3, 'ahead'],
      [5, 'ahead'],
    ],
  )
  assert.ok(rungsShown(stepped, 3490, null).every(({ state }) => state === 'ahead'))
})
test('every seat is drawn, the free ones in their place', () => {
  assert.deepEqual(
    seatsOf({ state: 'OPEN', size: 3, seats: [...seats] }).map(({ no, role }) => [no, role]),
    [
      [1, 'leader'],
      [2, 'free'],
      [3, 'paying'],
    ],
  )
})

test('nobody joins a full group, one that nobody has paid in, or one that is about to end', () => {
  assert.ok(isJoinable(group, NOW))
  for (const other of [
    { free: 0 },
    { paid: 0 },
    { state: 'SUCCESS' as const },
    { joinsUntil: '2026-11-22T12:00:00Z' },
  ])
    assert.ok(!isJoinable({ ...group, ...other }, NOW))
})

test('a group that is over shows who is in it, and no seat to take', () => {
  const seats = [{ no: 2, name: '王*', leader: true, state: 'IN' as const }]
  assert.deepEqual(
    seatsOf({ state: 'SUCCESS', size: 3, seats }).map(({ no, role }) => [no, role]),
    [[2, 'leader']],
  )
  assert.deepEqual(seatsOf({ state: 'FAILED', size: 3, seats: [] }), [])
})
