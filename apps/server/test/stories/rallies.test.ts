// Bargains and assists from the first friend to the end, over the wire (domain handbook §2.4).
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { mine, offered } from '../benefits.ts'
import { campaign, type Goods, goodsOf, only, orderIn } from '../campaigns.ts'
import { deviceOf, help, look, neighbour, type Neighbour, type Rally, runBargain } from '../rallies.ts'
import { assistOf, bargainOf, start } from '../rallies.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const HOLD_SECONDS = 30 * 60
let world: World
let hq: LinliApi
let goods: Goods[]
let people: Neighbour[]

before(async () => {
  world = await openWorld({ onHand: 30, start: new Date('2026-11-24T02:00:00Z') })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  people = await Promise.all(Array.from({ length: 8 }, (_, i) => neighbour(world, `neighbour-${i}`)))
})
after(() => world.close())

let next = 0
let sku: Goods
let running: string | undefined
beforeEach(() => {
  sku = only(goods, next++ % goods.length)
})
afterEach(async () => {
  // One campaign at a time has these goods.
  const campaignId = running
  running = undefined
  if (campaignId) await stop(campaignId).catch(() => undefined)
})
const who = (i: number): Neighbour => only(people, i)
const run = async (terms: Parameters<typeof runBargain>[3] = {}) =>
  (running = await runBargain(world, hq, sku, terms))
const stop = (campaignId: string) =>
  hq('POST /console/v1/campaigns/:campaignId/stop', {
    params: { campaignId },
    body: { reason: '价格写错了' },
  })

const goodsNow = async (campaignId: string): Promise<{ taken: number; carved: number }> => {
  const { stock } = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  const { taken, carved } = only(stock)
  return { taken, carved }
}
const lockedNow = async (): Promise<number> => {
  const { items } = await hq('GET /console/v1/stock-levels', { query: { storeId: 'S01', limit: 100 } })
  return items.find(({ skuId }) => skuId === sku.skuId)?.locked ?? assert.fail()
}
const order = (owner: Neighbour, campaignId: string, rallyId: string) =>
  orderIn(owner, campaignId, sku, { campaign: { campaignId, rallyId } })
/** The owner starts, and so many friends help. */
async function reached(campaignId: string, owner = who(0), friends = [1, 2, 3]): Promise<Rally> {
  const { id } = await start(owner, campaignId)
  for (const friend of friends) await help(who(friend), id)
  return look(owner, id)
}

test('domain 2.4 砍价: a bargain is reached by its friends, a piece is set aside, and it is ordered at the floor', async () => {
  const campaignId = await run()
  const owner = who(0)
  const rally = await start(owner, campaignId)
  assert.deepEqual(
    { state: rally.state, helps: rally.helps, need: rally.need, mine: rally.mine, seen: rally.seen },
    { state: 'CUTTING', helps: 0, need: 3, mine: true, seen: null },
  )
  assert.equal((await start(owner, campaignId)).id, rally.id)
  assert.deepEqual(await goodsNow(campaignId), { taken: 0, carved: 2 })
  const prices: number[] = []
  for (const friend of [1, 2, 3]) {
    const answer = await help(who(friend), rally.id)
    prices.push(answer.rally.goods?.priceFen ?? 0)
    assert.equal(answer.rally.helped, true)
  }
  assert.deepEqual(prices, [sku.priceFen - 10, sku.priceFen - 20, sku.priceFen - 30])
  const done = await look(owner, rally.id)
  assert.equal(done.state, 'REACHED')
  assert.deepEqual(
    done.helpers.map(({ n }) => n),
    [1, 2, 3],
  )
  assert.deepEqual(await goodsNow(campaignId), { taken: 1, carved: 2 })
  const { items } = await owner.api('GET /v1/messages')
  assert.equal(items.filter(({ kind }) => kind === 'bargain.reached').length, 1)

  const placed = await order(owner, campaignId, rally.id)
  assert.equal(placed.totalFen, sku.priceFen - 30)
  assert.equal((await look(owner, rally.id)).state, 'ORDERED')
  assert.deepEqual(await goodsNow(campaignId), { taken: 1, carved: 2 })
  await refused(order(owner, campaignId, rally.id), 'campaigns.limit_reached')
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.4 砍价: an order at the floor wants the bargain that is reached, of its owner, one piece', async () => {
  const campaignId = await run()
  const { id } = await start(who(0), campaignId)
  await refused(order(who(0), campaignId, id), 'rallies.not_reached')
  await refused(orderIn(who(0), campaignId, sku), 'campaigns.rally_wanted')
  for (const friend of [1, 2, 3]) await help(who(friend), id)
  await refused(order(who(1), campaignId, id), 'rallies.missing')
  await refused(
    orderIn(who(0), campaignId, sku, {
      lines: [{ skuId: sku.skuId, quantity: 2 }],
      campaign: { campaignId, rallyId: id },
    }),
    'campaigns.rally_wanted',
  )
  assert.equal((await look(who(0), id)).state, 'REACHED')
})

