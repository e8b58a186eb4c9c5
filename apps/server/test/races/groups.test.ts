import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Goods, goodsOf, only } from '../campaigns.ts'
import { groupCampaign, groupOf, ladderOf, payFor, sit } from '../groups.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

const CROWD = 20
let world: World
let goods: Goods[]
before(async () => {
  world = await openWorld({ onHand: 60 })
  goods = await goodsOf(world)
})
after(() => world.close())

const count = (answers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([code, all]) => [code, all.length]))
const tried = (api: LinliApi, campaignId: string, of: Goods, groupId: string): Promise<string> =>
  sit({ api }, campaignId, of, groupId).then(
    () => 'seated',
    (error: unknown) => (error as { problem: { code: string } }).problem.code,
  )
const live = async (of: Goods, size: number): Promise<string> =>
  groupCampaign(world, await world.staff('hq'), of, { terms: { size, hours: 1 } })
/** A group with one seat left, and who leads it. */
async function almost(campaignId: string, of: Goods, names: readonly string[]) {
  const inside: [Shopper, string][] = []
  let groupId: string | undefined
  for (const name of names) {
    const who = await world.member(name)
    const { id } = await sit(who, campaignId, of, groupId)
    await payFor(world, who, id)
    groupId ??= (await groupOf(who)).id
    inside.push([who, id])
  }
  return { groupId: groupId ?? assert.fail(), inside }
}

test('domain 2.3: twenty people at two servers want the last seat: exactly one has it', async () => {
  const of = only(goods)
  const campaignId = await live(of, 3)
  const { groupId } = await almost(campaignId, of, ['seat-a', 'seat-b'])
  const second = await world.another()
  const crowd = await Promise.all(Array.from({ length: CROWD }, (_, i) => world.member(`crowd-${i}`)))
  const answers = await Promise.all(
    crowd.map(({ api, token }, i) => tried(i % 2 === 0 ? api : second.as(token), campaignId, of, groupId)),
  )
  assert.deepEqual(count(answers), { seated: 1, 'groups.full': CROWD - 1 })
  const again = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      tried(i % 2 === 0 ? only(crowd).api : second.as(only(crowd).token), campaignId, of, groupId),
    ),
  )
  assert.equal(again.filter((answer) => answer === 'seated').length, 0)
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})

test('domain 2.3: a payment against the end of its group, eight times: goods for all of them, or the money of all', async () => {
  const of = only(goods, 1)
  const campaignId = await live(of, 2)
  for (let round = 0; round < 8; round++) {
    const { groupId, inside } = await almost(campaignId, of, [`pay-${round}-a`])
    const late = await world.member(`pay-${round}-b`)
    // With enough left to join, and the end behind the next order's time to pay.
    await world.advance(44 * 60)
    const { id } = await sit(late, campaignId, of, groupId)
    const params = { orderId: id }
    const opened = await late.api('POST /v1/orders/:orderId/payments', {
      params,
      body: { provider: 'wechat' },
    })
    assert.ok(opened.provider === 'wechat')
    await world.cashier(opened.prepayId, 'success-without-callback')
    await world.advance(16 * 60)
    // The payment is heard of while the group ends.
    await Promise.all([late.api('GET /v1/orders/:orderId/payment', { params }), world.sweep('orders.groups')])
    const orders: [Shopper, string][] = [...inside, [late, id]]
    await world.sweep('orders.groups')
    await world.advance(31)
    await until(async () => {
      await world.sweep('orders.groups')
      await world.sweep('payments.refunds')
      const all = await Promise.all(
        orders.map(([who, orderId]) => who.api('GET /v1/orders/:orderId', { params: { orderId } })),
      )
      const { state } = await world.api('GET /v1/groups/:groupId', { params: { groupId } })
      return all.every((order) =>
        state === 'SUCCESS'
          ? order.state === 'PAID'
          : order.state === 'CLOSED_REFUND' && order.refundState === 'FULL',
      )
    }, 'one end for both')
  }
  assert.deepEqual(await wrongInTheBooks(world), [])
})

