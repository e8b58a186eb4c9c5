import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupTitle, isJoinable, seatsOf } from './groups.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const group = { state: 'OPEN', size: 3, paid: 2, free: 1, joinsUntil: '2026-11-22T13:00:00Z' } as const
const seats = [
  { no: 1, name: '王**', leader: true, state: 'IN' },
  { no: 3, name: '赵*', leader: false, state: 'PAYING' },
] as const

test('a group says how many are missing, counting only who has paid', () => {
  assert.equal(groupTitle(group), '还差 1 位邻居就成团')
  assert.equal(groupTitle({ ...group, paid: 0 }), '团长还没付款')
  assert.equal(groupTitle({ ...group, state: 'FAILED' }), '没拼成，钱全额退回')
})
test('every seat is drawn, the free ones in their place', () => {
  assert.deepEqual(
    seatsOf({ size: 3, seats: [...seats] }).map(({ no, role }) => [no, role]),
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