test('domain 2.4 砍价: what is reached and not ordered in time is lost, its owner is told, and others may have it', async () => {
  const campaignId = await run({ quota: 1 })
  const rally = await reached(campaignId)
  await refused(start(who(4), campaignId), 'campaigns.sold_out')
  await world.advance(HOLD_SECONDS)
  await refused(order(who(0), campaignId, rally.id), 'rallies.over')
  await world.sweep('rallies.end')
  assert.equal((await look(who(0), rally.id)).state, 'EXPIRED')
  assert.deepEqual(await goodsNow(campaignId), { taken: 0, carved: 1 })
  const { items } = await who(0).api('GET /v1/messages')
  assert.ok(items.some(({ kind, pageId }) => kind === 'bargain.lost' && pageId === rally.id))
  assert.equal((await start(who(4), campaignId)).state, 'CUTTING')
})

test('domain 2.4 砍价: an order that is cancelled gives the piece back to its bargain while its time lasts, to the campaign after that', async () => {
  const campaignId = await run({ quota: 1 })
  const rally = await reached(campaignId)
  const first = await order(who(0), campaignId, rally.id)
  await who(0).api('POST /v1/orders/:orderId/cancellation', { params: { orderId: first.id }, body: {} })
  assert.equal((await look(who(0), rally.id)).state, 'REACHED')
  assert.deepEqual(await goodsNow(campaignId), { taken: 1, carved: 1 })
  await refused(start(who(4), campaignId), 'campaigns.sold_out')
  await world.advance(HOLD_SECONDS - 60)
  await order(who(0), campaignId, rally.id)
  await world.advance(9 * 60)
  await world.sweep('orders.timeouts')
  assert.equal((await look(who(0), rally.id)).state, 'EXPIRED')
  assert.deepEqual(await goodsNow(campaignId), { taken: 0, carved: 1 })
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.4 砍价: a campaign that is stopped ends its bargains, and what was set aside is back on the shelf', async () => {
  const before = await lockedNow()
  const campaignId = await run()
  const held = await reached(campaignId)
  const cutting = await start(who(4), campaignId)
  const unpaid = await reached(campaignId, who(5), [1, 2, 6])
  const placed = await order(who(5), campaignId, unpaid.id)
  await stop(campaignId)
  await world.sweep('rallies.end')
  assert.equal((await look(who(0), held.id)).state, 'EXPIRED')
  assert.equal((await look(who(4), cutting.id)).state, 'EXPIRED')
  await refused(order(who(0), campaignId, held.id), 'campaigns.missing')
  assert.equal(await lockedNow(), before)
  await who(5).api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
  assert.equal((await look(who(5), unpaid.id)).state, 'EXPIRED')
  assert.deepEqual(await goodsNow(campaignId), { taken: 0, carved: 0 })
  assert.equal(await lockedNow(), before)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.4 砍价: time to help ends, and with it the bargain', async () => {
  const campaignId = await run()
  const { id } = await start(who(0), campaignId)
  await help(who(1), id)
  await world.advance(24 * 3600)
  hq = await world.staff('hq')
  await refused(help(who(2), id), 'rallies.over')
  await world.sweep('rallies.end')
  const over = await look(who(0), id)
  assert.deepEqual({ state: over.state, helps: over.helps }, { state: 'EXPIRED', helps: 1 })
  assert.equal((await start(who(0), campaignId)).helps, 0)
})

test('domain 2.4 砍价: nobody helps themselves or twice, under whatever account, on whatever telephone', async () => {
  const campaignId = await run({ friends: 4 })
  const owner = who(0)
  const { id } = await start(owner, campaignId)
  await refused(help(owner, id), 'rallies.unseen')
  await refused(help({ ...who(1), device: owner.device }, id), 'rallies.own')
  await help(who(1), id)
  await refused(help({ ...who(2), device: who(1).device }, id), 'rallies.helped_before')
  // A second tap, and one that is sent again, answer like the first.
  const { seen } = await look(who(2), id)
  const body = { seen: seen ?? '', device: who(2).device }
  const once = await who(2).api('POST /v1/rallies/:rallyId/helps', { params: { rallyId: id }, body })
  const twice = await who(2).api('POST /v1/rallies/:rallyId/helps', { params: { rallyId: id }, body })
  assert.deepEqual([once.rally.helps, twice.rally.helps], [2, 2])
})

