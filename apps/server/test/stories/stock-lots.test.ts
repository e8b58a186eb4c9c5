import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { businessDay, dayAfter, instantOf } from '../../src/kernel/clock.ts'
import { createInventory, freeOf } from '../../src/rooms/inventory/index.ts'
import { createStaff } from '../../src/rooms/staff/index.ts'
import { createStores } from '../../src/rooms/stores/index.ts'
import { APPLE, PEAR, SOY } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { receive, takeBack, waste } from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let manager: LinliApi
let other: LinliApi
before(async () => {
  world = await openWorld({ onHand: 0 })
  // Noon, so that no night begins while the story runs.
  const now = world.clock.now()
  const noon = instantOf(dayAfter(businessDay(now), 1), '12:00')
  await world.advance(Math.round((noon.getTime() - now.getTime()) / 1000))
  shopper = await world.member('shopper-0001')
  manager = await world.staff('s01')
  other = await world.staff('s02')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const today = () => businessDay(world.clock.now())
const lots = (query: object = {}) =>
  manager('GET /console/v1/stock-lots', { query: { storeId: 'S01', ...query } })
const seen = async (query: object = {}) =>
  (await lots(query)).items.map(({ batchNo, remaining, mark, daysLeft }) => [
    batchNo,
    remaining,
    mark,
    daysLeft,
  ])
const handOver = async (quantity: number) => {
  const { orderId } = await paid(world, shopper, quantity)
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
const levelShown = async (skuId = APPLE) => {
  const { items } = await manager('GET /console/v1/stock-levels', { query: { storeId: 'S01', limit: 100 } })
  return items.find((item) => item.skuId === skuId) ?? assert.fail()
}

test('GET /console/v1/stock-lots · 200: soonest first, marked near and expired; sales take the soonest', async () => {
  const line = (batchNo: string, days: number, quantity: number) => ({
    skuId: APPLE,
    quantity,
    batchNo,
    madeOn: dayAfter(today(), -1),
    expiresOn: dayAfter(today(), days),
  })
  await receive(manager, { lines: [line('late', 40, 10), line('soon', 1, 4)] })
  assert.deepEqual(await seen(), [
    ['soon', 4, 'near', 1],
    ['late', 10, 'fresh', 40],
  ])
  assert.deepEqual(await seen({ only: 'near' }), [['soon', 4, 'near', 1]])
  await handOver(3)
  await world.sweep('inventory.lots')
  assert.deepEqual((await seen())[0], ['soon', 1, 'near', 1])
  const { near, expired, total } = await lots({ only: 'expired' })
  assert.deepEqual([near, expired, total], [1, 0, 0])
  await refused(other('GET /console/v1/stock-lots', { query: { storeId: 'S01' } }), 'staff.out_of_scope', 403)
})

test('domain 2.14: past its date it is not for sale, in the list, on the desk and in the shop, and still on hand', async () => {
  await world.advance(2 * 86_400)
  manager = await world.staff('s01')
  shopper = await world.member('shopper-0001')
  await world.sweep('inventory.lots')
  const level = await levelShown()
  assert.deepEqual([level.onHand, level.expired, level.available], [11, 1, 10])
  assert.deepEqual(await seen({ only: 'expired' }), [['soon', 1, 'expired', -1]])
  await refused(order(shopper, { lines: [{ skuId: APPLE, quantity: 11 }] }), 'inventory.stock_short', 409)
  const staff = await createStaff(world.ctx)
  const stores = await createStores(world.ctx, { staff })
  world.ctx.metrics.registry.clear()
  const inventory = await createInventory(world.ctx, { staff, stores, messages: { tell: async () => 0 } })
  assert.equal(inventory.available('S01', APPLE), 10)
})

test('POST …/wastes · of a lot: the lot is used up and nothing is held back; 409 lot_short; taken back it is there again', async () => {
  const [lot] = (await lots({ only: 'expired' })).items
  const line = (quantity: number) => [{ skuId: APPLE, quantity, lotId: lot?.id ?? '' }]
  await refused(waste(manager, { reason: 'EXPIRED', lines: line(2) }), 'inventory.lot_short', 409)
  const document = await waste(manager, { reason: 'EXPIRED', lines: line(1) })
  assert.equal((await levelShown()).expired, 0)
  assert.deepEqual(await seen({ only: 'expired' }), [])
  await takeBack(manager, document)
  assert.deepEqual([(await levelShown()).expired, (await levelShown()).available], [1, 10])
})

test('POST …/reversal · of a receipt: its lots go with it', async () => {
  const expiresOn = dayAfter(today(), 9)
  const document = await receive(manager, { lines: [{ skuId: PEAR, quantity: 5, expiresOn, batchNo: 'R' }] })
  assert.ok((await seen()).some(([batch]) => batch === 'R'))
  await takeBack(manager, document)
  assert.ok(!(await seen()).some(([batch]) => batch === 'R'))
  assert.equal((await levelOf(world, PEAR)).onHand, 0)
})

test('what may be promised is one sum: the desk, the tables and the shop agree', async () => {
  const { pool } = world.ctx.database
  await pool.query(`update stock_level set safety = 2, activity_locked = 3 where sku_id = $1`, [APPLE])
  const { rows } = await pool.query<Parameters<typeof freeOf>[0] & { free: number }>(
    `select on_hand as "onHand", reserved, safety, activity_locked as "activityLocked", expired, buffer, free_of(l) as free from stock_level l`,
  )
  for (const { free, ...level } of rows) assert.equal(freeOf(level), free)
  assert.equal((await levelShown()).available, 5)
  await pool.query(`update stock_level set safety = 0, activity_locked = 0`)
})

test('domain 2.11 PUT …/safety · days of cover follow the sales, at once and every night, and the trail says why', async () => {
  const put = (body: { safety: number; coverDays?: number; reason: string }) =>
    manager('PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety', {
      params: { storeId: 'S01', skuId: APPLE },
      body,
    })
  // Three sold in two days: six in four.
  const level = await put({ safety: 1, coverDays: 4, reason: '周末人多' })
  assert.deepEqual([level.safety, level.coverDays], [6, 4])
  const trail = await (
    await world.staff('hq')
  )('GET /console/v1/audit-events', { query: { q: 'inventory.safety_set' } })
  assert.equal((trail.items[0]?.after as { reason?: string } | null)?.reason, '周末人多')
  await world.advance(25 * 86_400)
  manager = await world.staff('s01')
  await world.sweep('inventory.safety')
  assert.equal((await levelShown()).safety, 1, 'three in 28 days: the least holds')
  const fixed = await put({ safety: 6, reason: '固定' })
  assert.deepEqual([fixed.safety, fixed.coverDays], [6, null])
  await put({ safety: 0, reason: '清零' })
})

test('GET, POST /console/v1/stock-checks · 200: what a check found stays, the nightly one once a night', async () => {
  const hq = await world.staff('hq')
  const clean = await hq('POST /console/v1/stock-checks')
  assert.deepEqual([clean.faults, clean.nightly, clean.by, clean.levels], [[], false, 'staff:hq', 16])
  const { pool } = world.ctx.database
  await pool.query(`update stock_level set on_hand = on_hand + 2 where store_id = 'S02' and sku_id = $1`, [
    SOY,
  ])
  const found = await hq('POST /console/v1/stock-checks')
  assert.deepEqual(
    found.faults.map(({ storeId, name, onHand, ledgerOnHand }) => [storeId, name, onHand, ledgerOnHand]),
    [['S02', '酱油 800ml', 2, 0]],
  )
  const errand = async (who: LinliApi) =>
    (await who('GET /console/v1/workbench')).todo.find(({ kind }) => kind === 'stock_sums')
  const pressing = await errand(hq)
  assert.deepEqual([pressing?.count, pressing?.since], [1, found.at], 'it stands on the workbench')
  assert.equal((await errand(await world.staff('s02')))?.count, 1)
  assert.equal(await errand(manager), undefined, 'not of other stores')
  await pool.query(`update stock_level set on_hand = on_hand - 2 where store_id = 'S02' and sku_id = $1`, [
    SOY,
  ])
  const [mine] = (await manager('GET /console/v1/stock-checks')).items
  assert.deepEqual([mine?.faults, mine?.elsewhere], [[], 1], 'other stores are counted, not shown')
  await world.sweep('inventory.sums')
  await world.sweep('inventory.sums')
  const nightly = (await hq('GET /console/v1/stock-checks')).items.filter((check) => check.nightly)
  assert.equal(nightly.length, 1)
  assert.equal(await errand(hq), undefined)
  const client = await pool.connect()
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(7164231)')
  await refused(hq('POST /console/v1/stock-checks'), 'inventory.check_running', 409)
  await client.query('rollback')
  client.release()
})
