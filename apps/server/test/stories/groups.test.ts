import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Goods, goodsOf } from '../campaigns.ts'
import { bind, promoter, sumsOf, TERMS as COMMISSION_TERMS } from '../commissions.ts'
import { groupCampaign, groupOf, payFor, sit } from '../groups.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let clerk: LinliApi
let goods: Goods[]
let people: Shopper[]
before(async () => {
  world = await openWorld({ onHand: 60 })
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 6 }, (_, i) => world.member(`neighbour-${i}`)))
})
after(() => world.close())
let next = 0
let sku: Goods
beforeEach(async () => {
  // Hours pass in these stories, and a session of staff ends.
  hq = await world.staff('hq')
  sku = goods[next++ % goods.length] ?? assert.fail()
})

const person = (i: number): Shopper => people[i] ?? assert.fail()
const stateOf = async ({ api }: Shopper, orderId: string) =>
  (await api('GET /v1/orders/:orderId', { params: { orderId } })).state
const shown = (groupId: string) => world.api('GET /v1/groups/:groupId', { params: { groupId } })
const figures = (campaignId: string) =>
  hq('GET /console/v1/campaigns/:campaignId/groups', { params: { campaignId } })
const settled = async (of: readonly (readonly [Shopper, string])[], state: string) => {
  await world.sweep('orders.groups')
  await until(async () => {
    await world.sweep('payments.refunds')
    const states = await Promise.all(
      of.map(([who, id]) => who.api('GET /v1/orders/:orderId', { params: { orderId: id } })),
    )
    return states.every(
      (order) => order.state === state && (state === 'PAID' || order.refundState === 'FULL'),
    )
  }, `orders ${state}`)
}
/** Somebody opens a group and pays; the others join and pay. */
async function gathered(campaignId: string, who: readonly Shopper[]): Promise<[Shopper, string][]> {
  const orders: [Shopper, string][] = []
  let groupId: string | undefined
  for (const each of who) {
    const { id } = await sit(each, campaignId, sku, groupId)
    await payFor(world, each, id)
    groupId ??= (await groupOf(each)).id
    orders.push([each, id])
  }
  return orders
}

