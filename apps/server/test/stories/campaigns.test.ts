import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import {
  campaign,
  type CampaignInput,
  campaignOf,
  flashOrder,
  type Goods,
  goodsOf,
  presaleOf,
} from '../campaigns.ts'
import { assistOf } from '../rallies.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

const STORE = 'S01'
const QUOTA = 4
let world: World
let hq: LinliApi
let goods: Goods[]
let shoppers: Shopper[]

before(async () => {
  world = await openWorld({ onHand: 30 })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  shoppers = await Promise.all(Array.from({ length: 8 }, (_, i) => world.member(`campaign-${i}`)))
})
after(() => world.close())

let next = 0
let sku: Goods
beforeEach(() => {
  sku = goods[next++ % goods.length] ?? assert.fail()
})

const wanted = (over: Partial<CampaignInput> = {}): CampaignInput => campaignOf(world, sku, over)
const draft = (over: Partial<CampaignInput> = {}) => hq('POST /console/v1/campaigns', { body: wanted(over) })
const live = (over: Partial<CampaignInput> = {}): Promise<string> => campaign(world, hq, wanted(over))
const place = (who: Shopper, campaignId: string, over: object = {}) =>
  flashOrder(world, who, campaignId, sku, over)
const person = (i: number): Shopper => shoppers[i] ?? assert.fail()
const locked = async (): Promise<{ locked: number; reserved: number; available: number }> => {
  const { items } = await hq('GET /console/v1/stock-levels', { query: { storeId: STORE, limit: 100 } })
  const level = items.find(({ skuId }) => skuId === sku.skuId) ?? assert.fail()
  return { locked: level.locked, reserved: level.reserved, available: level.available }
}
const stop = (campaignId: string) =>
  hq('POST /console/v1/campaigns/:campaignId/stop', { params: { campaignId }, body: { reason: '测试' } })

test('domain 2.2: goods leave the shelf when a campaign is armed, and what nobody took is back when it ends', async () => {
  const before = await locked()
  const campaignId = await live()
  assert.deepEqual(await locked(), { ...before, locked: QUOTA, available: before.available - QUOTA })
  const order = await place(person(0), campaignId)
  assert.equal(order.totalFen, sku.priceFen - 50)
  assert.deepEqual(await locked(), {
    locked: QUOTA - 1,
    reserved: before.reserved + 1,
    available: before.available - QUOTA,
  })
  await world.advance(3600)
  await world.sweep('campaigns.turn')
  assert.deepEqual(await locked(), {
    locked: 0,
    reserved: before.reserved + 1,
    available: before.available - 1,
  })
  const shown = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  assert.equal(shown.state, 'ENDED')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('shelves that have fewer than a campaign was promised are an errand of their store', async () => {
  const short = async (who: LinliApi) =>
    (await who('GET /console/v1/workbench', {})).todo.find(({ kind }) => kind === 'campaign_short')
  assert.equal(await short(hq), undefined)
  const { available } = await locked()
  const items = [
    { skuId: sku.skuId, priceFen: sku.priceFen - 50, quotas: [{ storeId: 'S01', quota: available + 2 }] },
  ]
  const campaignId = await live({ items })
  const found = await short(await world.staff('s01'))
  assert.deepEqual([found?.storeId, found?.count, found?.detail], ['S01', 1, '还差 2 件，到了货会自己接着留'])
  await hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '货不够' },
  })
  assert.equal(await short(hq), undefined)
})

