// Groups whose price falls with every step, and the money of whoever came too late or whose group failed, whatever the provider does.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { type Goods, goodsOf } from '../campaigns.ts'
import { bind, promoter, sumsOf, TERMS as COMMISSION_TERMS } from '../commissions.ts'
import { groupCampaign, groupOf, ladderOf, payFor, sit } from '../groups.ts'
import { only, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { balance, stored } from '../stored-value.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let goods: Goods[]
let people: Shopper[]
before(async () => {
  world = await openWorld({ onHand: 90 })
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
const orderOf = ({ api }: Shopper, orderId: string) => api('GET /v1/orders/:orderId', { params: { orderId } })
const shown = (groupId: string) => world.api('GET /v1/groups/:groupId', { params: { groupId } })
/** So that others may sell the same goods later. */
const inThreeHours = (): string => secondsAfter(world.clock.now(), 3 * 3600).toISOString()
type Seat = readonly [Shopper, string]
/** Somebody opens a group and pays; the others join and pay. */
async function paidSeats(campaignId: string, who: readonly Shopper[], into?: string) {
  const seats: Seat[] = []
  let groupId = into
  for (const each of who) {
    const { id } = await sit(each, campaignId, sku, groupId)
    await payFor(world, each, id)
    groupId ??= (await groupOf(each)).id
    seats.push([each, id])
  }
  return { seats, groupId: groupId ?? assert.fail() }
}
/** Works groups and refunds until these orders stand so. */
async function settled(seats: readonly Seat[], state: string, refundState: string): Promise<void> {
  await until(async () => {
    await world.sweep('orders.groups')
    await world.sweep('payments.refunds')
    const orders = await Promise.all(seats.map((seat) => orderOf(...seat)))
    if (orders.every((order) => order.state === state && order.refundState === refundState)) return true
    // What could not be settled at once, or was not answered, is looked at again some seconds later.
    await world.advance(5)
    return false
  }, `orders ${state} ${refundState}`)
}
const refundsOf = (orderId: string) =>
  rows<{ cause: string; fen: number; state: string; no: string }>(
    world,
    'select cause, amount_fen as fen, state, out_refund_no as no from refund where order_id = $1 order by created_at, id',
    [orderId],
  )
const tradeOf = async (orderId: string): Promise<string> => {
  const { no } = await only<{ no: string }>(
    world,
    'select out_trade_no as no from payment_attempt where order_id = $1',
    [orderId],
  )
  return no
}

test('a ladder: as the time is up the step that was reached is everybody’s price, and the difference is back once', async () => {
  await hq('POST /console/v1/commission-terms', { body: COMMISSION_TERMS })
  const who = await promoter(hq, await world.member('promoter-of-ladders'))
  await bind(person(0), who)
  const first = sku.priceFen - 50
  const campaignId = await groupCampaign(world, hq, sku, { terms: ladderOf(sku), endsAt: inThreeHours() })
  const { rules } = await world.api('GET /v1/campaigns/:campaignId', {
    params: { campaignId },
    query: { storeId: 'S01' },
  })
  assert.match(rules.find(({ title }) => title === '阶梯价')?.words ?? '', /满 3 人每件.*满 5 人当场拼成/)
  const { seats, groupId } = await paidSeats(campaignId, [person(0), person(1), person(2)])
  const idle = await sit(person(3), campaignId, sku, groupId)
  const open = await shown(groupId)
  assert.deepEqual(
    [open.state, open.paid, open.free, open.priceFen, open.rungs.map(({ size }) => size)],
    ['OPEN', 3, 1, null, [2, 3, 5]],
  )
  await world.advance(2 * 3600)
  await settled(seats, 'PAID', 'PARTIAL')
  const made = await shown(groupId)
  assert.deepEqual([made.state, made.priceFen], ['SUCCESS', first - 10])
  assert.equal((await orderOf(person(3), idle.id)).state, 'CANCELLED')
  for (const [shopper, orderId] of seats) {
    const { totalFen, refundedFen, lines } = await orderOf(shopper, orderId)
    assert.deepEqual([totalFen, refundedFen, lines[0]?.groupBackFen], [first, 10, 10])
    const trade = await tradeOf(orderId)
    assert.deepEqual(await refundsOf(orderId), [
      { cause: 'group_price', fen: 10, state: 'SUCCESS', no: `G${trade}` },
    ])
  }
  await world.sweep('commissions.orders')
  assert.equal((await sumsOf(who)).pendingFen, Math.floor((first - 10) / 20), 'of what is kept')
  assert.equal(
    (
      await only<{ fen: number }>(
        world,
        'select base_fen as fen from commission_line l where order_id = $1 and depth = 1',
        [seats[0]?.[1]],
      )
    ).fen,
    first - 10,
  )
  const sums = await hq('GET /console/v1/campaigns/:campaignId/groups', { params: { campaignId } })
  assert.deepEqual(
    [sums.succeeded, sums.refundedFen, sums.reached],
    [1, 0, [{ size: 3, priceFen: first - 10, groups: 1 }]],
  )

  // Asked again nothing goes twice; who gives everything back later has what is left.
  await world.sweep('orders.groups')
  const [, second] = seats
  assert.ok(second)
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: second[1] },
    body: { idempotencyKey: 'gone-after-it', expectFen: first - 10, reason: '不想要了' },
  })
  await world.advance(61)
  await settled([second], 'CLOSED_REFUND', 'FULL')
  assert.deepEqual(
    (await refundsOf(second[1])).map(({ cause, fen }) => [cause, fen]),
    [
      ['group_price', 10],
      ['order', first - 10],
    ],
  )
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('the last step that is full makes the group at once; on the first step nothing goes back', async () => {
  const first = sku.priceFen - 50
  const steps = [{ size: 3, priceFen: first - 20 }]
  const campaignId = await groupCampaign(world, hq, sku, {
    terms: { size: 2, steps },
    endsAt: inThreeHours(),
  })
  const full = await paidSeats(campaignId, [person(0), person(1), person(2)])
  assert.equal((await shown(full.groupId)).priceFen, first - 20)
  await refused(sit(person(3), campaignId, sku, full.groupId), 'groups.over')
  await settled(full.seats, 'PAID', 'PARTIAL')
  const two = await paidSeats(campaignId, [person(3), person(4)])
  await world.advance(2 * 3600)
  await settled(two.seats, 'PAID', 'NONE')
  for (const [, orderId] of two.seats) assert.deepEqual(await refundsOf(orderId), [])
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('paid with stored value the difference is there at once; of two tenders the one paid last gives it back first', async () => {
  const first = sku.priceFen - 50
  const steps = [{ size: 3, priceFen: first - 20 }]
  const campaignId = await groupCampaign(world, hq, sku, {
    terms: { size: 2, steps },
    endsAt: inThreeHours(),
  })
  const [rich, mixed] = [await world.member('all-stored'), await world.member('part-stored')]
  for (const who of [rich, mixed]) await stored(world, who, 10_000)
  const all = await sit(rich, campaignId, sku, undefined, { useStoredValue: first })
  const { id: groupId } = await groupOf(rich)
  const part = await sit(mixed, campaignId, sku, groupId, { useStoredValue: first - 5 })
  await payFor(world, mixed, part.id)
  const last = await paidSeats(campaignId, [person(5)], groupId)
  await world.advance(1)
  await settled([[rich, all.id], [mixed, part.id], ...last.seats], 'PAID', 'PARTIAL')
  assert.deepEqual(await balance(rich), [10_000 - first + 20, 0])
  assert.deepEqual(
    (await refundsOf(part.id))
      .map(({ cause, fen }) => [cause, fen])
      .sort((a, b) => Number(a[1]) - Number(b[1])),
    [
      ['group_price', 5],
      ['group_price', 15],
    ],
  )
  assert.deepEqual(await balance(mixed), [10_000 - (first - 5) + 15, 0])
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('a ladder that does not rise, that is not cheaper, of many goods or too few pieces is not scheduled', async () => {
  const first = sku.priceFen - 50
  const other = goods.find(({ skuId }) => skuId !== sku.skuId) ?? assert.fail()
  const faultsOf = async (over: Parameters<typeof groupCampaign>[3]) => {
    const { data } = await refused(groupCampaign(world, hq, sku, over), 'campaigns.unsound')
    return (data as { faults: { field: string; code: string }[] }).faults.map(
      ({ field, code }) => `${field} ${code}`,
    )
  }
  const wrong = [
    { size: 3, priceFen: first },
    { size: 3, priceFen: first - 1 },
  ]
  assert.deepEqual(await faultsOf({ terms: { steps: wrong } }), [
    'terms/steps/0/size step_not_larger',
    'terms/steps/0/priceFen step_not_cheaper',
    'terms/steps/1/size step_not_larger',
  ])
  const items = [sku, other].map(({ skuId, priceFen }) => ({
    skuId,
    priceFen: priceFen - 50,
    quotas: [{ storeId: 'S01', quota: 20 }],
  }))
  const steps = [{ size: 21, priceFen: first - 1 }]
  assert.ok(
    (await faultsOf({ items, terms: { steps: [{ size: 4, priceFen: 1 }] } })).includes(
      'terms/steps ladder_of_many',
    ),
  )
  assert.deepEqual(await faultsOf({ terms: { steps } }), ['items/0/quotas/0/quota below_group'])
})