test('domain 2.3: three neighbours make a group, and only then it is packed, handed over, and to be asked back', async () => {
  const campaignId = await groupCampaign(world, hq, sku, { perMember: 2 })
  const [a, b, c] = [person(0), person(1), person(2)]
  const first = await sit(a, campaignId, sku, undefined, { lines: [{ skuId: sku.skuId, quantity: 2 }] })
  assert.equal(first.totalFen, 2 * (sku.priceFen - 50))
  const { id: groupId } = await groupOf(a)
  await refused(sit(b, campaignId, sku, groupId), 'groups.waits_for_leader')
  await payFor(world, a, first.id)
  const joinable = await world.api('GET /v1/campaigns/:campaignId/groups', {
    params: { campaignId },
    query: { storeId: 'S01' },
  })
  assert.deepEqual(
    joinable.items.map(({ id, paid, free }) => [id, paid, free]),
    [[groupId, 1, 2]],
  )
  const second = await sit(b, campaignId, sku, groupId)
  await payFor(world, b, second.id)
  await refused(sit(b, campaignId, sku, groupId), 'groups.member_already')
  assert.equal(await stateOf(a, first.id), 'WAIT_GROUP')

  // Paid, and nobody in the store knows of it.
  const params = { orderId: first.id }
  await refused(clerk('POST /staff/v1/orders/:orderId/readiness', { params }), 'orders.waits_for_group')
  const waiting = await clerk('GET /staff/v1/stores/:storeId/pickups', {
    params: { storeId: 'S01' },
    query: {},
  })
  assert.ok(!waiting.items.some(({ orderId }) => orderId === first.id))
  await refused(a.api('GET /v1/orders/:orderId/pickup-code', { params }), 'fulfilment.no_code')
  await refused(
    hq('POST /console/v1/orders/:orderId/refunds', {
      params,
      body: {
        idempotencyKey: 'part-of-a-seat',
        lines: [{ lineNo: 1, quantity: 1 }],
        expectFen: first.totalFen / 2,
        reason: '试试',
      },
    }),
    'orders.waits_for_group',
  )

  await world.sweep('messages.groups')
  const third = await sit(c, campaignId, sku, groupId)
  await refused(sit(person(3), campaignId, sku, groupId), 'groups.full')
  await payFor(world, c, third.id)
  await world.sweep('orders.groups')
  for (const [who, id] of [
    [a, first.id],
    [b, second.id],
    [c, third.id],
  ] as const)
    assert.equal(await stateOf(who, id), 'PAID')
  const full = await shown(groupId)
  assert.deepEqual(
    [full.state, full.paid, full.seats.map(({ leader, state }) => [leader, state])],
    [
      'SUCCESS',
      3,
      [
        [true, 'IN'],
        [false, 'IN'],
        [false, 'IN'],
      ],
    ],
  )
  assert.ok(
    full.seats.every(({ name }) => name.includes('*')),
    'names are masked',
  )
  await clerk('POST /staff/v1/orders/:orderId/readiness', { params })
  await world.sweep('messages.groups')
  const told = await a.api('GET /v1/messages', { query: {} })
  assert.deepEqual(
    told.items.map(({ kind }) => kind).filter((kind) => kind.startsWith('group.')),
    ['group.gathered', 'group.one_left'],
  )
  const stranger = await person(5).api('GET /v1/messages', { query: {} })
  assert.ok(!stranger.items.some(({ kind }) => kind.startsWith('group.')), 'nobody outside is told')

  // Somebody goes after that: the others keep theirs, and the page does not count who went.
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: second.id },
    body: { idempotencyKey: 'gone-after-it', expectFen: second.totalFen, reason: '不想要了' },
  })
  await settled([[b, second.id]], 'CLOSED_REFUND')
  const after = await shown(groupId)
  assert.deepEqual([after.state, after.paid, after.seats.length], ['SUCCESS', 2, 2])
  assert.equal(await stateOf(c, third.id), 'PAID')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.3: a group that fails gives everybody all of it back: money, goods, and their part of the limit', async () => {
  const campaignId = await groupCampaign(world, hq, sku)
  const before = await levelOf(world, sku.skuId)
  const orders = await gathered(campaignId, [person(0), person(1)])
  const { id: groupId } = await groupOf(person(0))
  await world.advance(2 * 3600)
  await settled(orders, 'CLOSED_REFUND')
  assert.equal((await shown(groupId)).state, 'FAILED')
  assert.equal((await groupOf(person(0))).seat, 'REFUNDED')
  assert.deepEqual(await levelOf(world, sku.skuId), before)
  const { open, failed, refunded, refundedFen } = await figures(campaignId)
  assert.deepEqual([open, failed, refunded, refundedFen], [0, 1, 2, 2 * (sku.priceFen - 50)])
  // Asked again, nothing goes twice.
  await world.sweep('orders.groups')
  assert.equal((await figures(campaignId)).refundedFen, refundedFen)
  await sit(person(0), campaignId, sku)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.3: the leader leaves, the earliest who paid leads; the last one leaves, and the group is over', async () => {
  const campaignId = await groupCampaign(world, hq, sku)
  const orders = await gathered(campaignId, [person(0), person(1)])
  const { id: groupId } = await groupOf(person(0))
  const cancel = ([who, orderId]: [Shopper, string]) =>
    who.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: { reason: '不想要了' } })
  const [mine, other] = [orders[0] ?? assert.fail(), orders[1] ?? assert.fail()]
  const closed = await cancel(mine)
  assert.deepEqual([closed.state, closed.events.at(-1)?.by], ['CLOSED_REFUND', 'member'])
  const group = await shown(groupId)
  assert.deepEqual(
    [group.state, group.paid, group.seats.map(({ leader, no }) => [leader, no])],
    ['OPEN', 1, [[true, 2]]],
  )
  await refused(cancel(mine), 'orders.not_cancellable')
  await cancel(other)
  assert.equal((await shown(groupId)).state, 'FAILED')
  await settled(orders, 'CLOSED_REFUND')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.3: a seat that is not paid in time is free again; nobody joins in the last minutes', async () => {
  const campaignId = await groupCampaign(world, hq, sku, { terms: { size: 2, hours: 1 } })
  const [mine] = await gathered(campaignId, [person(0)])
  const { id: groupId } = await groupOf(person(0))
  const idle = await sit(person(1), campaignId, sku, groupId)
  await refused(sit(person(2), campaignId, sku, groupId), 'groups.full')
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  assert.equal(await stateOf(person(1), idle.id), 'CANCELLED')
  assert.equal((await shown(groupId)).free, 1)
  await world.advance(36 * 60)
  await refused(sit(person(2), campaignId, sku, groupId), 'groups.too_late')
  await world.advance(15 * 60)
  await settled([mine ?? assert.fail()], 'CLOSED_REFUND')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.3: old brings new: who joins has bought nothing yet, who opens may have', async () => {
  const campaignId = await groupCampaign(world, hq, sku, { terms: { newOnly: true } })
  await gathered(campaignId, [person(0)])
  const { id: groupId } = await groupOf(person(0))
  await refused(sit(person(1), campaignId, sku, groupId), 'groups.only_new')
  const fresh = await world.member('neighbour-new')
  assert.ok((await sit(fresh, campaignId, sku, groupId)).id)
})

