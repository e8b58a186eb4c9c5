import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { businessDay, dayAfter, instantOf } from '../../src/kernel/clock.ts'
import { createInventory } from '../../src/rooms/inventory/index.ts'
import { createStaff } from '../../src/rooms/staff/index.ts'
import { createStores } from '../../src/rooms/stores/index.ts'
import { APPLE, GOODS, idOf, PEAR, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager: LinliApi
before(async () => {
  world = await openWorld({ onHand: 20 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager = await world.staff('s01')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

interface Wish {
  skuId?: string
  storeId?: string
  key?: string
  note?: string
  reason?: 'ADJUST' | 'RECEIVE' | 'RETURN'
  who?: LinliApi
}
const adjust = (
  delta: number,
  {
    skuId = APPLE,
    storeId = 'S01',
    key = randomUUID(),
    note = '盘点',
    reason = 'ADJUST',
    who = manager,
  }: Wish = {},
) =>
  who('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
    params: { storeId, skuId },
    body: { idempotencyKey: key, delta, reason, note },
  })
const setSafety = (safety: number, { skuId = APPLE, storeId = 'S01', who = manager } = {}) =>
  who('PUT /console/v1/stores/:storeId/stock-levels/:skuId/safety', {
    params: { storeId, skuId },
    body: { safety, reason: '周末多留' },
  })
const entries = (skuId: string, page = 1, limit = 20) =>
  manager('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', {
    params: { storeId: 'S01', skuId },
    query: { page, limit },
  })

test('GET /console/v1/stock-levels · 200: the arithmetic in the open, least available first', async () => {
  await order(shopper, { lines: [{ skuId: PEAR, quantity: 3 }] })
  await setSafety(5, { skuId: PEAR })
  const { items, total } = await manager('GET /console/v1/stock-levels', { query: { storeId: 'S01' } })
  assert.equal(total, GOODS.length)
  const [first] = items
  assert.equal(first?.skuId, PEAR)
  assert.deepEqual(
    [first.onHand, first.reserved, first.safety, first.locked, first.available],
    [20, 3, 5, 0, 12],
  )
  assert.deepEqual([first.name, first.barcode, first.shelf], ['宁晋鸭梨 约1.5kg', '6999911000039', 'G01-3-2'])
})

test('GET /console/v1/stock-levels · 200: by name, barcode, shelf, category, and what needs a look', async () => {
  const find = async (query: Record<string, unknown>) =>
    (await hq('GET /console/v1/stock-levels', { query: { storeId: 'S01', ...query } })).items.map(
      ({ skuId }) => skuId,
    )
  assert.deepEqual(await find({ q: '鸭梨' }), [PEAR])
  assert.deepEqual(await find({ q: '699991100003' }), [PEAR])
  assert.deepEqual(await find({ q: 'g01-3' }), [PEAR])
  assert.deepEqual(await find({ q: '100%_\\' }), [])
  assert.equal((await find({ categoryId: 'G' })).length, 3)
  assert.deepEqual(await find({ only: 'reserved' }), [PEAR])
  await adjust(-15, { skuId: SOY })
  assert.deepEqual(await find({ only: 'low' }), [SOY])
  await adjust(-5, { skuId: SOY })
  assert.deepEqual(await find({ only: 'sold_out' }), [SOY])
  const { soldOut, low, total } = await hq('GET /console/v1/stock-levels', {
    query: { storeId: 'S01', only: 'sold_out' },
  })
  assert.deepEqual([soldOut, low, total], [1, 0, 1])
  await adjust(20, { skuId: SOY, reason: 'RECEIVE' })
})

test('GET /console/v1/stock-levels · 200: a manager sees own stores; 403 out_of_scope for another', async () => {
  const mine = await manager('GET /console/v1/stock-levels', { query: { limit: 100 } })
  assert.ok(mine.items.every(({ storeId }) => storeId === 'S01'))
  assert.equal((await hq('GET /console/v1/stock-levels', { query: { limit: 100 } })).total, GOODS.length * 2)
  const there = { storeId: 'S02', skuId: APPLE }
  await refused(
    manager('GET /console/v1/stock-levels', { query: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
  await refused(
    manager('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', { params: there }),
    'staff.out_of_scope',
    403,
  )
  await refused(adjust(1, there), 'staff.out_of_scope', 403)
  await refused(setSafety(1, there), 'staff.out_of_scope', 403)
})

test('GET …/entries · 200: of one account only what moves it, counted as such', async () => {
  await order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] })
  const { items, total } = await entries(PEAR)
  const held = items.filter(({ reservedDelta }) => reservedDelta !== 0).length
  assert.ok(held > 0 && held < total)
  const of = (account: 'on_hand' | 'reserved') =>
    manager('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', {
      params: { storeId: 'S01', skuId: PEAR },
      query: { account, limit: 1 },
    })
  const [onHand, reserved] = [await of('on_hand'), await of('reserved')]
  assert.deepEqual([onHand.total, reserved.total], [total - held, held])
  assert.deepEqual([reserved.items[0]?.reason, onHand.items[0]?.reservedDelta], ['RESERVE', 0])
})

test('POST …/adjustments · 200: the count, an entry that says why and who, a trail', async () => {
  const level = await adjust(-2, { note: '破了两个' })
  assert.deepEqual([level.onHand, level.available], [18, 18])
  const [entry] = (await entries(APPLE)).items
  assert.deepEqual(
    [entry?.reason, entry?.onHandDelta, entry?.onHandAfter, entry?.note, entry?.by],
    ['ADJUST', -2, 18, '破了两个', 'staff:s01'],
  )
  const trail = await hq('GET /console/v1/audit-events', { query: { q: 'inventory.adjusted' } })
  assert.deepEqual(trail.items[0]?.before, { onHand: 20, reason: null, note: null })
  assert.deepEqual(trail.items[0]?.after, { onHand: 18, reason: 'ADJUST', note: '破了两个' })
})

test('POST …/adjustments · the same key once, however often it is sent; 409 key_reused with another body', async () => {
  const key = randomUUID()
  const sent = await Promise.all(Array.from({ length: 10 }, () => adjust(3, { key })))
  assert.equal(new Set(sent.map(({ onHand }) => onHand)).size, 1)
  assert.equal((await levelOf(world)).onHand, 21)
  await refused(adjust(4, { key }), 'inventory.key_reused', 409)
  await refused(adjust(3, { key, note: '别的' }), 'inventory.key_reused', 409)
  await refused(adjust(3, { key, reason: 'RETURN' }), 'inventory.key_reused', 409)
})

test('POST …/adjustments · 409 below_reserved, nothing_to_change; 404 level_missing; nothing changes', async () => {
  const placed = await order(shopper, { lines: [{ skuId: APPLE, quantity: 4 }] })
  const before = await levelOf(world)
  const problem = await refused(adjust(-18), 'inventory.below_reserved', 409)
  assert.deepEqual(problem.data, before)
  await refused(adjust(-100_000), 'inventory.below_reserved', 409)
  await refused(adjust(0), 'inventory.nothing_to_change', 409)
  const skuId = idOf('sku:nobody')
  await refused(adjust(1, { skuId }), 'inventory.level_missing', 404)
  await refused(setSafety(1, { skuId }), 'inventory.level_missing', 404)
  await refused(entries(skuId), 'inventory.level_missing', 404)
  assert.deepEqual(await levelOf(world), before)
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
})

test('PUT …/safety · 200: what is kept back cannot be sold, here or from another server, at once', async () => {
  const second = await world.another()
  try {
    const { onHand } = await levelOf(world)
    const there = { api: second.as(shopper.token) }
    const wish = { lines: [{ skuId: APPLE, quantity: 2 }] }
    assert.equal((await setSafety(onHand - 1)).available, 1)
    for (const who of [shopper, there]) await refused(order(who, wish), 'inventory.stock_short', 409)
    assert.equal((await setSafety(onHand)).available, 0)
    for (const who of [shopper, there]) await refused(order(who, wish), 'inventory.stock_short', 409)
    await setSafety(0, { who: second.as(await world.staffToken('s01', 'console')) })
    const first = await order(shopper, wish)
    await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: first.id }, body: {} })
    const placed = await order(there, wish)
    await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
  } finally {
    await second.close()
  }
})

test('GET …/entries · 200: every move of an order under its number, newest first, page by page', async () => {
  const placed = await order(shopper, { lines: [{ skuId: SOY, quantity: 2 }] })
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
  const { items, total } = await entries(SOY)
  assert.deepEqual(
    items
      .slice(0, 2)
      .map(({ reason, reference, reservedDelta, reservedAfter }) => [
        reason,
        reference,
        reservedDelta,
        reservedAfter,
      ]),
    [
      ['RELEASE', placed.no, -2, 0],
      ['RESERVE', placed.no, 2, 2],
    ],
  )
  assert.equal(items.at(-1)?.reason, 'OPENING')
  const paged = await Promise.all(items.map((_, i) => entries(SOY, i + 1, 1)))
  assert.deepEqual(
    paged.flatMap((page) => page.items),
    items,
  )
  assert.equal(total, items.length)
})

test('people correcting and shoppers buying at once: nobody is sold what is not there, and the sums agree', async () => {
  const second = await world.another()
  try {
    const there = { api: second.as(shopper.token) }
    const deeds = Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0
        ? adjust(i % 2 ? 2 : -3, { skuId: SOY }).catch(() => undefined)
        : order(i % 2 ? there : shopper, { lines: [{ skuId: SOY, quantity: 1 }] }).catch(() => undefined),
    )
    await Promise.all(deeds)
    const { onHand, reserved } = await levelOf(world, SOY)
    assert.ok(reserved <= onHand)
  } finally {
    await second.close()
  }
})

