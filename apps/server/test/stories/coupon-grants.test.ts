// Coupons in the hands of head office, and what ends by itself.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { coupon, couponNow, grantPoints, mine, plantPoints, template } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

const DAY = 86_400
const THREE = [{ skuId: APPLE, quantity: 3 }]
let world: World
let serial = 0
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url)
      await plantPoints(url)
    },
  })
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})
const newcomer = (): Promise<Shopper> => world.member(`shopper-${String(++serial + 100).padStart(4, '0')}`)
const balance = ({ api }: Shopper) => api('GET /v1/points')

test('what is over is over: lots empty themselves, coupons expire, and the books say so', async () => {
  const shopper = await newcomer()
  const today = new Date(world.clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
  await grantPoints(world, shopper.memberId, 40, today)
  const id = await coupon(world, shopper, { validDays: 1 })
  assert.equal((await balance(shopper)).available, 40)
  await world.advance(DAY)
  assert.equal((await balance(shopper)).available, 0)
  await refused(order(shopper, { lines: THREE, usePoints: 40 }), 'points.unusable')
  await refused(order(shopper, { lines: THREE, couponIds: [id] }), 'coupons.unusable')
  await world.sweep('ledgers.points')
  await world.sweep('coupons.expiry')
  assert.equal((await couponNow(world, id)).state, 'EXPIRED')
  assert.deepEqual(
    (await mine(shopper, 'over')).map((each) => each.id),
    [id],
  )
})

test('GET /v1/points/postings pages, and refuses a cursor that is not ours', async () => {
  const shopper = await newcomer()
  for (let i = 1; i <= 3; i++) await grantPoints(world, shopper.memberId, i)
  const first = await shopper.api('GET /v1/points/postings', { query: { limit: 2 } })
  assert.deepEqual(
    first.items.map(({ available }) => available),
    [3, 2],
  )
  const rest = await shopper.api('GET /v1/points/postings', {
    query: { limit: 2, cursor: first.nextCursor ?? '' },
  })
  assert.deepEqual([rest.items.length, rest.nextCursor], [1, null])
  await refused(shopper.api('GET /v1/points/postings', { query: { cursor: 'bm8' } }), 'points.cursor_invalid')
})

test('head office makes, grants and ends templates; a manager reads; nobody grants too many', async () => {
  const [shopper, other] = [await newcomer(), await newcomer()]
  const [hq, manager] = [await world.staff('hq'), await world.staff('s01')]
  await refused(manager('POST /console/v1/coupon-templates', { body: template() }), 'staff.not_allowed')
  await refused(
    hq('POST /console/v1/coupon-templates', { body: template({ steps: [] }) }),
    'coupons.template_unsound',
  )
  await refused(
    hq('POST /console/v1/coupon-templates', { body: template({ categoryIds: ['nowhere'] }) }),
    'catalog.category_missing',
  )
  const { id } = await hq('POST /console/v1/coupon-templates', { body: template({ most: 2, mostEach: 1 }) })
  const { items } = await manager('GET /console/v1/coupon-templates', { query: { limit: 100 } })
  assert.ok(items.some((each) => each.id === id))
  const params = { templateId: id }
  const grant = (idempotencyKey: string, memberIds: string[]) =>
    hq('POST /console/v1/coupon-templates/:templateId/grants', {
      params,
      body: { idempotencyKey, memberIds },
    })
  const key = randomUUID()
  const first = await grant(key, [shopper.memberId])
  assert.deepEqual([first.granted.map(({ memberId }) => memberId), first.full], [[shopper.memberId], []])
  assert.deepEqual(await grant(key, [shopper.memberId]), first, 'a repeat')
  assert.deepEqual(await grant(randomUUID(), [shopper.memberId]), { granted: [], full: [shopper.memberId] })
  assert.equal((await mine(shopper)).length, 1)
  const third = await newcomer()
  await refused(grant(randomUUID(), [other.memberId, third.memberId]), 'coupons.granted_out')
  await refused(grant(randomUUID(), ['01900000-0000-7000-8000-000000000000']), 'coupons.member_missing')
  await hq('POST /console/v1/coupon-templates/:templateId/ending', { params })
  await refused(
    hq('POST /console/v1/coupon-templates/:templateId/ending', { params }),
    'coupons.template_over',
  )
  await refused(grant(randomUUID(), [other.memberId]), 'coupons.template_over')
  assert.deepEqual((await hq('GET /console/v1/members', { query: { q: '0000' } })).items, [])
})
