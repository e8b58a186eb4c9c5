// Goods of campaigns that come back, change or were never there: each piece ends where it belongs.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { allRefused } from '../attacks.ts'
import {
  campaign,
  type CampaignInput,
  campaignOf,
  flashOrder,
  type Goods,
  goodsOf,
  only,
} from '../campaigns.ts'
import { giveBack } from '../commissions.ts'
import { APPLE, PEAR, SOY } from '../fixtures.ts'
import { payFor } from '../groups.ts'
import { refused } from '../refused.ts'
import { levelOf, type PlacedOrder, wrongInTheBooks } from '../shopping.ts'
import { receive } from '../stocking.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const STORE = 'S01'
let world: World
let hq: LinliApi
let goods: Goods[]
let people: Shopper[]

before(async () => {
  world = await openWorld({ onHand: 40 })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 12 }, (_, i) => world.member(`abuser-${i}`)))
})
after(() => world.close())

let next = 0
let sku: Goods
beforeEach(() => {
  sku = only(goods, next++ % goods.length)
})
afterEach(async () => {
  const { items } = await hq('GET /console/v1/campaigns', { query: { limit: 100 } })
  for (const { id, state } of items) if (state === 'LIVE' || state === 'SCHEDULED') await stop(id)
  assert.deepEqual(await wrongInTheBooks(world), [])
})
const person = (i: number): Shopper => only(people, i)
const wanted = (over: Partial<CampaignInput> = {}): CampaignInput => campaignOf(world, sku, over)
const live = (over: Partial<CampaignInput> = {}): Promise<string> => campaign(world, hq, wanted(over))
const stop = (campaignId: string, by = hq) =>
  by('POST /console/v1/campaigns/:campaignId/stop', { params: { campaignId }, body: { reason: '试试看' } })
const locked = async (skuId = sku.skuId): Promise<number> => {
  const { items } = await hq('GET /console/v1/stock-levels', { query: { storeId: STORE, limit: 100 } })
  return items.find((level) => level.skuId === skuId)?.locked ?? assert.fail()
}
/** As the helpers of payments speak of it. */
const bought = ({ id, totalFen }: PlacedOrder) => ({ shopper: person(3), orderId: id, totalFen })
const place = (who: Shopper, campaignId: string, over: Parameters<typeof flashOrder>[4] = {}) =>
  flashOrder(world, who, campaignId, sku, over)

test('goods that come back: a part and all of a paid order go to the shelf, while it runs and after it; a payment that came before we closed it counts', async () => {
  const campaignId = await live({ perMember: 3 })
  const who = person(3)
  const before = await levelOf(world, sku.skuId)
  const first = await place(who, campaignId, { lines: [{ skuId: sku.skuId, quantity: 2 }] })
  const late = await place(who, campaignId)
  await payFor(world, who, first.id)
  const opened = await who.api('POST /v1/orders/:orderId/payments', {
    params: { orderId: late.id },
    body: { provider: 'wechat' },
  })
  assert.ok(opened.provider === 'wechat')
  assert.equal(await locked(), 1)
  await giveBack(world, hq, bought(first), [{ lineNo: 1, quantity: 1 }])
  assert.equal(await locked(), 1)
  // Paid once, the limit is used up.
  await refused(place(who, campaignId), 'campaigns.limit_reached')
  await stop(campaignId)
  await world.cashier(opened.prepayId, 'success-without-callback')
  await giveBack(world, hq, bought(first))
  // Its campaign was over before it was paid and its time before we heard of it: it has its piece all the same.
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  const params = { orderId: late.id }
  assert.equal((await who.api('GET /v1/orders/:orderId', { params })).state, 'PAID')
  assert.equal((await levelOf(world, sku.skuId)).reserved, before.reserved + 1)
  await giveBack(world, hq, bought(late))
  assert.deepEqual([await locked(), await levelOf(world, sku.skuId)], [0, before])
})

