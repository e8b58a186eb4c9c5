// Groups whose price falls with every step, over every interleaving of what people, the clock and providers do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { members } from '../../src/rooms/campaigns/kinds/group/group.ts'
import type { DeskOrder } from '../../src/rooms/orders/view.ts'
import { refundCounts } from '../../src/rooms/payments/index.ts'
import { refundNumber } from '../../src/rooms/payments/numbers.ts'
import {
  cancel,
  close,
  gather,
  giveBack,
  HOUR,
  linesOf,
  MEMBERS,
  newWorld,
  pay,
  place,
  refundsOf,
  settle,
  sweep,
  type World,
} from './ladder-world.ts'

/** What must be true whatever happened. */
function agrees(world: World): void {
  for (const order of world.view.orders.values()) {
    const refunds = refundsOf(world, order)
    const counted = refunds
      .filter(({ state }) => refundCounts(state))
      .reduce((sum, { amountFen }) => sum + amountFen, 0)
    assert.ok(counted <= order.paidFen, 'never more back than was paid')
    const differences = refunds.filter(({ cause }) => cause === 'group_price')
    assert.ok(differences.length <= 1, 'the difference is sent once')
    const [line] = linesOf(world, order)
    assert.equal(
      differences.reduce((sum, { amountFen }) => sum + amountFen, 0),
      line?.groupBackFen,
    )
    for (const { refundId, attemptId, cause } of differences)
      assert.equal(
        refundNumber({ refundId, attemptId, cause }),
        refundNumber({ refundId: newId(), attemptId, cause }),
        'under a number that does not change',
      )
    if (order.state === 'WAIT_GROUP') assert.equal(line?.groupBackFen, 0, 'nothing before its group is made')
  }
}

/** Pieces that were promised back and whose refund came to nothing: they are asked for again. */
function stillPromised(world: World, order: DeskOrder): number {
  const given = refundsOf(world, order)
    .filter(({ state }) => refundCounts(state))
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  return Math.max(0, (linesOf(world, order)[0]?.promisedQuantity ?? 0) - given)
}

/** Everything comes to its end: groups, one piece of those who have two, refunds that hang, and those that failed are sent again. */
function finish(world: World): void {
  world.at = secondsAfter(world.at, 24 * HOUR)
  for (const order of world.view.orders.values()) if (order.state === 'PENDING_PAY') cancel(world, order)
  for (const group of world.view.groups.values()) close(world, group)
  for (const group of world.view.groups.values()) sweep(world, group)
  for (const group of world.view.groups.values()) sweep(world, group)
  for (const order of world.view.orders.values())
    if (order.state === 'PAID' && linesOf(world, order)[0]?.promisedQuantity === 0)
      giveBack(world, order, 'one of two', [{ lineNo: 1, quantity: 1 }])
  for (const order of world.view.orders.values()) {
    for (let turn = 0; turn < 8 && ['PENDING', 'FAILED'].includes(order.refundState); turn++) {
      for (const refund of refundsOf(world, order))
        if (['PENDING', 'PROCESSING', 'ABNORMAL'].includes(refund.state)) {
          // A person helped what hung.
          if (refund.state === 'ABNORMAL') refund.state = 'PROCESSING'
          settle(world, order, 'SUCCESS')
        }
      if (order.refundState === 'FAILED')
        giveBack(
          world,
          order,
          `again:${turn}`,
          order.state === 'CLOSED_REFUND' ? null : [{ lineNo: 1, quantity: stillPromised(world, order) }],
        )
    }
    assert.ok(!['PENDING', 'FAILED'].includes(order.refundState), `${order.state} ${order.refundState}`)
  }
}
function endsRight(world: World, came: Set<string>): void {
  for (const group of world.view.groups.values()) {
    let keptFen = 0
    let seats = 0
    assert.notEqual(group.state, 'OPEN')
    for (const { orderId, state } of group.seats) {
      const order = world.view.orders.get(orderId) ?? assert.fail()
      const [line] = linesOf(world, order)
      assert.ok(line)
      const back = refundsOf(world, order)
        .filter(({ state: refund }) => refund === 'SUCCESS')
        .flatMap(({ lines }) => lines)
      const pieces = line.quantity - back.reduce((sum, { quantity }) => sum + quantity, 0)
      came.add(`${group.state} ${state}`)
      if (pieces === 1 && line.quantity === 2 && line.groupBackFen > 0) came.add('one of two')
      keptFen += order.paidFen - order.refundedFen
      if (state === 'SUCCESS') seats += pieces
      else assert.equal(order.paidFen, order.refundedFen, `${order.state}: all of it is back`)
      if (state === 'SUCCESS' && pieces === line.quantity) {
        const taken = back.reduce((sum, { pointsTaken }) => sum + pointsTaken, 0)
        assert.equal(
          taken,
          Math.floor((line.earnedPoints * line.groupBackFen) / line.payFen),
          'points at the final price',
        )
      }
    }
    if (group.state === 'SUCCESS') came.add(`at ${group.priceFen}`)
    assert.equal(keptFen, seats * (group.priceFen ?? 0), 'what is kept: pieces at the price of the group')
  }
}

const OFTEN = {
  place: 6,
  buy: 9,
  pay: 3,
  leave: 1,
  timeout: 1,
  close: 2,
  sweep: 3,
  gather: 1,
  settle: 3,
  fail: 1,
  hang: 1,
  pieces: 2,
  later: 2,
}
type Op = keyof typeof OFTEN
const OPS = (Object.keys(OFTEN) as Op[]).flatMap((op) => Array.from({ length: OFTEN[op] }, () => op))
const step = fc.record({ op: fc.constantFrom(...OPS), a: fc.nat(1000), b: fc.nat(1000) })

