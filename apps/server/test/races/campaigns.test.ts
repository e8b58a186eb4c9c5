import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { campaign, campaignOf, goodsOf, only, flashOrder } from '../campaigns.ts'
import { SLOT_STORE } from '../fixtures.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { rows } from '../payments/purchase.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

const QUOTA = 5
const CROWD = 40
let world: World
before(async () => {
  world = await openWorld({ onHand: 50 })
})
after(() => world.close())

async function live(stores: readonly string[]): Promise<{ campaignId: string; skuId: string }> {
  const goods = only(await goodsOf(world), stores.length)
  const quotas = stores.map((storeId) => ({ storeId, quota: QUOTA }))
  const body = campaignOf(world, goods, {
    items: [{ skuId: goods.skuId, priceFen: goods.priceFen - 10, quotas }],
  })
  return { campaignId: await campaign(world, await world.staff('hq'), body), skuId: goods.skuId }
}
const tried = async (
  shopper: Pick<Shopper, 'api' | 'memberId'>,
  storeId: string,
  of: { campaignId: string; skuId: string },
) => {
  const { items } = await shopper.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId } })
  const slotStart = items.find(({ left }) => left > 0)?.startsAt
  try {
    const fulfilment = { kind: 'pickup' as const, ...(slotStart === undefined ? {} : { slotStart }) }
    await flashOrder(world, shopper, of.campaignId, of, { storeId, fulfilment })
    return 'placed'
  } catch (error) {
    return (error as { problem: { code: string } }).problem.code
  }
}
const count = (answers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([code, all]) => [code, all.length]))

test('domain 2.2: forty shoppers at two servers want five: exactly five have one', async () => {
  const of = await live(['S01'])
  const second = await world.another()
  const crowd = await Promise.all(Array.from({ length: CROWD }, (_, i) => world.member(`crowd-${i}`)))
  const answers = await Promise.all(
    crowd.map((each, i) => tried(i % 2 === 0 ? each : { ...each, api: second.as(each.token) }, 'S01', of)),
  )
  assert.deepEqual(count(answers), { placed: QUOTA, 'campaigns.sold_out': CROWD - QUOTA })
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})

test('domain 2.2: one member in two stores at two servers at once, twenty times: exactly one order', async () => {
  const of = await live(['S01', SLOT_STORE])
  const second = await world.another()
  const shopper: Shopper = await world.member('crowd-0')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      tried(
        i % 2 === 0 ? shopper : { ...shopper, api: second.as(shopper.token) },
        i % 4 < 2 ? 'S01' : SLOT_STORE,
        of,
      ),
    ),
  )
  assert.deepEqual(count(answers), { placed: 1, 'campaigns.limit_reached': 19 })
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})

test('domain 2.2 首单: twenty orders of one member at two servers, in two campaigns for a first order: exactly one order', async () => {
  const hq = await world.staff('hq')
  const two = (await goodsOf(world)).slice(3, 5)
  const open = await Promise.all(
    two.map(async (goods) => ({
      skuId: goods.skuId,
      campaignId: await campaign(
        world,
        hq,
        campaignOf(world, goods, {
          firstOrder: true,
          perMember: 5,
          items: [
            { skuId: goods.skuId, priceFen: goods.priceFen - 10, quotas: [{ storeId: 'S01', quota: 30 }] },
          ],
        }),
      ),
    })),
  )
  const second = await world.another()
  const shopper = await world.member('crowd-first')
  const there = { ...shopper, api: second.as(shopper.token) }
  const all = () =>
    Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tried(i % 2 === 0 ? shopper : there, 'S01', only(open, i % 4 < 2 ? 0 : 1)),
      ),
    )
  assert.deepEqual(count(await all()), { placed: 1, 'campaigns.not_for_you': 19 })
  assert.deepEqual(await wrongInTheBooks(world), [])

  // Nobody pays it: it was no first order, and the next one is.
  const [placed] = await rows<{ id: string }>(
    world,
    `select id from orders where member_id = $1 and state = 'PENDING_PAY'`,
    [shopper.memberId],
  )
  assert.ok(placed)
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
  assert.deepEqual(
    await rows(world, 'select * from campaign_first where member_id = $1', [shopper.memberId]),
    [],
  )
  assert.deepEqual(count(await all()), { placed: 1, 'campaigns.not_for_you': 19 })
  assert.deepEqual(await wrongInTheBooks(world), [])
  await second.close()
})