test('a ladder that two servers close while somebody pays, six times: one price for all, each difference once', async () => {
  const of = only(goods, 2)
  const first = of.priceFen - 50
  const campaignId = await groupCampaign(world, await world.staff('hq'), of, {
    terms: { ...ladderOf(of), hours: 1 },
    items: [{ skuId: of.skuId, priceFen: first, quotas: [{ storeId: 'S01', quota: 30 }] }],
  })
  const second = await world.another()
  const turnGroups = () =>
    Promise.all(
      [second.linli, second.linli].map(async ({ sweeps }) => {
        await sweeps.find(({ name }) => name === 'orders.groups')?.run()
      }),
    )
  const prices = new Set<number | null>()
  for (let round = 0; round < 6; round++) {
    const { groupId, inside } = await almost(campaignId, of, [`l-${round}-a`, `l-${round}-b`])
    await world.advance(44 * 60)
    const late = await world.member(`l-${round}-c`)
    const { id } = await sit(late, campaignId, of, groupId)
    const params = { orderId: id }
    const opened = await late.api('POST /v1/orders/:orderId/payments', {
      params,
      body: { provider: 'wechat' },
    })
    assert.ok(opened.provider === 'wechat')
    await world.cashier(opened.prepayId, 'success-without-callback')
    await world.advance(16 * 60)
    const heard = () => second.as(late.token)('GET /v1/orders/:orderId/payment', { params })
    // Heard of before, during or after.
    if (round % 3 === 0) await heard()
    await Promise.all([heard(), world.sweep('orders.groups'), turnGroups()])
    const orders: [Shopper, string][] = [...inside, [late, id]]
    await until(async () => {
      await world.advance(31)
      await Promise.all([world.sweep('orders.groups'), turnGroups()])
      await world.sweep('payments.refunds')
      const all = await Promise.all(
        orders.map(([who, orderId]) => who.api('GET /v1/orders/:orderId', { params: { orderId } })),
      )
      return all.every(({ state, refundState }) => state !== 'WAIT_GROUP' && refundState !== 'PENDING')
    }, 'goods for everybody who was counted')
    const { state, priceFen } = await world.api('GET /v1/groups/:groupId', { params: { groupId } })
    assert.equal(state, 'SUCCESS')
    prices.add(priceFen)
    for (const [who, orderId] of orders) {
      const order = await who.api('GET /v1/orders/:orderId', { params: { orderId } })
      const kept = order.totalFen - order.refundedFen
      assert.equal(kept, order.state === 'PAID' ? priceFen : 0, `${order.state} keeps what its group came to`)
      const { rows: sent } = await world.ctx.database.pool.query(
        `select from refund where order_id = $1 and cause = 'group_price'`,
        [orderId],
      )
      assert.equal(sent.length, order.state === 'PAID' && priceFen !== first ? 1 : 0)
    }
  }
  assert.ok(prices.has(first - 10), 'somebody was counted')
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})

test('domain 2.3 老带新: one new member at two servers wants a seat in two groups for new members at once: one has them', async () => {
  const hq = await world.staff('hq')
  const two: { of: Goods; campaignId: string; groupId: string }[] = []
  for (const at of [3, 4]) {
    const of = only(goods, at)
    const campaignId = await groupCampaign(world, hq, of, { terms: { size: 3, hours: 1, newOnly: true } })
    two.push({ of, campaignId, groupId: (await almost(campaignId, of, [`old-${at}`])).groupId })
  }
  const second = await world.another()
  const { api, token } = await world.member('brand-new')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => {
      const { of, campaignId, groupId } = only(two, i % 2)
      return tried(i % 4 < 2 ? api : second.as(token), campaignId, of, groupId)
    }),
  )
  assert.equal(answers.filter((answer) => answer === 'seated').length, 1, JSON.stringify(count(answers)))
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})