test('an emergency stop fails open groups, and their money goes back', async () => {
  const campaignId = await groupCampaign(world, hq, sku)
  const orders = await gathered(campaignId, [person(0), person(1)])
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '货有问题' },
  })
  await settled(orders, 'CLOSED_REFUND')
  assert.equal((await figures(campaignId)).failed, 1)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('terms that do not hold together are refused field by field', async () => {
  const wrong = await refused(
    groupCampaign(world, hq, sku, {
      payMinutes: 20,
      terms: { quietMinutes: 20, hours: 48, size: 20 },
      endsAt: new Date(world.clock.now().getTime() + 86_400_000).toISOString(),
      perMember: 2,
    }),
    'campaigns.unsound',
  )
  const fields = (wrong.data as { faults: { code: string }[] }).faults.map(({ code }) => code)
  assert.deepEqual(fields.sort(), ['below_group', 'longer_than_campaign', 'quiet_too_short'])
})

test('domain 2.5 归因 · an order of a group brings its promoter a share as the group is made, and none before', async () => {
  await hq('POST /console/v1/commission-terms', { body: COMMISSION_TERMS })
  const who = await promoter(hq, await world.member('promoter-of-groups'))
  await bind(person(0), who)
  const campaignId = await groupCampaign(world, hq, sku, { terms: { size: 2 } })
  const pending = async () => {
    await world.sweep('commissions.orders')
    return (await sumsOf(who)).pendingFen
  }
  const [first] = await gathered(campaignId, [person(0)])
  assert.equal(await pending(), 0, 'it may still fail')
  const { id: groupId } = await groupOf(person(0))
  const { id } = await sit(person(1), campaignId, sku, groupId)
  await payFor(world, person(1), id)
  assert.ok(first)
  await settled([first], 'PAID')
  assert.equal(await pending(), Math.floor((sku.priceFen - 50) / 20))
})

