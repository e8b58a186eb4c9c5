import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import {
  campaign,
  type CampaignInput,
  campaignOf,
  flashOrder,
  type Goods,
  goodsOf,
  orderIn,
} from '../campaigns.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const STORE = 'S01'
let world: World
let hq: LinliApi
let goods: Goods[]
let crowd: Shopper[]
let turn = 0
let sku: Goods

before(async () => {
  world = await openWorld({ onHand: 30 })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => world.member(`flash-${i}`)))
})
after(() => world.close())
beforeEach(() => {
  sku = goods[turn % goods.length] ?? assert.fail()
  turn++
})

const person = (i: number): Shopper => crowd[i] ?? assert.fail()
const inMinutes = (minutes: number): string => secondsAfter(world.clock.now(), minutes * 60).toISOString()
const sale = (over: Partial<CampaignInput> = {}): Promise<string> =>
  campaign(world, hq, campaignOf(world, sku, over))
const enter = ({ api, memberId }: Pick<Shopper, 'api' | 'memberId'>, campaignId: string) =>
  api('POST /v1/campaigns/:campaignId/entries', {
    params: { campaignId },
    body: { storeId: STORE, skuId: sku.skuId, device: `telephone${memberId.replaceAll('-', '')}` },
  })
async function passOf(shopper: Shopper, campaignId: string): Promise<string> {
  const { pass } = await enter(shopper, campaignId)
  return pass ?? assert.fail('in line')
}
const buy = (shopper: Shopper, campaignId: string, pass: string) =>
  orderIn(shopper, campaignId, sku, { campaign: { campaignId, pass } })
/** What is left travels by news: the server that this one asks has heard it. */
const nothingLeft = ({ api }: Pick<Shopper, 'api'>, campaignId: string): Promise<void> =>
  until(async () => {
    const query = { storeId: STORE }
    const { items } = await api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query })
    return items[0]?.left === 0
  }, 'the server knows that nothing is left')
const stop = (campaignId: string) =>
  hq('POST /console/v1/campaigns/:campaignId/stop', { params: { campaignId }, body: { reason: '测试' } })
const monitor = (campaignId: string) =>
  hq('GET /console/v1/campaigns/:campaignId/monitor', { params: { campaignId } })

test('domain 2.2: the gate opens at the start by the clock of the server; until then it says when, and what that clock says', async () => {
  const startsAt = inMinutes(10)
  const campaignId = await sale({ startsAt, endsAt: inMinutes(70) })
  const refusal = await refused(enter(person(0), campaignId), 'campaigns.not_now', 409)
  assert.deepEqual(
    [refusal.data?.['startsAt'], refusal.data?.['now']],
    [startsAt, world.clock.now().toISOString()],
  )
  await refused(flashOrder(world, person(0), campaignId, sku), 'campaigns.not_now', 409)
  await world.advance(600)
  await world.sweep('campaigns.turn')
  const { pass, passUntil } = await enter(person(0), campaignId)
  assert.ok(pass && passUntil && new Date(passUntil) > world.clock.now())
  const order = await buy(person(0), campaignId, pass)
  assert.equal(order.totalFen, sku.priceFen - 50)
  assert.equal(order.expiresAt, inMinutes(8), 'its own time to pay')
  await stop(campaignId)
})

test('domain 2.2: no order without a pass, with somebody else’s, with one that ran out, or with one that is spent', async () => {
  const campaignId = await sale({ perMember: 2 })
  await refused(orderIn(person(0), campaignId, sku), 'campaigns.pass_needed', 409)
  const pass = await passOf(person(0), campaignId)
  await refused(buy(person(1), campaignId, pass), 'campaigns.pass_invalid', 409)
  await buy(person(0), campaignId, pass)
  await refused(buy(person(0), campaignId, pass), 'campaigns.pass_used', 409)
  const late = await passOf(person(1), campaignId)
  await world.advance(180)
  await refused(buy(person(1), campaignId, late), 'campaigns.pass_invalid', 409)
  await stop(campaignId)
})

test('domain 2.2: a pass that was replayed at another server gives no second piece; the limit is of the table', async () => {
  const campaignId = await sale()
  const pass = await passOf(person(0), campaignId)
  const second = await world.another()
  try {
    const there = { ...person(0), api: second.as(person(0).token) }
    await buy(person(0), campaignId, pass)
    await refused(buy(there, campaignId, pass), 'campaigns.limit_reached', 409)
    await refused(enter(there, campaignId), 'campaigns.limit_reached', 409)
  } finally {
    await second.close()
  }
  await stop(campaignId)
})

/** What is left travels by news: until this server has heard that it is so many pieces. */
const leftIs = (campaignId: string, left: number) =>
  until(async () => {
    const query = { storeId: STORE }
    const { items } = await world.api('GET /v1/campaigns/:campaignId', { params: { campaignId }, query })
    return items[0]?.left === left
  }, `${left} are left`)