test('the nightly check finds a level that is not the sum of its ledger, and says so in the metrics', async () => {
  const { pool } = world.ctx.database
  const metric = async () => /^stock_sum_faults (\d+)$/m.exec(await world.ctx.metrics.registry.metrics())?.[1]
  assert.equal(await metric(), '0')
  await pool.query(`update stock_level set on_hand = on_hand + 1 where store_id = 'S02' and sku_id = $1`, [
    PEAR,
  ])
  const night = instantOf(dayAfter(businessDay(world.clock.now()), 1), '03:30')
  world.clock.advance(Math.round((night.getTime() - world.clock.now().getTime()) / 1000))
  await world.sweep('inventory.sums')
  assert.equal(await metric(), '1')
  await pool.query(`update stock_level set on_hand = on_hand - 1 where store_id = 'S02' and sku_id = $1`, [
    PEAR,
  ])
  await world.sweep('inventory.sums')
  assert.equal(await metric(), '1', 'once a night is enough')
})

test('what is shown follows a sale within about a second, and misses nothing that commits late', async () => {
  const other = await world.another()
  try {
    const staff = await createStaff(other.ctx)
    const stores = await createStores(other.ctx, { staff })
    other.ctx.metrics.registry.clear()
    const inventory = await createInventory(other.ctx, { staff, stores, messages: { tell: async () => 0 } })
    const skuId = GOODS[3] ? idOf(`sku:${GOODS[3].barcode}`) : ''
    const shown = () => inventory.available('S01', skuId)
    assert.equal(shown(), 20)
    const slow = await world.ctx.database.pool.connect()
    await slow.query('begin')
    await slow.query(
      `with l as (update stock_level set on_hand = 13 where store_id = 'S01' and sku_id = $1 returning *)
       insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
       select store_id, sku_id, 'POS_SALE', -7, 0, 13, 0, 'test', now() from l`,
      [skuId],
    )
    const version = inventory.levelVersion('S01')
    for (let i = 0; i < 3; i++) {
      // Later entries commit first; the snapshot reads on beyond the one that is still open.
      const placed = await order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] })
      await inventory.refresh()
      await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
    }
    assert.equal(shown(), 20)
    await slow.query('commit')
    slow.release()
    await until(async () => shown() === 13, 'the late commit is shown')
    assert.ok(inventory.levelVersion('S01') > version)
  } finally {
    await other.close()
  }
})