function live(world: World, { op, a, b }: { op: Op; a: number; b: number }): void {
  if (op === 'later') {
    world.at = secondsAfter(world.at, [60, 600, HOUR, 2 * HOUR][b % 4] ?? 0)
    return
  }
  const groups = [...world.view.groups.values()]
  const group = groups[b % Math.max(1, groups.length)]
  if (op === 'place' || op === 'buy') {
    place(world, MEMBERS[a % MEMBERS.length] ?? '', b, 1 + (a % 2))
    const last = [...world.view.orders.values()].at(-1)
    if (op === 'buy' && last) pay(world, last)
    return
  }
  if (op === 'close' && group) close(world, group)
  if (op === 'sweep' && group) sweep(world, group, a)
  const orders: DeskOrder[] = [...world.view.orders.values()]
  const order = orders[a % Math.max(1, orders.length)]
  if (!order) return
  if (op === 'pay') pay(world, order)
  if (op === 'leave') giveBack(world, order, `leave:${order.id}`, null, { leaves: true })
  if (op === 'timeout') cancel(world, order)
  if (op === 'gather' && order.state !== 'WAIT_GROUP') gather(world, order)
  if (op === 'settle') settle(world, order, 'SUCCESS', b)
  if (op === 'fail') settle(world, order, 'CLOSED', b)
  if (op === 'hang') settle(world, order, 'ABNORMAL', b)
  if (op === 'pieces' && order.state === 'PAID')
    giveBack(world, order, `pieces:${b}`, [{ lineNo: 1, quantity: b % 2 }])
}

test('over any interleaving what is kept of a ladder is its pieces at the price of the step that was reached', () => {
  const came = new Set<string>()
  fc.assert(
    fc.property(
      fc.constantFrom('refund' as const, 'new_group' as const),
      fc.array(step, { maxLength: 70, size: 'max' }),
      (latePayer, steps) => {
        const world = newWorld(latePayer)
        for (const each of steps) {
          live(world, each)
          agrees(world)
        }
        finish(world)
        agrees(world)
        endsRight(world, came)
      },
    ),
    { numRuns: 700 },
  )
  for (const end of [
    'SUCCESS SUCCESS',
    'SUCCESS REFUNDED',
    'FAILED REFUNDED',
    'SUCCESS RELEASED',
    'one of two',
    'at 1001',
    'at 877',
    'at 749',
  ])
    assert.ok(came.has(end), end)
})

/** A group of so many who paid, one piece each, and one more who has not. */
function ladder(paid: number, latePayer: World['latePayer'] = 'refund') {
  const world = newWorld(latePayer)
  for (const memberId of MEMBERS.slice(0, paid + 1)) {
    const before = world.view.orders.size
    place(world, memberId, 0, 1)
    const order = [...world.view.orders.values()][before] ?? assert.fail()
    if (before < paid) pay(world, order)
  }
  const orders = [...world.view.orders.values()]
  const [group] = [...world.view.groups.values()]
  return { world, orders, group: group ?? assert.fail(), last: orders.at(-1) ?? assert.fail() }
}

test('the step that is reached as the time is up decides; told twice, the difference goes back once', () => {
  const { world, orders, group } = ladder(3)
  assert.equal(group.state, 'OPEN')
  world.at = group.expiresAt
  close(world, group)
  assert.deepEqual([group.state, group.priceFen], ['SUCCESS', 877])
  sweep(world, group)
  for (const order of orders.slice(0, 3)) {
    assert.deepEqual(gather(world, order), { kind: 'done' })
    assert.deepEqual(
      refundsOf(world, order).map(({ cause, amountFen, lines }) => [
        cause,
        amountFen,
        lines.map(({ quantity }) => quantity),
      ]),
      [['group_price', 124, [0]]],
    )
    assert.deepEqual([order.state, order.refundState], ['PAID', 'PENDING'])
  }
})

test('a difference that came to nothing is owed, and goes with the next that asks; all of it back is what was paid', () => {
  const { world, orders, group } = ladder(2)
  const [first] = orders
  assert.ok(first)
  group.rungs = [
    { size: 2, priceFen: 1001 },
    { size: 3, priceFen: 877 },
  ]
  const third = orders[2] ?? assert.fail()
  pay(world, third)
  assert.equal(group.state, 'SUCCESS', 'the last step is full')
  sweep(world, group)
  settle(world, first, 'CLOSED')
  assert.equal(first.refundState, 'FAILED')
  giveBack(world, first, 'all of it', null)
  settle(world, first, 'SUCCESS')
  assert.deepEqual([first.state, first.refundState, first.refundedFen], ['CLOSED_REFUND', 'FULL', 1001])
  assert.equal(refundsOf(world, third)[0]?.amountFen, 124)
  giveBack(world, third, 'later', null)
  assert.deepEqual(
    refundsOf(world, third).map(({ amountFen }) => amountFen),
    [124, 877],
    'what is left is the price of the group',
  )
})

test('whoever pays when a ladder is closed leads a group of their own, or has all of it back', () => {
  for (const latePayer of ['refund', 'new_group'] as const) {
    const { world, group, last } = ladder(2, latePayer)
    world.at = group.expiresAt
    close(world, group)
    pay(world, last)
    assert.deepEqual([group.priceFen, members(group).length], [1001, 2], 'the price stands')
    sweep(world, group)
    const own = world.view.groups.get(last.id)
    if (latePayer === 'new_group') assert.deepEqual([own?.state, last.state], ['OPEN', 'WAIT_GROUP'])
    else {
      settle(world, last, 'SUCCESS')
      assert.deepEqual([own, last.state, last.refundState], [undefined, 'CLOSED_REFUND', 'FULL'])
    }
  }
})
