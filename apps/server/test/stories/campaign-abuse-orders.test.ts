// Shoppers who want more than their part of a campaign: passes that are borrowed, replayed and old, and many at once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { allRefused, tally } from '../attacks.ts'
import {
  campaign,
  type CampaignInput,
  campaignOf,
  flashOrder,
  type Goods,
  goodsOf,
  only,
  orderIn,
  passFor,
} from '../campaigns.ts'
import { APPLE, SLOT_STORE } from '../fixtures.ts'
import { groupCampaign, sit } from '../groups.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const STORE = 'S01'
let world: World
let second: Awaited<ReturnType<World['another']>>
let hq: LinliApi
let goods: Goods[]
let people: Shopper[]

before(async () => {
  world = await openWorld({ onHand: 40 })
  second = await world.another()
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 12 }, (_, i) => world.member(`abuser-${i}`)))
})
after(async () => {
  await second.close()
  await world.close()
})

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
const at2 = (who: Shopper): Shopper => ({ ...who, api: second.as(who.token) })
const wanted = (over: Partial<CampaignInput> = {}): CampaignInput => campaignOf(world, sku, over)
const live = (over: Partial<CampaignInput> = {}): Promise<string> => campaign(world, hq, wanted(over))
const draft = async (over: Partial<CampaignInput> = {}, by = hq): Promise<string> =>
  (await by('POST /console/v1/campaigns', { body: wanted(over) })).id
const schedule = (campaignId: string, by = hq, revision = 1) =>
  by('POST /console/v1/campaigns/:campaignId/schedule', { params: { campaignId }, body: { revision } })
const stop = (campaignId: string, by = hq) =>
  by('POST /console/v1/campaigns/:campaignId/stop', { params: { campaignId }, body: { reason: '试试看' } })
const inSeconds = (seconds: number): string => secondsAfter(world.clock.now(), seconds).toISOString()
const locked = async (skuId = sku.skuId): Promise<number> => {
  const { items } = await hq('GET /console/v1/stock-levels', { query: { storeId: STORE, limit: 100 } })
  return items.find((level) => level.skuId === skuId)?.locked ?? assert.fail()
}
const place = (who: Shopper, campaignId: string, over: Parameters<typeof flashOrder>[4] = {}) =>
  flashOrder(world, who, campaignId, sku, over)

test('orders: somebody else’s, two at once, more than one may have, with benefits, of another store, of a campaign that is no more', async () => {
  const campaignId = await live({ perMember: 2 })
  const later = await campaign(
    world,
    hq,
    campaignOf(world, only(goods, next + 1), { startsAt: inSeconds(3600), endsAt: inSeconds(7200) }),
  )
  const group = await groupCampaign(world, hq, only(goods, next + 2))
  const [a, b] = [person(0), person(1)]
  const session = world.clock.now()
  const passOf = (who: Shopper, over: Partial<Parameters<typeof passFor>[1]> = {}) =>
    passFor(world, { campaignId, memberId: who.memberId, session, ...over })
  const withPass = (pass: string | undefined, over: Parameters<typeof orderIn>[3] = {}) =>
    orderIn(a, campaignId, sku, {
      campaign: { campaignId, ...(pass === undefined ? {} : { pass }) },
      ...over,
    })
  const lines = (quantity: number) => ({ lines: [{ skuId: sku.skuId, quantity }] })
  const [head, mac] = [passOf(a).split('.').slice(0, -1).join('.'), passOf(a).split('.').at(-1)]
  await allRefused(world, [
    ['no pass', 'campaigns.pass_needed', () => withPass(undefined)],
    ['somebody else’s pass', 'campaigns.pass_invalid', () => withPass(passOf(b))],
    [
      'a pass of another campaign',
      'campaigns.pass_invalid',
      () => withPass(passOf(a, { campaignId: group })),
    ],
    [
      'a pass of another session',
      'campaigns.pass_invalid',
      () => withPass(passOf(a, { session: secondsAfter(session, 60) })),
    ],
    [
      'a pass with a signature of another',
      'campaigns.pass_invalid',
      () => withPass(`${head}.${mac?.split('').reverse().join('')}`),
    ],
    [
      'a pass of a campaign that has not begun',
      'campaigns.not_now',
      () =>
        orderIn(a, later, only(goods, next + 1), {
          campaign: {
            campaignId: later,
            pass: passOf(a, { campaignId: later, session: new Date(inSeconds(3600)) }),
          },
        }),
    ],
    ['three where two are allowed', 'campaigns.limit_reached', () => withPass(passOf(a), lines(3))],
    ['more than there is', 'campaigns.sold_out', () => withPass(passOf(a), lines(99))],
    ['none', 'request.invalid', () => withPass(passOf(a), lines(0))],
    ['less than none', 'request.invalid', () => withPass(passOf(a), lines(-1))],
    ['half of one', 'request.invalid', () => withPass(passOf(a), lines(0.5))],
    [
      'two lines',
      'campaigns.one_line',
      () =>
        withPass(passOf(a), {
          lines: [
            { skuId: sku.skuId, quantity: 1 },
            { skuId: APPLE, quantity: 1 },
          ],
        }),
    ],
    [
      'goods that are none of its',
      'campaigns.one_line',
      () => withPass(passOf(a), { lines: [{ skuId: only(goods, next + 3).skuId, quantity: 1 }] }),
    ],
    ['with points', 'campaigns.one_line', () => withPass(passOf(a), { usePoints: 100 })],
    ['with a coupon', 'campaigns.one_line', () => withPass(passOf(a), { couponIds: [randomUUID()] })],
    ['at a price of their own', 'orders.price_changed', () => withPass(passOf(a), { expectFen: 1 })],
    [
      'in a store that does not take part',
      'campaigns.missing',
      () => withPass(passOf(a), { storeId: SLOT_STORE }),
    ],
    ['a campaign that there is not', 'campaigns.missing', () => orderIn(a, randomUUID(), sku)],
    [
      'a seat in what is no group',
      'groups.missing',
      () => orderIn(a, campaignId, sku, { campaign: { campaignId, pass: passOf(a), groupId: randomUUID() } }),
    ],
    [
      'a seat in a group that there is not',
      'groups.missing',
      () => sit(a, group, only(goods, next + 2), randomUUID()),
    ],
    [
      'a bargain of what is none',
      'campaigns.one_line',
      () => orderIn(a, campaignId, sku, { campaign: { campaignId, pass: passOf(a), rallyId: randomUUID() } }),
    ],
  ])
  await world.advance(181)
  await allRefused(world, [
    [
      'a pass of three minutes ago',
      'campaigns.pass_invalid',
      () =>
        withPass(
          passFor(
            { ...world, clock: { ...world.clock, now: () => secondsAfter(world.clock.now(), -181) } },
            { campaignId, memberId: a.memberId, session },
          ),
        ),
    ],
  ])
})