test('domain 2.4 砍价: a note that somebody else was shown, of another bargain or of an hour ago, counts for nothing', async () => {
  const campaignId = await run()
  const { id } = await start(who(0), campaignId)
  const other = await start(who(4), campaignId)
  const seenBy = async (i: number, rallyId: string) => (await look(who(i), rallyId)).seen ?? assert.fail()
  const tap = (i: number, seen: string) =>
    who(i).api('POST /v1/rallies/:rallyId/helps', {
      params: { rallyId: id },
      body: { seen, device: who(i).device },
    })
  await refused(tap(1, await seenBy(2, id)), 'rallies.unseen')
  await refused(tap(1, await seenBy(1, other.id)), 'rallies.unseen')
  const old = await seenBy(1, id)
  await world.advance(1800)
  await refused(tap(1, old), 'rallies.unseen')
  assert.equal((await tap(1, await seenBy(1, id))).rally.helps, 1)
})

test('domain 2.4 助力: so often a day and so often in a campaign, whoever is helped', async () => {
  const campaignId = await run({ quota: 5, helpsEach: 3, helpsPerDay: 2 })
  const rallies = await Promise.all([0, 2, 3, 4].map((i) => start(who(i), campaignId)))
  const friend = who(1)
  const [a, b, c, d] = rallies.map(({ id }) => id)
  await help(friend, a ?? '')
  await help(friend, b ?? '')
  await refused(help(friend, c ?? ''), 'rallies.limit_today')
  await world.advance(20 * 3600)
  hq = await world.staff('hq')
  await help(friend, c ?? '')
  await refused(help(friend, d ?? ''), 'rallies.limit_reached')
  // The same telephone with another account is the same person.
  await refused(help({ ...who(5), device: friend.device }, d ?? ''), 'rallies.limit_reached')
})

test('domain 2.4 助力: the last friend brings its owner a coupon, each friend their own, and a spent budget is said', async () => {
  const templateId = await offered(world, { way: 'reward', label: '助力满20减5', mostEach: 5, most: 1 })
  const helperTemplateId = await offered(world, { way: 'reward', label: '帮忙满20减2', mostEach: 5 })
  const campaignId = await campaign(
    world,
    hq,
    assistOf(world, templateId, { helperTemplateId }, { perMember: 2 }),
  )
  const shown = await world.api('GET /v1/campaigns/:campaignId/rally-offer', { params: { campaignId } })
  assert.deepEqual(shown, { kind: 'assist', need: 2, reward: '助力满20减5', helperCoupon: '帮忙满20减2' })
  const owner = who(6)
  const { id, state } = await start(owner, campaignId)
  assert.equal(state, 'GATHERING')
  const first = await help(who(1), id)
  assert.equal(first.coupon, '帮忙满20减2')
  assert.deepEqual(await mine(owner), [])
  await help(who(2), id)
  await world.sweep('rallies.coupons')
  const done = await look(owner, id)
  assert.deepEqual([done.state, done.rewardState], ['REACHED', 'GIVEN'])
  assert.deepEqual(
    (await mine(owner)).map(({ label }) => label),
    ['助力满20减5'],
  )
  // The one coupon there was is gone: said before and after.
  const again = await start(owner, campaignId)
  for (const friend of [3, 4]) await help(who(friend), again.id)
  await world.sweep('rallies.coupons')
  assert.equal((await look(owner, again.id)).rewardState, 'REFUSED')
  await refused(start(owner, campaignId), 'campaigns.limit_reached')
  const figures = await hq('GET /console/v1/campaigns/:campaignId/rallies', { params: { campaignId } })
  assert.deepEqual(
    { started: figures.started, reached: figures.reached, helps: figures.helps, byHelps: figures.byHelps },
    { started: 2, reached: 2, helps: 4, byHelps: [0, 0, 2] },
  )
  assert.deepEqual([figures.couponsGiven, figures.couponsRefused], [5, 1])
})

test('domain 2.4 砍价: what is not sound is not scheduled, and nothing random can be sent', async () => {
  const drafts = async (change: object) => {
    const body = bargainOf(world, sku)
    return hq('POST /console/v1/campaigns', {
      body: { ...body, terms: { ...body.terms, ...change } },
    })
  }
  await refused(drafts({ randomMinFen: 1, randomMaxFen: 9 }), 'request.invalid')
  await refused(drafts({ cuts: [-5] }), 'request.invalid')
  const { id, revision } = await drafts({ cuts: [10, 10, 11] })
  const no = await refused(
    hq('POST /console/v1/campaigns/:campaignId/schedule', {
      params: { campaignId: id },
      body: { revision },
    }),
    'campaigns.unsound',
  )
  assert.match(JSON.stringify(no.data), /bargain_table_sum/)
})

test('what friends had with them is forgotten a month after', async () => {
  const known = () =>
    world.ctx.database.pool.query<{ n: number }>(
      `select (select count(*) from rally where device_hash is not null) + (select count(*) from rally_help where device_hash is not null) as n`,
    )
  assert.notEqual((await known()).rows[0]?.n, 0)
  await world.advance(40 * 86_400)
  await world.sweep('rallies.forget')
  assert.equal((await known()).rows[0]?.n, 0)
  assert.notEqual(deviceOf('a'), deviceOf('b'))
})
