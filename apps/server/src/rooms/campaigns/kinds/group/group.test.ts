import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  arriveSeat,
  differenceOf,
  endGroup,
  gatherSeat,
  giveBackSeat,
  type Group,
  joinFault,
  joinsUntil,
  members,
  openGroup,
  type Opening,
  paySeat,
  regroup,
  releaseSeat,
  takeSeat,
} from './group.ts'
import { GROUP_MOVES, GROUP_STATES, groupMove, SEAT_MOVES, SEAT_STATES, seatMove } from './states.ts'

const START = Date.UTC(2026, 10, 23, 2)
const minute = (n: number): Date => new Date(START + n * 60_000)
const opening = (more: Partial<Opening> = {}): Opening => ({
  groupId: 'g',
  campaignId: 'c',
  storeId: 'S01',
  skuId: 'milk',
  rungs: [{ size: 3, priceFen: 3490 }],
  latePayer: 'refund',
  quietMinutes: 15,
  expiresAt: minute(120),
  ...more,
})
/** A group that `a` opened; those of `names` sit in it, in that order, a minute apart; who is capital has paid. */
function groupOf(names: string, more: Partial<Opening> = {}): Group {
  const group = openGroup(opening(more), { memberId: 'a', at: minute(0) })
  for (const [i, name] of names.split('').entries()) {
    const memberId = name.toLowerCase()
    takeSeat(group, { orderId: `order-${memberId}`, memberId, at: minute(i) })
    if (name !== memberId) paySeat(group, `order-${memberId}`, minute(i))
  }
  return group
}

test('the tables: every state can be reached, and none leaves its end', () => {
  for (const [states, moves, ends] of [
    [GROUP_STATES, GROUP_MOVES, ['SUCCESS', 'FAILED']],
    [SEAT_STATES, SEAT_MOVES, ['REFUNDED', 'RELEASED']],
  ] as const) {
    const seen = new Set<string>()
    for (let before = -1; before < seen.size;) {
      before = seen.size
      for (const { from, to } of moves) if (from === null || seen.has(from)) seen.add(to)
    }
    assert.deepEqual([...seen].sort(), [...states].sort())
    for (const end of ends) assert.ok(!moves.some(({ from }) => from === end), end)
  }
  assert.equal(groupMove('SUCCESS', 'expire'), undefined)
  assert.equal(seatMove('SEATED', 'give_back'), undefined)
})

test('domain 2.3: a seat is taken when the order is placed, and free again when it is not paid in time', () => {
  const group = groupOf('Abc')
  assert.equal(joinFault(group, { memberId: 'd', at: minute(5) }), 'full')
  releaseSeat(group, 'order-b', minute(15))
  assert.equal(joinFault(group, { memberId: 'd', at: minute(16) }), undefined)
  assert.equal(takeSeat(group, { orderId: 'order-d', memberId: 'd', at: minute(16) }).no, 2)
})

test('domain 2.3: one seat for each member, nobody in the last minutes, and nobody before somebody has paid', () => {
  const at = minute(5)
  assert.equal(joinFault(groupOf('Ab'), { memberId: 'a', at }), 'member_already')
  assert.equal(joinFault(groupOf('a'), { memberId: 'b', at }), 'waits')
  const group = groupOf('A')
  assert.deepEqual(joinsUntil(group), minute(105))
  assert.equal(joinFault(group, { memberId: 'b', at: minute(104) }), undefined)
  assert.equal(joinFault(group, { memberId: 'b', at: minute(105) }), 'too_late')
  assert.equal(joinFault(groupOf('ABC'), { memberId: 'd', at }), 'over')
  // Who gave their seat up may have one again.
  giveBackSeat(group, 'order-a', at)
  assert.equal(group.state, 'FAILED')
})

test('domain 2.3: a leader who leaves hands over to the earliest who paid; a group that nobody is left in is over', () => {
  const group = groupOf('AbC', { rungs: [{ size: 4, priceFen: 3490 }] })
  paySeat(group, 'order-b', minute(9))
  giveBackSeat(group, 'order-a', minute(10))
  assert.deepEqual([group.leaderId, group.state], ['c', 'OPEN'])
  giveBackSeat(group, 'order-c', minute(11))
  assert.equal(group.leaderId, 'b')
  const waiting = groupOf('Ab')
  giveBackSeat(waiting, 'order-a', minute(4))
  assert.deepEqual([waiting.leaderId, waiting.state], [null, 'OPEN'])
  paySeat(waiting, 'order-b', minute(5))
  assert.equal(waiting.leaderId, 'b')
  giveBackSeat(waiting, 'order-b', minute(6))
  assert.deepEqual([waiting.state, waiting.why, waiting.endedAt], ['FAILED', 'empty', minute(6)])
})