test('a pass is of one order: another key, another server, after a cancellation; what the limit says holds at every server', async () => {
  const campaignId = await live({ perMember: 2 })
  const [a, b] = [person(0), person(1)]
  const pass = passFor(world, { campaignId, memberId: a.memberId, session: world.clock.now() })
  const body = { campaign: { campaignId, pass }, idempotencyKey: randomUUID() }
  // The same order at two servers, ten times at once.
  const orders = await Promise.all(
    Array.from({ length: 10 }, (_, i) => orderIn(i % 2 === 0 ? a : at2(a), campaignId, sku, body)),
  )
  assert.equal(new Set(orders.map(({ id }) => id)).size, 1)
  const orderId = only(orders).id
  await refused(orderIn(a, campaignId, sku, { campaign: body.campaign }), 'campaigns.pass_used')
  await a.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: { reason: '不要了' } })
  const untouched = await world.fingerprint()
  await refused(orderIn(a, campaignId, sku, { campaign: body.campaign }), 'campaigns.pass_used')
  assert.equal((await orderIn(at2(a), campaignId, sku, body)).id, orderId)
  assert.equal(await world.fingerprint(), untouched)
  // Twenty passes of one member at two servers are two pieces.
  const many = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => place(i % 2 === 0 ? b : at2(b), campaignId)),
  )
  assert.deepEqual(tally(many), { done: 2, 'campaigns.limit_reached': 18 })
})

test('race: ten operators at two servers schedule campaigns that want each other’s goods: exactly one of them counts', async () => {
  const items = goods.map(({ skuId, priceFen }) => ({
    skuId,
    priceFen: priceFen - 50,
    quotas: ['S01', SLOT_STORE].map((storeId) => ({ storeId, quota: 2 })),
  }))
  const drafts = await Promise.all(
    Array.from({ length: 10 }, (_, i) => draft({ items: i % 2 === 0 ? items : items.toReversed() })),
  )
  const [token, begun] = [await world.staffToken('hq', 'console'), Date.now()]
  const [one, two] = [world.as(token), second.as(token)]
  const settled = await Promise.allSettled(drafts.map((id, i) => schedule(id, i % 2 === 0 ? one : two)))
  assert.deepEqual(tally(settled), { done: 1, 'campaigns.overlap': 9 })
  assert.ok(Date.now() - begun < 6000, 'nobody waited for the database to break a deadlock')
  assert.equal(await locked(), 2)
})

test('race: a stop among thirty orders at two servers: who was first has a piece, everybody else hears why, and nothing stays locked', async () => {
  const campaignId = await live({
    items: [{ skuId: sku.skuId, priceFen: sku.priceFen - 50, quotas: [{ storeId: STORE, quota: 30 }] }],
    perMember: 3,
  })
  const rush = Array.from({ length: 30 }, (_, i) =>
    place(i % 2 === 0 ? person(i % 10) : at2(person(i % 10)), campaignId),
  )
  const settled = await Promise.allSettled([...rush.slice(0, 15), stop(campaignId), ...rush.slice(15)])
  const { done = 0, ...others } = tally(settled)
  assert.ok(
    Object.keys(others).every((code) => ['campaigns.not_now', 'campaigns.missing'].includes(code)),
    JSON.stringify(others),
  )
  assert.equal(await locked(), 0)
  const { stock } = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  assert.deepEqual(
    { ...only(stock), skuId: '' },
    { storeId: STORE, skuId: '', quota: 30, carved: done - 1, released: done - 1, taken: done - 1 },
  )
  // Not paid in time: they go to the shelf, of a campaign that is no more.
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  const over = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  assert.deepEqual([only(over.stock).taken, only(over.stock).carved, await locked()], [0, 0, 0])
})
