// Boxes with two servers: one order for each week, a skip against its order, and no more boxes than a store packs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { look, moveTo, runBoxes, subscribe, weekOf } from '../boxes.ts'
import { type Goods, goodsOf, only } from '../campaigns.ts'
import { rows } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let goods: Goods[]
let second: Awaited<ReturnType<World['another']>>
let crowd: Shopper[]
before(async () => {
  world = await openWorld({ onHand: 50, start: new Date('2026-11-24T02:00:00Z') })
  goods = await goodsOf(world)
  crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => world.member(`box-race-${i}`)))
  second = await world.another()
})
after(async () => {
  await second.close()
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const who = (i: number): Shopper => only(crowd, i)
const apiOf = (i: number): LinliApi => (i % 2 === 0 ? who(i).api : second.as(who(i).token))
const sweepThere = async (): Promise<void> => {
  await second.linli.sweeps.find(({ name }) => name === 'boxes.turn')?.run()
}
const outcomeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return 'done'
  } catch (error) {
    return (error as { problem: { code: string } }).problem.code
  }
}
/** Boxes that both servers know of. */
async function run(at: number, quota: number): Promise<string> {
  const campaignId = await runBoxes(world, await world.staff('hq'), only(goods, at), {
    items: [
      {
        skuId: only(goods, at).skuId,
        priceFen: only(goods, at).priceFen - 50,
        quotas: [
          { storeId: 'S01', quota },
          { storeId: 'S02', quota },
        ],
      },
    ],
  })
  await until(async () => {
    const { items } = await second.as(who(0).token)('GET /v1/stores/:storeId/campaigns', {
      params: { storeId: 'S01' },
      query: { kind: 'box' },
    })
    return items.some(({ id }) => id === campaignId)
  }, 'the second server knows of it')
  return campaignId
}

test('race: twelve subscribe at once at two servers for four places, and no more have one', async () => {
  const campaignId = await run(0, 12)
  const answers = await Promise.all(crowd.map((_, i) => outcomeOf(subscribe({ api: apiOf(i) }, campaignId))))
  assert.deepEqual(
    [
      answers.filter((each) => each === 'done').length,
      answers.filter((each) => each === 'boxes.full').length,
    ],
    [4, 8],
  )
  const same = await Promise.all(
    [0, 1].map((i) => outcomeOf(subscribe({ api: i ? second.as(who(0).token) : who(0).api }, campaignId))),
  )
  assert.equal(new Set(same).size, 1, 'one member at two servers is one box or none')
})

test('race: a member who subscribes twice at once has one box, and two who change places pass each other', async () => {
  const campaignId = await run(1, 6)
  const [a, b] = await Promise.all([
    subscribe(who(0), campaignId, { quantity: 2 }),
    subscribe({ api: second.as(who(0).token) }, campaignId, { quantity: 2 }),
  ])
  assert.equal(a.id, b.id)
  const other = await subscribe(who(1), campaignId, { storeId: 'S02' })
  const move = (api: LinliApi, boxId: string, storeId: string) =>
    outcomeOf(api('PUT /v1/boxes/:boxId/store', { params: { boxId }, body: { storeId } }))
  for (let i = 0; i < 4; i++) {
    const [mine, theirs] = i % 2 === 0 ? ['S02', 'S01'] : ['S01', 'S02']
    const outcomes = await Promise.all([
      move(apiOf(0), a.id, mine ?? ''),
      move(apiOf(1), other.id, theirs ?? ''),
    ])
    for (const outcome of outcomes) assert.ok(['done', 'boxes.full'].includes(outcome), outcome)
  }
})

test('race: two servers place the orders of a week at once, again and again: one order for each box', async () => {
  const campaignId = await run(2, 60)
  const boxes = await Promise.all(crowd.map((each) => subscribe(each, campaignId)))
  await moveTo(world, weekOf(boxes[0] ?? assert.fail()).ordersAt)
  await Promise.all([world.sweep('boxes.turn'), sweepThere(), world.sweep('boxes.turn'), sweepThere()])
  await Promise.all([world.sweep('boxes.turn'), sweepThere()])
  for (const [i, { id }] of boxes.entries()) assert.equal(weekOf(await look(who(i), id)).state, 'ORDERED')
  const [count] = await rows<{ orders: number; events: number }>(
    world,
    `select (select count(*)::int from orders where campaign_id = $1) as orders,
       (select count(*)::int from box_event e join box b on b.id = e.box_id where b.campaign_id = $1 and e.verb = 'order') as events`,
    [campaignId],
  )
  assert.deepEqual(count, { orders: 12, events: 12 })
  await moveTo(world, weekOf(boxes[0] ?? assert.fail()).payUntil)
  await Promise.all([world.sweep('orders.timeouts'), sweepThere()])
  await Promise.all([world.sweep('boxes.turn'), sweepThere()])
  await Promise.all([world.sweep('boxes.turn'), sweepThere()])
  for (const [i, { id }] of boxes.entries()) {
    const { lapses, weeks } = await look(who(i), id)
    assert.deepEqual([lapses, weeks[0]?.state], [1, 'LAPSED'])
  }
})

test('race: of a skip and the order of that week one wins, and the other hears of it', async () => {
  const campaignId = await run(3, 60)
  const boxes = await Promise.all(crowd.map((each) => subscribe(each, campaignId)))
  const { week, ordersAt } = weekOf(boxes[0] ?? assert.fail())
  await moveTo(world, ordersAt)
  const skips = crowd.map((_, i) =>
    outcomeOf(apiOf(i)('PUT /v1/boxes/:boxId/skips/:week', { params: { boxId: boxes[i]?.id ?? '', week } })),
  )
  const [, , ...answers] = await Promise.all([world.sweep('boxes.turn'), sweepThere(), ...skips])
  await world.sweep('boxes.turn')
  for (const [i, { id }] of boxes.entries()) {
    const { state, orderId } = weekOf(await look(who(i), id))
    assert.deepEqual(
      [state, orderId === null],
      answers[i] === 'done' ? ['SKIPPED', true] : ['ORDERED', false],
    )
    assert.ok(answers[i] === 'done' || answers[i] === 'boxes.week_placed', answers[i])
  }
})

test('race: paused from many places at once, a box gives its place back once, and everybody hears that it is paused', async () => {
  const campaignId = await run(4, 60)
  await subscribe(who(1), campaignId)
  const { id } = await subscribe(who(0), campaignId, { quantity: 2 })
  const params = { boxId: id }
  for (let round = 0; round < 3; round++) {
    const pauses = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        outcomeOf((i % 2 ? second.as(who(0).token) : who(0).api)('POST /v1/boxes/:boxId/pause', { params })),
      ),
    )
    assert.deepEqual([...new Set(pauses)], ['done'])
    const [place] = await rows<{ taken: number }>(
      world,
      `select taken from box_place where campaign_id = $1 and store_id = 'S01'`,
      [campaignId],
    )
    assert.equal(place?.taken, 1)
    await who(0).api('POST /v1/boxes/:boxId/resume', { params })
  }
})