test('domain 2.2 分批放量: a batch sells no more than was released, what is left rolls on, a piece that nobody paid is sold again', async () => {
  const campaignId = await sale({
    terms: {
      kind: 'flash',
      batches: [
        { at: inMinutes(0), shareBp: 5000 },
        { at: inMinutes(20), shareBp: 5000 },
      ],
    },
  })
  const next = inMinutes(20)
  for (const who of [0, 1]) await buy(person(who), campaignId, await passOf(person(who), campaignId))
  await leftIs(campaignId, 0)
  const gone = await refused(enter(person(2), campaignId), 'campaigns.sold_out', 409)
  assert.deepEqual([gone.data?.['left'], gone.data?.['next']], [0, next])
  await refused(flashOrder(world, person(2), campaignId, sku), 'campaigns.sold_out', 409)
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  await leftIs(campaignId, 2)
  await buy(person(2), campaignId, await passOf(person(2), campaignId))
  await world.advance(11 * 60)
  for (const who of [3, 4, 5]) await buy(person(who), campaignId, await passOf(person(who), campaignId))
  await leftIs(campaignId, 0)
  const last = await refused(enter(person(6), campaignId), 'campaigns.sold_out', 409)
  assert.equal(last.data?.['next'], null)
  const { stock } = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  assert.deepEqual(
    stock.map(({ quota, taken }) => [quota, taken]),
    [[4, 4]],
  )
  await stop(campaignId)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.2: sold out at one server is known at the other, without anybody asking the database', async () => {
  const campaignId = await sale()
  const second = await world.another()
  try {
    for (const who of [0, 1, 2, 3]) await buy(person(who), campaignId, await passOf(person(who), campaignId))
    const late = { ...person(4), api: second.as(person(4).token) }
    await nothingLeft(late, campaignId)
    await refused(enter(late, campaignId), 'campaigns.sold_out', 409)
  } finally {
    await second.close()
  }
  await stop(campaignId)
})

test('domain 2.2: between two sessions nothing is sold, and a pass of the first is none of the second', async () => {
  const sessions = [
    { from: inMinutes(0), until: inMinutes(2) },
    { from: inMinutes(2.5), until: inMinutes(60) },
  ]
  const campaignId = await sale({ terms: { kind: 'flash', batches: [], sessions } })
  const pass = await passOf(person(0), campaignId)
  await world.advance(125)
  const between = await refused(enter(person(0), campaignId), 'campaigns.not_now', 409)
  assert.equal(between.data?.['startsAt'], sessions[1]?.from)
  await refused(buy(person(0), campaignId, pass), 'campaigns.not_now', 409)
  await world.advance(30)
  await refused(buy(person(0), campaignId, pass), 'campaigns.pass_invalid', 409)
  await buy(person(0), campaignId, await passOf(person(0), campaignId))
  await stop(campaignId)
})

test('domain 2.2 资格: where a reservation is asked for, only who reserved before the session gets in; each is reminded once', async () => {
  const campaignId = await sale({
    startsAt: inMinutes(15),
    endsAt: inMinutes(75),
    terms: { kind: 'flash', batches: [], reservation: 'required' },
  })
  const reserve = ({ api }: Shopper) =>
    api('PUT /v1/campaigns/:campaignId/reservation', { params: { campaignId }, body: { storeId: STORE } })
  await Promise.all([reserve(person(0)), reserve(person(0)), reserve(person(1))])
  assert.equal((await reserve(person(2))).reserved, 3)
  const dropped = await person(2).api('DELETE /v1/campaigns/:campaignId/reservation', {
    params: { campaignId },
  })
  assert.deepEqual(dropped, { at: null, reserved: 2 })
  await world.sweep('campaigns.remind')
  const told = async () => {
    const { items } = await person(0).api('GET /v1/messages', { query: {} })
    return items.filter(({ kind }) => kind === 'campaign.soon')
  }
  assert.deepEqual(await told(), [], 'not a quarter of an hour before')
  await world.advance(6 * 60)
  await world.sweep('campaigns.remind')
  await world.sweep('campaigns.remind')
  assert.equal((await told()).length, 1)
  await world.advance(9 * 60)
  await world.sweep('campaigns.turn')
  await refused(reserve(person(3)), 'campaigns.not_now', 409)
  await refused(enter(person(2), campaignId), 'campaigns.not_reserved', 403)
  await buy(person(0), campaignId, await passOf(person(0), campaignId))
  await stop(campaignId)
  await refused(reserve(person(3)), 'campaigns.missing', 404)
})

test('the monitor counts members once, every refusal by its reason, and adds up what two servers saw', async () => {
  const campaignId = await sale()
  const second = await world.another()
  try {
    const there = (who: Shopper): Shopper => ({ ...who, api: second.as(who.token) })
    const look = (who: Shopper) => who.api('PUT /v1/campaigns/:campaignId/visit', { params: { campaignId } })
    await Promise.all([look(person(0)), look(there(person(0))), look(person(1)), look(there(person(2)))])
    await buy(there(person(0)), campaignId, await passOf(there(person(0)), campaignId))
    await buy(person(1), campaignId, await passOf(person(1), campaignId))
    await refused(orderIn(person(1), campaignId, sku), 'campaigns.pass_needed', 409)
  } finally {
    await second.close()
  }
  const seen = await monitor(campaignId)
  assert.deepEqual(seen.funnel, { reserved: 0, came: 3, tried: 2, got: 2, paid: 0 })
  assert.deepEqual([seen.asked, seen.waiting], [5, 2])
  assert.deepEqual(seen.refused, { 'campaigns.pass_needed': 1 })
  assert.equal(
    seen.minutes.reduce((sum, { placed }) => sum + placed, 0),
    2,
  )
  assert.equal(seen.nextBackAt, inMinutes(8))
  assert.ok((seen.p50Ms ?? 0) <= (seen.p99Ms ?? Infinity))
  await stop(campaignId)
})
