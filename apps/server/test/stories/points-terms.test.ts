// What points are worth, from a moment on: rows are only added, and head office alone adds them.
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { grantPoints } from '../benefits.ts'
import { APPLE } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const DAY = 86_400
const THREE = [{ skuId: APPLE, quantity: 3 }]
let world: World
let hq: LinliApi
beforeEach(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
})
afterEach(() => world.close())

const terms = {
  pointsPerYuan: 100,
  capBp: 5000,
  capPoints: null,
  minOrderFen: 0,
  exceptCategoryIds: [],
  fenPerPoint: 100,
  frozenDays: 7,
  validMonths: 12,
  active: true,
  since: null,
}
const set = (over: Partial<Record<keyof typeof terms, unknown>> = {}) =>
  hq('POST /console/v1/points-terms', { body: { ...terms, ...over } as typeof terms })
const now = async () => {
  const { nowId, items } = await hq('GET /console/v1/points-terms')
  return items.find(({ id }) => id === nowId)
}

test('a chain begins without points; the first row switches them on, and the trail says who', async () => {
  const shopper = await world.member('shopper-0301')
  assert.deepEqual(await hq('GET /console/v1/points-terms'), { nowId: null, items: [] })
  assert.equal((await shopper.api('GET /v1/points')).terms, null)
  await set()
  assert.equal((await shopper.api('GET /v1/points')).terms?.fenPerPoint, 100)
  const trail = await rows<{ actor: string }>(
    world,
    `select actor from audit_event where action = 'points.terms_set'`,
  )
  assert.deepEqual(
    trail.map(({ actor }) => actor),
    ['staff:hq'],
  )
})

test('other terms begin when they say; of two for one moment the later added holds; none begins in the past', async () => {
  await set()
  const later = new Date(world.clock.now().getTime() + DAY * 1000).toISOString()
  await set({ since: later, fenPerPoint: 200 })
  await set({ since: later, fenPerPoint: 300 })
  assert.equal((await now())?.fenPerPoint, 100)
  await world.advance(DAY + 60)
  hq = await world.staff('hq')
  assert.equal((await now())?.fenPerPoint, 300)
  await refused(set({ since: '2020-01-01T00:00:00Z' }), 'points.terms_unfit')
  await refused(set({ since: '2026-13-01T00:00:00Z' }), 'request.invalid')
  await refused(set({ since: '2199-01-01T00:00:00Z' }), 'points.terms_unfit')
  await refused(set({ exceptCategoryIds: ['NOWHERE'] }), 'catalog.category_missing')
  const manager = await world.staff('s01')
  await refused(manager('POST /console/v1/points-terms', { body: terms }), 'staff.not_allowed')
  assert.equal((await manager('GET /console/v1/points-terms')).items.length, 3)
})

test('switched off, nothing is earned or spent; what members have stays, and ends when it would', async () => {
  await set()
  const shopper = await world.member('shopper-0302')
  await grantPoints(world, shopper.memberId, 300)
  const today = new Date(world.clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
  await grantPoints(world, shopper.memberId, 7, today)
  await set({ active: false })
  await refused(order(shopper, { lines: THREE, usePoints: 100 }), 'points.unusable')
  const balance = await shopper.api('GET /v1/points')
  assert.deepEqual([balance.available, balance.terms], [307, null])
  const quote = await shopper.api('POST /v1/quotes', {
    body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: THREE },
  })
  assert.equal(quote.pointsEarned, 0)
  await world.advance(DAY)
  await world.sweep('ledgers.points')
  const again = await world.member('shopper-0302')
  const { items } = await again.api('GET /v1/points/postings', { query: {} })
  assert.deepEqual([items[0]?.reason, items[0]?.available], ['expire', -7])
  hq = await world.staff('hq')
  await set()
  const { totalFen } = await order(again, { lines: THREE, usePoints: 100 })
  assert.ok(totalFen > 0)
})

test('head office reads the account of a member; a manager does not', async () => {
  await set()
  const shopper = await world.member('shopper-0303')
  await grantPoints(world, shopper.memberId, 120)
  const params = { memberId: shopper.memberId }
  const account = await hq('GET /console/v1/members/:memberId/points', { params })
  assert.deepEqual([account.member.id, account.available, account.debt], [shopper.memberId, 120, 0])
  const { items } = await hq('GET /console/v1/members/:memberId/point-postings', { params, query: {} })
  assert.deepEqual(
    items.map(({ reason, available }) => [reason, available]),
    [['grant', 120]],
  )
  const nobody = { memberId: '01900000-0000-7000-8000-000000000000' }
  await refused(hq('GET /console/v1/members/:memberId/points', { params: nobody }), 'members.missing')
  await refused(
    hq('GET /console/v1/members/:memberId/point-postings', { params: nobody, query: {} }),
    'members.missing',
  )
  const manager = await world.staff('s01')
  await refused(manager('GET /console/v1/members/:memberId/points', { params }), 'staff.not_allowed')
})