test('a bundle that is made of other things since sells nothing of a campaign, and what was set aside is back at the end', async () => {
  const box = await hq('POST /console/v1/products', {
    body: boxOf([
      { skuId: APPLE, quantity: 2 },
      { skuId: SOY, quantity: 1 },
    ]),
  })
  sku = { skuId: box.skuId, priceFen: 3000 }
  const campaignId = await live({ perMember: 2 })
  const shelf = await Promise.all([APPLE, SOY, PEAR].map((skuId) => locked(skuId)))
  assert.deepEqual(shelf, [8, 4, 0])
  const first = await place(person(4), campaignId)
  const { version } = await hq('GET /console/v1/products/:productId', { params: { productId: box.id } })
  const {
    barcode: _b,
    priceFen: _p,
    storeIds: _s,
    ...what
  } = boxOf([
    { skuId: PEAR, quantity: 2 },
    { skuId: SOY, quantity: 1 },
  ])
  await hq('PUT /console/v1/products/:productId', {
    params: { productId: box.id },
    body: { ...what, version },
  })
  const other = await campaign(
    world,
    hq,
    campaignOf(world, only(goods.filter(({ skuId }) => skuId === PEAR)), { perMember: 2 }),
  )
  await allRefused(world, [
    [
      'the new bundle takes what is kept of other campaigns',
      'campaigns.goods_changed',
      () => place(person(5), campaignId),
    ],
  ])
  await person(4).api('POST /v1/orders/:orderId/cancellation', {
    params: { orderId: first.id },
    body: { reason: '不要了' },
  })
  assert.deepEqual(await Promise.all([APPLE, SOY, PEAR].map((skuId) => locked(skuId))), [8, 4, 4])
  await stop(campaignId)
  await stop(other)
  assert.deepEqual(await Promise.all([APPLE, SOY, PEAR].map((skuId) => locked(skuId))), [0, 0, 0])
})

test('a campaign that is short is topped up when goods come, and locks no row while there are none', async () => {
  const { skuId } = sku
  const { onHand } = await levelOf(world, skuId)
  const campaignId = await live({
    items: [{ skuId, priceFen: sku.priceFen - 50, quotas: [{ storeId: STORE, quota: onHand + 5 }] }],
  })
  assert.equal(await locked(), onHand)
  const shown = async (): Promise<number> => {
    const { items } = await world.api('GET /v1/stores/:storeId/products', {
      params: { storeId: STORE },
      query: { limit: 20 },
    })
    return items.find((each) => each.skuId === skuId)?.available ?? assert.fail()
  }
  await until(async () => (await shown()) === 0, 'this server knows that none are left')
  const blocker = await world.ctx.database.pool.connect()
  try {
    // Whoever holds the row holds nobody up: the sweep looks before it asks for it.
    await blocker.query('begin')
    await blocker.query('select 1 from campaign_stock where campaign_id = $1 for update', [campaignId])
    const swept = world.sweep('campaigns.turn').then(() => 'through')
    const first = await Promise.race([swept, setTimeout(3000, 'waits for the row', { ref: false })])
    await blocker.query('commit')
    await swept
    assert.equal(first, 'through')
  } finally {
    blocker.release()
  }
  await receive(hq, { lines: [{ skuId, quantity: 3 }] })
  await until(async () => (await shown()) === 3, 'this server knows that some came')
  await world.sweep('campaigns.turn')
  assert.equal(await locked(), onHand + 3)
})

const boxOf = (components: { skuId: string; quantity: number }[]) => ({
  version: 0 as const,
  name: '果蔬组合',
  subtitle: '',
  description: '',
  categoryId: 'L',
  unit: '套',
  weight: null,
  speciality: false,
  facts: { origin: null, storage: null, shelfLife: null, allergens: [], licence: null, ingredients: null },
  pictureIds: [],
  components,
  barcode: '6999920000099',
  priceFen: 3000,
  storeIds: [STORE],
})
