import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE, GOODS, idOf, PEAR, skuOf } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { receive } from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let manager: LinliApi
before(async () => {
  world = await openWorld({ onHand: 0 })
  shopper = await world.member('shopper-0001')
  manager = await world.staff('s01')
})
after(() => world.close())

const ask = (skuId = APPLE, { api }: Pick<Shopper, 'api'> = shopper, storeId = 'S01') =>
  api('PUT /v1/stores/:storeId/restock-notices/:skuId', { params: { storeId, skuId } })
const drop = (skuId = APPLE) =>
  shopper.api('DELETE /v1/stores/:storeId/restock-notices/:skuId', { params: { storeId: 'S01', skuId } })
const mine = async () => (await shopper.api('GET /v1/restock-notices')).items
const waits = async (query = {}) => (await manager('GET /console/v1/restock-waits', { query })).items

test('domain 31 到货提醒 · asked for once however often, seen by the store as a number, dropped on request', async () => {
  await Promise.all(Array.from({ length: 6 }, () => ask()))
  assert.deepEqual(
    (await mine()).map(({ skuId, dueAt, available }) => [skuId, dueAt, available]),
    [[APPLE, null, 0]],
  )
  await ask(APPLE, await world.member('shopper-0002'))
  assert.deepEqual(
    (await waits()).map(({ skuId, waiting }) => [skuId, waiting]),
    [[APPLE, 2]],
  )
  await drop()
  await drop()
  assert.deepEqual(await mine(), [])
  assert.equal((await waits())[0]?.waiting, 1)
  await refused(
    manager('GET /console/v1/restock-waits', { query: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
})

test('domain 31 到货提醒 · when goods return each wish is due once, by whichever process; then it may be asked anew', async () => {
  await ask(PEAR)
  await world.sweep('inventory.restock')
  assert.equal((await mine())[0]?.dueAt, null)
  await receive(manager, { lines: [{ skuId: PEAR, quantity: 2 }] })
  const second = await world.another()
  try {
    const there = second.linli.sweeps.find(({ name }) => name === 'inventory.restock')
    await Promise.all([world.sweep('inventory.restock'), there?.run()])
  } finally {
    await second.close()
  }
  const [due] = await mine()
  assert.ok(due?.dueAt)
  assert.equal(due.available, 2)
  await world.sweep('inventory.restock')
  assert.equal((await mine())[0]?.dueAt, due.dueAt, 'once')
  assert.equal(
    (await waits()).some(({ skuId }) => skuId === PEAR),
    false,
  )
  const problem = await refused(ask(PEAR), 'inventory.in_stock', 409)
  assert.deepEqual(problem.data, { available: 2 })
  await world.advance(15 * 86_400)
  await world.sweep('inventory.restock')
  shopper = await world.member('shopper-0001')
  assert.deepEqual(await mine(), [], 'two weeks later it is forgotten')
})

test('PUT …/restock-notices/:skuId · 404 level_missing; 409 notices_full at fifty, held by the table too', async () => {
  manager = await world.staff('s01')
  await refused(ask(idOf('sku:nobody')), 'inventory.level_missing', 404)
  const { pool } = world.ctx.database
  const goods = GOODS.map(({ barcode }) => skuOf(barcode)).filter((skuId) => skuId !== PEAR)
  await pool.query(
    `with made as (insert into sku (id, product_id, barcode) select gen_random_uuid(), (select product_id from sku where id = $1), lpad(g::text, 13, '0')
       from generate_series(1, 50) g returning id)
     insert into listing (store_id, sku_id, price_fen, updated_by) select 'S02', id, 100, 'test' from made`,
    [APPLE],
  )
  await pool.query(
    `insert into restock_notice (member_id, store_id, sku_id, place, asked_at)
     select $1, 'S02', sku_id, row_number() over (), now() from listing where store_id = 'S02' and updated_by = 'test' limit 48`,
    [shopper.memberId],
  )
  const outcomes = await Promise.allSettled(goods.slice(0, 6).map((skuId) => ask(skuId)))
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2)
  assert.equal((await mine()).length, 50)
  await refused(ask(goods[6]), 'inventory.notices_full', 409)
  await assert.rejects(
    pool.query(`update restock_notice set place = 51 where member_id = $1 and place = 1`, [shopper.memberId]),
    /place_check/,
  )
})