test('domain 2.2: an order that nobody pays goes back to a campaign that runs, with the part of the limit; else to the shelf', async () => {
  const before = await locked()
  const campaignId = await live()
  const first = await place(person(0), campaignId)
  await refused(place(person(0), campaignId), 'campaigns.limit_reached')
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  assert.deepEqual(await locked(), { ...before, locked: QUOTA, available: before.available - QUOTA })
  const again = await place(person(0), campaignId)
  assert.notEqual(again.id, first.id)
  await stop(campaignId)
  assert.deepEqual(await locked(), {
    locked: 0,
    reserved: before.reserved + 1,
    available: before.available - 1,
  })
  await person(0).api('POST /v1/orders/:orderId/cancellation', { params: { orderId: again.id }, body: {} })
  assert.deepEqual(await locked(), before)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('a campaign sells what is kept for it and nothing more; a repeat gets its first answer though all is sold', async () => {
  const campaignId = await live()
  const key = randomUUID()
  const mine = await place(person(0), campaignId, { idempotencyKey: key })
  for (let i = 1; i < QUOTA; i++) await place(person(i), campaignId)
  await refused(place(person(5), campaignId), 'campaigns.sold_out')
  assert.equal((await place(person(0), campaignId, { idempotencyKey: key })).id, mine.id)
  await stop(campaignId)
})

test('a campaign is refused by name before it begins, while it is paused, and after it was stopped', async () => {
  const startsAt = secondsAfter(world.clock.now(), 600).toISOString()
  const campaignId = await live({ startsAt })
  const params = { campaignId }
  await refused(place(person(0), campaignId), 'campaigns.not_now')
  await world.advance(600)
  await world.sweep('campaigns.turn')
  await hq('POST /console/v1/campaigns/:campaignId/pause', { params, body: { reason: '价签贴错' } })
  await refused(place(person(0), campaignId), 'campaigns.paused')
  await hq('POST /console/v1/campaigns/:campaignId/resumption', { params })
  await place(person(0), campaignId)
  await stop(campaignId)
  await refused(place(person(1), campaignId), 'campaigns.missing')
  const { items } = await hq('GET /console/v1/campaigns/:campaignId/events', { params })
  assert.deepEqual(
    items.map(({ verb }) => verb),
    ['stop', 'resume', 'pause', 'start', 'arm', 'schedule', 'draft'],
  )
})

test('two campaigns on one SKU of a store at one time: the second is refused, with the first named', async () => {
  const campaignId = await live()
  const other = await draft()
  const refusal = await refused(
    hq('POST /console/v1/campaigns/:campaignId/schedule', {
      params: { campaignId: other.id },
      body: { revision: other.revision },
    }),
    'campaigns.overlap',
  )
  const clashes = (refusal.data ?? {})['with'] as { campaignId: string }[]
  assert.deepEqual(
    clashes.map((each) => each.campaignId),
    [campaignId],
  )
  await stop(campaignId)
})

test('only a draft is edited, by whoever saw its last revision; a copy moves every instant', async () => {
  const { id, revision } = await draft({
    terms: {
      kind: 'flash',
      batches: [
        { at: world.clock.now().toISOString(), shareBp: 5000 },
        { at: secondsAfter(world.clock.now(), 600).toISOString(), shareBp: 5000 },
      ],
    },
  })
  const params = { campaignId: id }
  const edited = await hq('PUT /console/v1/campaigns/:campaignId', {
    params,
    body: { ...wanted({ name: '改过的' }), revision },
  })
  assert.deepEqual([edited.name, edited.revision], ['改过的', revision + 1])
  await refused(
    hq('PUT /console/v1/campaigns/:campaignId', { params, body: { ...wanted(), revision } }),
    'campaigns.edited_meanwhile',
  )
  await hq('POST /console/v1/campaigns/:campaignId/schedule', { params, body: { revision: revision + 1 } })
  await refused(
    hq('PUT /console/v1/campaigns/:campaignId', { params, body: { ...wanted(), revision: revision + 1 } }),
    'campaigns.state_wrong',
  )
  const startsAt = secondsAfter(world.clock.now(), 86_400).toISOString()
  const copy = await hq('POST /console/v1/campaigns/:campaignId/copies', { params, body: { startsAt } })
  assert.deepEqual([copy.state, copy.startsAt], ['DRAFT', startsAt])
  await stop(id)
})

test('a trial tells what is wrong, field by field, and what the shelf has; it changes nothing', async () => {
  const mark = await world.fingerprint()
  const { faults, goods: there } = await hq('POST /console/v1/campaign-trials', {
    body: wanted({
      items: [{ skuId: sku.skuId, priceFen: sku.priceFen + 1, quotas: [{ storeId: STORE, quota: 1000 }] }],
      endsAt: secondsAfter(world.clock.now(), -60).toISOString(),
    }),
  })
  assert.deepEqual(
    faults.map(({ field, code }) => `${field} ${code}`),
    ['endsAt ends_before_start', 'items/0/priceFen not_lower'],
  )
  assert.equal((there[0]?.available ?? 0) < 1000, true)
  const ahead = await hq('POST /console/v1/campaign-trials', {
    body: presaleOf(world, sku, {
      items: [{ skuId: sku.skuId, priceFen: sku.priceFen - 1, quotas: [{ storeId: STORE, quota: 1000 }] }],
    }),
  })
  assert.deepEqual(
    [ahead.faults, ahead.goods[0]?.available],
    [[], 1000],
    'no shelf is asked for goods to come',
  )
  const gift = assistOf(world, randomUUID(), {}, { items: [{ ...wanted().items[0]!, priceFen: 1_000_000 }] })
  const given = await hq('POST /console/v1/campaign-trials', { body: gift })
  assert.deepEqual(
    given.faults.map(({ field, code }) => `${field} ${code}`),
    ['items assist_no_items', 'terms/templateId coupon_unknown'],
    'what sells nothing is not told what goods cost',
  )
  await refused(hq('POST /console/v1/campaigns', { body: gift }), 'campaigns.unsound')
  assert.equal(await world.fingerprint(), mark)
})

test('an order of a campaign is one line of its goods, without coupons or points, for whom it is meant', async () => {
  const tier = (code: string, name: string, atGrowth: number) => {
    return { code, name, atGrowth, pointsTimesBp: 10_000, offBp: 0 }
  }
  const tiers = [tier('green', '青柿', 0), tier('gold', '金柿', 500)]
  const terms = { growthPerYuan: 10, periodMonths: 12, exceptCategoryIds: [], active: true, since: null }
  await hq('POST /console/v1/tier-terms', { body: { ...terms, tiers } })
  const campaignId = await live({ tiers: ['gold'] })
  await refused(place(person(0), campaignId), 'campaigns.not_for_you')
  await refused(place(person(0), campaignId, { usePoints: 1 }), 'campaigns.one_line')
  const lines = [{ skuId: goods[(next + 3) % goods.length]?.skuId ?? '', quantity: 1 }]
  await refused(place(person(0), campaignId, { lines }), 'campaigns.one_line')
  await stop(campaignId)
})

test('figures count what was paid, and whose first order it was', async () => {
  const campaignId = await live()
  await place(person(6), campaignId)
  const figures = await hq('GET /console/v1/campaigns/:campaignId/figures', { params: { campaignId } })
  assert.deepEqual([figures.placed.orders, figures.waiting.pieces, figures.paid.orders], [1, 1, 0])
  // Whatever decides, the table has one slot for each piece that a member may have.
  const again = (slot: string) =>
    rows(
      world,
      `insert into campaign_take (campaign_id, member_id, slot, per_member, order_id)
         select campaign_id, member_id, ${slot}, per_member, order_id from campaign_take where campaign_id = $1`,
      [campaignId],
    )
  await assert.rejects(again('slot'), { constraint: 'campaign_take_pkey' })
  await assert.rejects(again('slot + 1'), { constraint: 'campaign_take_limit' })
  await stop(campaignId)
})