test('domain 2.3 暂停: no time of a group runs out while its campaign is paused; once it goes on an hour to join is left, and its end is its end', async () => {
  // The goods are those of the first story again, whose campaign is over by then.
  await world.advance(4 * 86_400)
  await world.sweep('campaigns.turn')
  hq = await world.staff('hq')
  const campaignId = await groupCampaign(world, hq, sku)
  const params = { campaignId }
  const pause = async () =>
    (await world.staff('hq'))('POST /console/v1/campaigns/:campaignId/pause', {
      params,
      body: { reason: '价格要查一下' },
    })
  const [a, b, c] = [person(0), person(1), person(2)]
  const { id: first } = await sit(a, campaignId, sku)
  await payFor(world, a, first)
  const { id: groupId } = await groupOf(a)
  await pause()
  await world.advance(3 * 3600)
  await world.sweep('orders.groups')
  assert.equal((await shown(groupId)).state, 'OPEN')
  await refused(sit(b, campaignId, sku, groupId), 'campaigns.paused')
  await (
    await world.staff('hq')
  )('POST /console/v1/campaigns/:campaignId/resumption', { params })
  await world.advance(59 * 60)
  await world.sweep('orders.groups')
  const { id: second } = await sit(b, campaignId, sku, groupId)
  await payFor(world, b, second)
  const { id: third } = await sit(c, campaignId, sku, groupId)
  await payFor(world, c, third)
  await settled(
    [
      [a, first],
      [b, second],
      [c, third],
    ],
    'PAID',
  )

  // Another group of it, and the campaign ends while it is paused.
  const [d] = [person(3)]
  const { id: alone } = await sit(d, campaignId, sku)
  await payFor(world, d, alone)
  await pause()
  await world.advance(3 * 86_400)
  await world.sweep('campaigns.turn')
  await settled([[d, alone]], 'CLOSED_REFUND')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('the desk turns over the groups of its stores: who leads, how far, until when, and whose orders', async () => {
  // The campaigns of the stories before are over.
  await world.advance(3 * 86_400)
  await world.sweep('campaigns.turn')
  hq = await world.staff('hq')
  const priceFen = sku.priceFen - 50
  const quotas = ['S01', 'S02'].map((storeId) => ({ storeId, quota: 20 }))
  const campaignId = await groupCampaign(world, hq, sku, { items: [{ skuId: sku.skuId, priceFen, quotas }] })
  const full = await gathered(campaignId, [person(0), person(1), person(2)])
  await world.advance(60)
  const open = await gathered(campaignId, [person(3), person(4)])
  await settled(full, 'PAID')
  const params = { campaignId }
  const list = (query: object, staff = hq) =>
    staff('GET /console/v1/campaigns/:campaignId/group-list', { params, query })
  const all = await list({})
  assert.deepEqual(
    all.items.map(({ storeId, state, size, most, paid, reached, endedAt }) => [
      [storeId, state, size, most, paid, endedAt === null],
      reached,
    ]),
    [
      [['S01', 'OPEN', 3, 3, 2, true], null],
      [['S01', 'SUCCESS', 3, 3, 3, false], { size: 3, priceFen }],
    ],
  )
  assert.deepEqual([all.total, all.counts], [2, { OPEN: 1, SUCCESS: 1, FAILED: 0 }])
  assert.ok(all.items.every(({ leader }) => leader?.customer.includes('*')))
  const [waits, made] = all.items
  assert.ok(waits && made)
  const ids = async (query: object) => (await list(query)).items.map(({ id }) => id)
  assert.deepEqual(await ids({ state: 'SUCCESS' }), [made.id])
  assert.deepEqual(await ids({ limit: 1, page: 2 }), [made.id])
  assert.deepEqual(await ids({ storeId: 'S02' }), [])

  const seats = await hq('GET /console/v1/groups/:groupId/seats', { params: { groupId: waits.id } })
  assert.deepEqual(
    seats.items.map(({ orderId, leader, state, paidFen }) => [orderId, leader, state, paidFen]),
    open.map(([, orderId], i) => [orderId, i === 0, 'PAID', priceFen]),
  )
  assert.ok(seats.items.every(({ customer }) => customer.includes('*')))

  await world.advance(2 * 3600)
  await settled(open, 'CLOSED_REFUND')
  const [failed] = (await list({ state: 'FAILED' })).items
  assert.deepEqual([failed?.id, failed?.paid, failed?.reached], [waits.id, 2, null])
  assert.deepEqual(failed?.leader, waits.leader)
  const back = await hq('GET /console/v1/groups/:groupId/seats', { params: { groupId: waits.id } })
  assert.ok(back.items.every(({ state, refundedFen }) => state === 'REFUNDED' && refundedFen === priceFen))

  const other = await world.staff('s02')
  const theirs = await list({}, other)
  assert.deepEqual([theirs.items, theirs.counts], [[], { OPEN: 0, SUCCESS: 0, FAILED: 0 }])
  await refused(list({ storeId: 'S01' }, other), 'staff.out_of_scope')
  await refused(
    other('GET /console/v1/groups/:groupId/seats', { params: { groupId: waits.id } }),
    'staff.out_of_scope',
  )
  await refused(
    hq('GET /console/v1/groups/:groupId/seats', { params: { groupId: campaignId } }),
    'groups.missing',
  )
})
