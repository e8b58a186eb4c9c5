// A list comes in while shoppers buy and staff hand over: nothing is sold twice, and no hand-over is undone.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Feeds } from '../../src/rooms/feeds/index.ts'
import { feedsOf, onHandOf, plantSource } from '../feeds.ts'
import { APPLE, GOODS } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { fails } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let feeds: Feeds
before(async () => {
  world = await openWorld({ onHand: 30 })
  await plantSource(world, 'erp')
  feeds = await feedsOf(world.ctx)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})
const goods = GOODS[0]?.barcode ?? ''

const list = async (count: number, asOf: string): Promise<void> => {
  const run = await feeds.openSnapshot('erp', { key: randomUUID(), topic: 'stock', asOf }, 'test')
  await feeds.addPart(run, 1, { stock: [{ store: '1', goods, count }] })
  await feeds.closeSnapshot(run, 1)
  await feeds.sweeps.find(({ name }) => name === 'feeds.apply')?.run()
}

test('forty want thirty while the same count comes in ten times: thirty are sold', async () => {
  const shopper = await world.member('shopper-0001')
  const now = world.clock.now().getTime()
  const lists = Array.from({ length: 10 }, (_, i) =>
    list(30, new Date(now - 60_000 + i * 1000).toISOString()),
  )
  const lost = await Promise.all(Array.from({ length: 40 }, () => fails(order(shopper))))
  await Promise.all(lists)
  assert.equal(lost.filter((each) => !each).length, 30)
  const { rows } = await world.ctx.database.pool.query(
    `select on_hand, reserved from stock_level where store_id = 'S01' and sku_id = $1`,
    [APPLE],
  )
  assert.deepEqual(rows, [{ on_hand: 30, reserved: 30 }])
})

test('twelve bags are handed over while a list from before comes in again and again: each is off the count once', async () => {
  const asOf = world.clock.now().getTime()
  await list(100, new Date(asOf).toISOString())
  world.clock.advance(60)
  const shopper = await world.member('shopper-0002')
  const clerk = await world.staff('clerk01', 'floor')
  const bags = []
  for (let i = 0; i < 12; i++) {
    const purchase = await paid(world, shopper)
    await clerk('POST /staff/v1/orders/:orderId/readiness', { params: purchase })
    bags.push(await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: purchase }))
  }
  await Promise.all([
    ...bags.map(({ digits }) =>
      clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } }),
    ),
    ...Array.from({ length: 8 }, (_, i) => list(100, new Date(asOf + 1000 + i).toISOString())),
  ])
  assert.equal(await onHandOf(world, 'S01', APPLE), 88)
})