test('domain 2.3: the last payment makes it; after that somebody may go and the others keep theirs', () => {
  const group = groupOf('ABc')
  assert.equal(paySeat(group, 'order-c', minute(5)), 'gathered')
  assert.deepEqual([group.state, group.priceFen], ['SUCCESS', 3490])
  for (const { orderId } of group.seats) gatherSeat(group, orderId)
  giveBackSeat(group, 'order-b', minute(60))
  assert.deepEqual([group.state, members(group).length], ['SUCCESS', 2], 'and does not count them any more')
  arriveSeat(group, 'order-b')
  assert.equal(group.seats[1]?.state, 'REFUNDED')
})

test('domain 2.3: a late payer gets a new group where the terms say so and time is left, else the money back', () => {
  const late = (latePayer: 'refund' | 'new_group', why: 'expire' | 'stop' = 'expire') => {
    const group = groupOf('Ab', { latePayer })
    endGroup(group, why, minute(120))
    assert.equal(paySeat(group, 'order-b', minute(121)), 'late')
    return {
      group,
      made: regroup(group, 'order-b', { groupId: 'h', expiresAt: minute(240), at: minute(121) }),
    }
  }
  assert.equal(late('refund').made, undefined)
  assert.equal(late('new_group', 'stop').made, undefined)
  const { group, made } = late('new_group')
  assert.deepEqual([made?.groupId, made?.leaderId, made?.state], ['h', 'b', 'OPEN'])
  assert.deepEqual(made && members(made).map(({ orderId, no }) => [orderId, no]), [['order-b', 1]])
  assert.deepEqual(
    group.seats.map(({ memberId }) => memberId),
    ['a'],
  )
  assert.equal(
    regroup(groupOf('Ab', { latePayer: 'new_group' }), 'order-b', {
      groupId: 'h',
      expiresAt: minute(10),
      at: minute(1),
    }),
    undefined,
    'too little of the campaign is left',
  )
})

test('whoever pays when the group is over is not counted, made or not: a group of their own, or the money back', () => {
  const rungs = [
    { size: 2, priceFen: 3690 },
    { size: 3, priceFen: 3490 },
  ]
  const made = (latePayer: 'refund' | 'new_group') => {
    const group = groupOf('ABc', { rungs, latePayer })
    endGroup(group, 'expire', minute(120))
    assert.equal(paySeat(group, 'order-c', minute(120)), 'late')
    assert.deepEqual([group.priceFen, members(group).length], [3690, 2], 'the price stands')
    assert.throws(() => gatherSeat(group, 'order-c'), /cannot gather/)
    return group
  }
  const group = made('refund')
  giveBackSeat(group, 'order-c', minute(121))
  assert.deepEqual(
    group.seats.map(({ state }) => state),
    ['PAID', 'PAID', 'REFUNDING'],
  )
  const led = regroup(made('new_group'), 'order-c', {
    groupId: 'h',
    expiresAt: minute(240),
    at: minute(121),
  })
  assert.deepEqual(
    [led?.leaderId, led?.priceFen, led && members(led).map(({ state }) => state)],
    ['c', null, ['PAID']],
  )
})

test('domain 2.3: a ladder ends on the rung that was reached, at once on the last', () => {
  const rungs = [
    { size: 2, priceFen: 3690 },
    { size: 3, priceFen: 3490 },
    { size: 5, priceFen: 2990 },
  ]
  const ended = (names: string) => {
    const group = groupOf(names, { rungs })
    if (group.state === 'OPEN') endGroup(group, 'expire', minute(120))
    return [group.state, group.priceFen, differenceOf(group), group.endedAt]
  }
  assert.deepEqual(ended('Ab'), ['FAILED', null, 0, minute(120)])
  assert.deepEqual(ended('AB'), ['SUCCESS', 3690, 0, minute(120)])
  assert.deepEqual(ended('ABCDe'), ['SUCCESS', 3490, 200, minute(120)])
  assert.deepEqual(ended('ABCDE'), ['SUCCESS', 2990, 700, minute(4)])
  const stopped = groupOf('AB', { rungs })
  endGroup(stopped, 'stop', minute(9))
  assert.equal(stopped.state, 'FAILED')
})
