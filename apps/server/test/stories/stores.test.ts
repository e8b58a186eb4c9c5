import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld({ start: new Date('2026-11-23T04:00:00Z') })
})
after(() => world.close())

test('GET /v1/setup · 200', async () => {
  const setup = await world.api('GET /v1/setup')
  assert.equal(setup.chainName, '襄惠生活超市')
  assert.equal(setup.now, '2026-11-23T04:00:00.000Z')
  assert.equal(setup.appId, world.ctx.config.wechat.appId)
  assert.equal(setup.sandbox?.origin, new URL(world.ctx.config.wechat.wxBaseUrl).origin)
})

test('GET /v1/stores · 200: by name without a position, nearest first with one', async () => {
  const plain = await world.api('GET /v1/stores')
  assert.deepEqual(
    plain.items.map(({ id, distanceM }) => [id, distanceM]),
    [
      ['S01', null],
      ['S02', null],
    ],
  )
  const near = await world.api('GET /v1/stores', { query: { lng: 114.52, lat: 37.07 } })
  assert.deepEqual(
    near.items.map(({ id }) => id),
    ['S02', 'S01'],
  )
  assert.equal(near.items[0]?.distanceM, 0)
  assert.equal(Object.hasOwn(near.items[0] ?? {}, 'zones'), false)
})

test('GET /v1/stores/:storeId · 200 with floor plan, 404 missing', async () => {
  const store = await world.api('GET /v1/stores/:storeId', { params: { storeId: 'S01' } })
  assert.equal(store.zones.length, 3)
  assert.equal(store.floorPlan.width, 343)
  assert.equal(store.openNow, true)
  assert.equal(store.ordering, 'open')
  assert.deepEqual(store.features, ['pickup'])
  await refused(world.api('GET /v1/stores/:storeId', { params: { storeId: 'S99' } }), 'stores.missing', 404)
})

test('GET /console/v1/stores · 200: only what is mine', async () => {
  const ids = async (account: string) =>
    (await (await world.staff(account))('GET /console/v1/stores')).items.map(({ id }) => id)
  assert.deepEqual(await ids('hq'), ['S01', 'S02'])
  assert.deepEqual(await ids('s02'), ['S02'])
})

test('PUT /console/v1/stores/:storeId · 200: absent fields stay, everyone sees it, the trail knows', async () => {
  const manager = await world.staff('s01')
  const second = await world.another()
  try {
    const body = { closesAt: '11:00', pickupHint: '南门进，服务台在右手边' }
    const changed = await manager('PUT /console/v1/stores/:storeId', { params: { storeId: 'S01' }, body })
    assert.equal(changed.closesAt, '11:00')
    assert.equal(changed.opensAt, '00:00')
    assert.equal(changed.openNow, false)
    assert.equal(changed.name, '1 号店')
    const seen = () => second.as('')('GET /v1/stores/:storeId', { params: { storeId: 'S01' } })
    await until(async () => (await seen()).closesAt === '11:00', 'the other process knows the hours')
  } finally {
    await second.close()
  }
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/audit-events', { query: { q: 'stores.changed' } })
  assert.deepEqual(items[0]?.before, { closesAt: '23:59', pickupHint: null })
  assert.equal(items[0]?.actor, 'staff:s01')
})

test('PUT /console/v1/stores/:storeId · 422 hours_invalid, 404 missing, 403 out_of_scope', async () => {
  const [hq, manager] = [await world.staff('hq'), await world.staff('s01')]
  const change = { params: { storeId: 'S02' }, body: { opensAt: '22:00', closesAt: '08:00' } }
  await refused(hq('PUT /console/v1/stores/:storeId', change), 'stores.hours_invalid', 422)
  await refused(manager('PUT /console/v1/stores/:storeId', change), 'staff.out_of_scope', 403)
  const nowhere = { ...change, params: { storeId: 'S99' } }
  await refused(hq('PUT /console/v1/stores/:storeId', nowhere), 'stores.missing', 404)
})

test('a store says whether it takes orders, and if not, why; placing obeys the same word', async () => {
  const [hq, shopper] = [await world.staff('hq'), await world.member('shopper-0001')]
  const params = { storeId: 'S01' }
  const ordering = async () => (await world.api('GET /v1/stores/:storeId', { params })).ordering
  const pause = (open: boolean) => hq('PUT /console/v1/stores/:storeId', { params, body: { open } })
  const pickup = (on: boolean) =>
    hq('PUT /console/v1/stores/:storeId/features/:feature', {
      params: { storeId: 'S01', feature: 'pickup' },
      body: { on },
    })
  const closed = async (why: string) => {
    assert.equal(await ordering(), why)
    const problem = await refused(order(shopper), 'stores.closed', 409)
    assert.equal(problem.data?.['ordering'], why)
  }
  await pause(false)
  await closed('paused')
  await pickup(false)
  await closed('paused')
  await pause(true)
  await closed('no_pickup')
  await pickup(true)
  assert.equal(await ordering(), 'open')
  await order(shopper)
})

test('PUT …/features/:feature · 200 on and off, repeated without a second event; 403 out_of_scope', async () => {
  const hq = await world.staff('hq')
  const set = (on: boolean) =>
    hq('PUT /console/v1/stores/:storeId/features/:feature', {
      params: { storeId: 'S02', feature: 'pickup_slots' },
      body: { on },
    })
  assert.ok(!(await set(false)).features.includes('pickup_slots'))
  await set(false)
  assert.ok((await set(true)).features.includes('pickup_slots'))
  const { items } = await hq('GET /console/v1/audit-events', { query: { q: 'stores.feature' } })
  assert.equal(items.filter(({ storeId }) => storeId === 'S02').length, 2)
  const params = { storeId: 'S02', feature: 'pickup_slots' as const }
  const manager = await world.staff('s01')
  await refused(
    manager('PUT /console/v1/stores/:storeId/features/:feature', { params, body: { on: true } }),
    'staff.out_of_scope',
    403,
  )
  await refused(
    hq('PUT /console/v1/stores/:storeId/features/:feature', {
      params: { ...params, storeId: 'S99' },
      body: { on: true },
    }),
    'stores.missing',
    404,
  )
})
