import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  differenceOf,
  endGroup,
  gatherSeat,
  giveBackSeat,
  type Group,
  joinFault,
  members,
  mostOf,
  openGroup,
  type Opening,
  paySeat,
  reached,
  regroup,
  releaseSeat,
  seatOf,
  sizeOf,
  takeSeat,
  taken,
} from './group.ts'

const START = Date.UTC(2026, 10, 23, 2)
const minute = (n: number): Date => new Date(START + n * 60_000)
const opening = (more: Pick<Opening, 'groupId' | 'rungs' | 'latePayer' | 'expiresAt'>): Opening => ({
  campaignId: 'c',
  storeId: 'S01',
  skuId: 'milk',
  quietMinutes: 15,
  ...more,
})

// Any interleaving, with orders, money and goods beside it: what the order desk does with the answers, in a few lines.

interface Bought {
  orderId: string
  memberId: string
  groupId: string
  /** RETURNED: given back after the group was full; its goods are after-sales' to put away. */
  state: 'UNPAID' | 'WAITING' | 'THEIRS' | 'CLOSED' | 'GONE_BACK' | 'RETURNED'
  paidFen: number
  backFen: number
}
interface World {
  groups: Map<string, Group>
  orders: Bought[]
  /** Pieces that the campaign still has. */
  left: number
  at: number
}
const PIECES = 12
const PRICE = 3690

const groupFor = (world: World, groupId: string): Group => {
  const group = world.groups.get(groupId)
  assert.ok(group)
  return group
}
function settleAll(world: World): void {
  for (const order of world.orders) {
    const group = groupFor(world, order.groupId)
    if (order.state !== 'WAITING' || group.state === 'OPEN') continue
    if (group.state === 'SUCCESS' && seatOf(group, order.orderId).state !== 'LATE') {
      gatherSeat(group, order.orderId)
      order.backFen += differenceOf(group)
      order.state = 'THEIRS'
    } else goBack(world, order)
  }
}
function goBack(world: World, order: Bought): void {
  const group = groupFor(world, order.groupId)
  const waited = order.state === 'WAITING'
  giveBackSeat(group, order.orderId, minute(world.at))
  order.backFen = order.paidFen
  order.state = waited ? 'GONE_BACK' : 'RETURNED'
  if (waited) world.left += 1
}

type Wish = {
  verb: 'open' | 'join' | 'pay' | 'time_out' | 'cancel' | 'refund' | 'wait' | 'stop'
  who: number
  which: number
}
const wish: fc.Arbitrary<Wish> = fc.record({
  verb: fc.constantFrom(
    'open',
    'join',
    'join',
    'join',
    'pay',
    'pay',
    'pay',
    'time_out',
    'cancel',
    'refund',
    'wait',
    'stop',
  ),
  who: fc.nat(5),
  which: fc.nat(9),
})

function act(
  world: World,
  rungs: Opening['rungs'],
  latePayer: Opening['latePayer'],
  { verb, who, which }: Wish,
): string {
  const at = minute(world.at)
  const memberId = `m${who}`
  const groups = [...world.groups.values()]
  const order = world.orders[which % Math.max(1, world.orders.length)]
  const sit = (group: Group): string => {
    if (world.left === 0) return 'sold out'
    const orderId = `o${world.orders.length}`
    takeSeat(group, { orderId, memberId, at })
    world.left -= 1
    world.orders.push({ orderId, memberId, groupId: group.groupId, state: 'UNPAID', paidFen: 0, backFen: 0 })
    return verb
  }
  if (verb === 'open') {
    if (world.left === 0) return 'sold out'
    const groupId = `g${groups.length}`
    const group = openGroup(opening({ groupId, rungs, latePayer, expiresAt: minute(world.at + 60) }), {
      memberId,
      at,
    })
    world.groups.set(groupId, group)
    return sit(group)
  }
  if (verb === 'join') {
    const group = groups[which % Math.max(1, groups.length)]
    if (!group) return 'nothing'
    const fault = joinFault(group, { memberId, at })
    return fault ? `join ${fault}` : sit(group)
  }
  if (verb === 'wait' || verb === 'stop') {
    world.at += verb === 'wait' ? which * 5 : 0
    for (const group of groups)
      if (group.state === 'OPEN' && (verb === 'stop' || group.expiresAt <= minute(world.at))) {
        endGroup(group, verb === 'stop' ? 'stop' : 'expire', minute(world.at))
        return `${verb} ${group.state}`
      }
    return verb
  }
  if (!order) return 'nothing'
  const group = groupFor(world, order.groupId)
  if (verb === 'pay' && order.state === 'UNPAID') {
    order.state = 'WAITING'
    order.paidFen = PRICE
    const answer = paySeat(group, order.orderId, at)
    const made =
      answer === 'late' &&
      regroup(group, order.orderId, { groupId: `g${groups.length}`, expiresAt: minute(world.at + 60), at })
    if (made) {
      world.groups.set(made.groupId, made)
      order.groupId = made.groupId
    }
    return made ? 'pay regrouped' : `pay ${answer}`
  }
  if (verb === 'time_out' && order.state === 'UNPAID') {
    releaseSeat(group, order.orderId, at)
    order.state = 'CLOSED'
    world.left += 1
    return verb
  }
  const may =
    verb === 'cancel' ? order.state === 'WAITING' && group.state === 'OPEN' : order.state === 'THEIRS'
  if (verb !== 'time_out' && verb !== 'pay' && may) {
    goBack(world, order)
    return verb
  }
  return 'nothing'
}

