// The last friend, twenty at once on two servers; the last piece, reached by two; friends, orders and cancellations in any order.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mine, offered } from '../benefits.ts'
import { campaign, type Goods, goodsOf, only, orderIn } from '../campaigns.ts'
import { assistOf, deviceOf, look, neighbour, type Neighbour, runBargain, start } from '../rallies.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let goods: Goods[]
let crowd: Neighbour[]
let second: Awaited<ReturnType<World['another']>>
before(async () => {
  world = await openWorld({ onHand: 50 })
  hq = await world.staff('hq')
  goods = await goodsOf(world)
  crowd = await Promise.all(Array.from({ length: 28 }, (_, i) => neighbour(world, `crowd-${i}`)))
  second = await world.another()
})
after(async () => {
  await second.close()
  await world.close()
})

const who = (i: number): Neighbour => only(crowd, i)
/** Half of them ask the other server. */
const apiOf = (i: number): LinliApi => (i % 2 === 0 ? who(i).api : second.as(who(i).token))
const outcomeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return 'done'
  } catch (error) {
    return (error as { problem: { code: string } }).problem.code
  }
}
const count = (answers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([code, all]) => [code, all.length]))
/** Everybody has looked; now they tap. */
async function taps(friends: readonly number[], rallyId: string): Promise<(() => Promise<string>)[]> {
  return Promise.all(
    friends.map(async (i) => {
      const { seen } = await look(who(i), rallyId)
      const body = { seen: seen ?? assert.fail(), device: who(i).device }
      return () => outcomeOf(apiOf(i)('POST /v1/rallies/:rallyId/helps', { params: { rallyId }, body }))
    }),
  )
}
const all = (calls: readonly (() => Promise<string>)[]): Promise<string[]> =>
  Promise.all(calls.map((call) => call()))
const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i)
const taken = async (campaignId: string): Promise<number> => {
  const { stock } = await hq('GET /console/v1/campaigns/:campaignId', { params: { campaignId } })
  return only(stock).taken
}

test('domain 2.4 砍价: the eighth friend is one of twenty at once, at two servers: reached once, one piece', async () => {
  const campaignId = await runBargain(world, hq, only(goods, 0), { friends: 8 })
  const { id } = await start(who(0), campaignId)
  assert.deepEqual(count(await all(await taps(range(1, 7), id))), { done: 7 })
  const last = await all(await taps(range(8, 20), id))
  assert.deepEqual(count(last), { done: 1, 'rallies.over': 19 })
  const rally = await look(who(0), id)
  assert.deepEqual([rally.state, rally.helps, rally.helpers.length], ['REACHED', 8, 8])
  assert.equal(await taken(campaignId), 1)
  const { rows } = await world.ctx.database.pool.query<{ n: number }>(
    `select count(*)::int as n from rally_event where rally_id = $1 and verb = 'reach'`,
    [id],
  )
  assert.equal(rows[0]?.n, 1)
})

test('domain 2.4 砍价: the last piece is reached by two at once: one has it, the other’s friend is sent away', async () => {
  const campaignId = await runBargain(world, hq, only(goods, 1), { friends: 1, quota: 1 })
  const rallies = await Promise.all([0, 1].map((i) => start(who(i), campaignId)))
  const calls = await Promise.all(rallies.map(({ id }, i) => taps([10 + i], id)))
  assert.deepEqual(count(await all(calls.flat())), { done: 1, 'campaigns.sold_out': 1 })
  const states = await Promise.all(rallies.map(async ({ id }, i) => (await look(who(i), id)).state))
  assert.deepEqual(states.sort(), ['CUTTING', 'REACHED'])
  assert.equal(await taken(campaignId), 1)
})

// Nothing of an assist waits for goods: only its own locks stand between these.
const assists = async (over: Parameters<typeof assistOf>[2], perMember = 1): Promise<string> => {
  const templateId = await offered(world, { way: 'reward', mostEach: 50 })
  return campaign(world, hq, assistOf(world, templateId, over, { perMember }))
}
test('domain 2.4 助力: one member helps five at once at two servers, and twice a day: exactly two', async () => {
  const campaignId = await assists({ helpsPerDay: 2 })
  const rallies = await Promise.all(range(0, 5).map((i) => start(who(i), campaignId)))
  const calls = await Promise.all(
    rallies.map(async ({ id: rallyId }, i) => {
      const { seen } = await look(who(12), rallyId)
      const api = i % 2 === 0 ? who(12).api : second.as(who(12).token)
      const body = { seen: seen ?? assert.fail(), device: who(12).device }
      return () => outcomeOf(api('POST /v1/rallies/:rallyId/helps', { params: { rallyId }, body }))
    }),
  )
  assert.deepEqual(count(await all(calls)), { done: 2, 'rallies.limit_today': 3 })
})

test('domain 2.4 助力: twenty friends at once for the last two places, at two servers: two count, one coupon', async () => {
  const campaignId = await assists({ helpers: 2 })
  const { id } = await start(who(0), campaignId)
  assert.deepEqual(count(await all(await taps(range(1, 20), id))), { done: 2, 'rallies.over': 18 })
  await Promise.all([world.sweep('rallies.coupons'), world.sweep('rallies.coupons')])
  assert.equal((await look(who(0), id)).rewardState, 'GIVEN')
  assert.equal((await mine(who(0))).length, 1)
})

test('domain 2.4 助力: two accounts on one telephone tap at once: one counts', async () => {
  const campaignId = await runBargain(world, hq, only(goods, 3), { friends: 3 })
  const { id } = await start(who(0), campaignId)
  const device = deviceOf('shared')
  const calls = await Promise.all(
    [14, 15].map(async (i) => {
      const { seen } = await look(who(i), id)
      const body = { seen: seen ?? assert.fail(), device }
      return () => outcomeOf(apiOf(i)('POST /v1/rallies/:rallyId/helps', { params: { rallyId: id }, body }))
    }),
  )
  assert.deepEqual(count(await all(calls)), { done: 1, 'rallies.helped_before': 1 })
})

test('domain 2.4 砍价: the owner starts and orders twenty times at once: one bargain, one order, one piece', async () => {
  const sku = only(goods, 4)
  const campaignId = await runBargain(world, hq, sku, { friends: 1 })
  const started = await Promise.all(
    range(0, 20).map((i) =>
      (i % 2 === 0 ? who(0).api : second.as(who(0).token))('POST /v1/rallies', {
        body: { campaignId, storeId: 'S01', device: who(0).device },
      }),
    ),
  )
  const ids = [...new Set(started.map(({ id }) => id))]
  assert.equal(ids.length, 1)
  const rallyId = ids[0] ?? assert.fail()
  await all(await taps([1], rallyId))
  const orders = await all(
    range(0, 20).map((i) => () => {
      const api = i % 2 === 0 ? who(0).api : second.as(who(0).token)
      return outcomeOf(orderIn({ api }, campaignId, sku, { campaign: { campaignId, rallyId } }))
    }),
  )
  const { done, ...refusals } = count(orders)
  assert.equal(done, 1)
  assert.ok(Object.keys(refusals).every((code) => ['campaigns.limit_reached', 'rallies.over'].includes(code)))
  assert.equal(await taken(campaignId), 1)
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('domain 2.4 砍价: time runs out while orders are placed and cancelled: every piece is where it belongs', async () => {
  const sku = only(goods, 5)
  const campaignId = await runBargain(world, hq, sku, { friends: 1, quota: 4 })
  const rallies = await Promise.all(range(0, 4).map((i) => start(who(i), campaignId)))
  await Promise.all(rallies.map(async ({ id }, i) => all(await taps([8 + i], id))))
  const orders = await Promise.all(
    rallies
      .slice(0, 2)
      .map(({ id }, i) => orderIn(who(i), campaignId, sku, { campaign: { campaignId, rallyId: id } })),
  )
  await world.advance(30 * 60)
  const sweeps = [world.sweep('rallies.end'), world.sweep('orders.timeouts')]
  const cancels = orders.map(({ id }, i) =>
    outcomeOf(apiOf(i)('POST /v1/orders/:orderId/cancellation', { params: { orderId: id }, body: {} })),
  )
  const late = rallies.map(({ id }, i) =>
    outcomeOf(orderIn({ api: apiOf(i) }, campaignId, sku, { campaign: { campaignId, rallyId: id } })),
  )
  await Promise.all([...sweeps, ...cancels, ...late])
  await world.sweep('rallies.end')
  const states = await Promise.all(rallies.map(async ({ id }, i) => (await look(who(i), id)).state))
  assert.deepEqual(states, ['EXPIRED', 'EXPIRED', 'EXPIRED', 'EXPIRED'])
  assert.equal(await taken(campaignId), 0)
  assert.deepEqual(await wrongInTheBooks(world), [])
})