function check(world: World): void {
  for (const group of world.groups.values()) {
    const sitting = taken(group)
    assert.ok(sitting.length <= mostOf(group), 'seated never above its size')
    assert.equal(
      new Set(sitting.map(({ memberId }) => memberId)).size,
      sitting.length,
      'one seat for each member',
    )
    assert.equal(new Set(sitting.map(({ no }) => no)).size, sitting.length)
    for (const seat of group.seats) {
      const order = world.orders.find(({ orderId }) => orderId === seat.orderId)
      assert.ok(
        order?.memberId === seat.memberId && order.groupId === group.groupId,
        'no seat without its order',
      )
    }
    if (group.state === 'OPEN') {
      assert.ok(sitting.length > 0, 'somebody is in an open group')
      if (members(group).length > 0)
        assert.ok(
          members(group).some(({ memberId }) => memberId === group.leaderId),
          'its leader is in it',
        )
    }
    if (group.state === 'SUCCESS')
      assert.ok(
        reached(group, group.seats.filter(({ paidAt, state }) => paidAt && state !== 'RELEASED').length),
      )
  }
  const out = world.orders.filter(({ state }) => state !== 'CLOSED' && state !== 'GONE_BACK').length
  assert.equal(world.left + out, PIECES, 'every piece is somewhere')
}

const LADDER = [
  { size: 2, priceFen: PRICE },
  { size: 3, priceFen: 3490 },
]
const PATHS = [
  'open',
  'join',
  'join full',
  'join over',
  'join waits',
  'join too_late',
  'join member_already',
  'pay waits',
  'pay gathered',
  'pay late',
  'pay regrouped',
  'time_out',
  'cancel',
  'refund',
  'wait SUCCESS',
  'wait FAILED',
  'stop FAILED',
]

test('any interleaving of join, pay, time-out, cancel, refund and expiry: every fen and every piece ends where it belongs', () => {
  const came = new Set<string>()
  const live = (wishes: readonly Wish[], ladder: boolean, latePayer: Opening['latePayer']): void => {
    const world: World = { groups: new Map(), orders: [], left: PIECES, at: 0 }
    const rungs = ladder ? LADDER : [{ size: 3, priceFen: PRICE }]
    for (const each of wishes) {
      came.add(act(world, rungs, latePayer, each))
      // What follows from an end comes some time after it.
      if (each.which % 2 === 0) settleAll(world)
      check(world)
    }
    for (const group of world.groups.values())
      if (group.state === 'OPEN') endGroup(group, 'expire', minute(world.at + 999))
    settleAll(world)
    check(world)
    for (const { state, paidFen, backFen, groupId, orderId } of world.orders) {
      const group = groupFor(world, groupId)
      if (state === 'THEIRS')
        assert.equal(paidFen - backFen, group.priceFen, `${orderId} cost what the group came to`)
      else assert.equal(paidFen - backFen, 0, `${orderId} (${state}) has its money`)
      assert.notEqual(state, 'WAITING', 'nobody waits for a group that is over')
      if (state === 'THEIRS') assert.equal(group.state, 'SUCCESS')
    }
    for (const group of world.groups.values()) {
      const kept = world.orders
        .filter(({ groupId }) => groupId === group.groupId)
        .reduce((sum, { paidFen, backFen }) => sum + paidFen - backFen, 0)
      const seats = group.seats.filter(({ state: seat }) => seat === 'SUCCESS').length
      assert.equal(kept, seats * (group.priceFen ?? 0), 'what is kept: its seats at its price')
    }
    for (const group of world.groups.values())
      assert.ok(group.state !== 'SUCCESS' || sizeOf(group) <= group.seats.length)
  }
  const lives = fc.tuple(
    fc.array(wish, { minLength: 10, maxLength: 60 }),
    fc.boolean(),
    fc.constantFrom('refund' as const, 'new_group' as const),
  )
  fc.assert(
    fc.property(lives, (life) => live(...life)),
    { numRuns: 800 },
  )
  for (let more = 0; more < 20 && PATHS.some((path) => !came.has(path)); more++)
    for (const life of fc.sample(lives, 300)) live(...life)
  assert.deepEqual(
    PATHS.filter((path) => !came.has(path)),
    [],
  )
})
