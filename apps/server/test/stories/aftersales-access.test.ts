// Once, by whom, and seen by whom: keys, races, strangers, photos, lists.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import {
  apply,
  type Asked,
  buy,
  collected,
  FRESH,
  KEEPS,
  options,
  pieces,
  quote,
  upload,
  wrongInAftersales,
} from '../aftersales.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let stranger: Shopper
let s01: LinliApi
let s02: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld()
})
// Days pass within a test, and sessions end with them.
beforeEach(async () => {
  shopper = await world.member('shopper-0001')
  stranger = await world.member('shopper-0002')
  s01 = await world.staff('s01')
  s02 = await world.staff('s02')
  clerk = await world.staff('clerk01', 'floor')
})
after(async () => {
  const wrong = [...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))]
  await world.close()
  assert.deepEqual(wrong, [])
})

const DAY = 24 * 3600
const one = (lineNo: number): Asked => ({
  kind: 'uncollected',
  reason: 'changed_mind',
  lines: pieces(lineNo),
})
const claim: Asked = { kind: 'claim', reason: 'spoiled', lines: pieces(FRESH) }
const bringBack: Asked = { kind: 'return', reason: 'no_reason', lines: pieces(KEEPS) }
const approve = (who: LinliApi, aftersaleId: string, words?: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/approval', {
    params: { aftersaleId },
    body: words === undefined ? {} : { words },
  })
const reject = (who: LinliApi, aftersaleId: string) =>
  who('POST /console/v1/aftersales/:aftersaleId/rejection', {
    params: { aftersaleId },
    body: { words: '梨是好的，照片看不出问题' },
  })

test('domain 2.12: the shopper takes a request back, before it is decided or before the goods are there', async () => {
  const bought = await collected(world, shopper, clerk)
  const params = async (asked: Asked) => ({ aftersaleId: (await apply(bought, asked)).id })
  const first = await params(bringBack)
  const cancelled = await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: first })
  assert.equal(cancelled.state, 'CANCELLED')
  await refused(
    shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: first }),
    'aftersales.state_changed',
    409,
  )
  await refused(approve(s01, first.aftersaleId), 'aftersales.state_changed', 409)
  const second = await params(bringBack)
  await approve(s01, second.aftersaleId)
  assert.equal(
    (await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: second })).state,
    'CANCELLED',
  )
})

test('one key is one request: eight at once, again later, and never with another body', async () => {
  const bought = await buy(world, shopper)
  const key = randomUUID()
  const { amountFen } = await quote(bought, one(FRESH))
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => apply(bought, one(FRESH), { idempotencyKey: key, expectFen: amountFen })),
  )
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1)
  await refused(
    apply(bought, one(KEEPS), { idempotencyKey: key, expectFen: amountFen }),
    'aftersales.key_reused',
    409,
  )
  await refused(apply(bought, one(KEEPS), { expectFen: amountFen + 1 }), 'aftersales.sum_changed', 409)
})

test('domain 2.12: one open request per line, on two servers at once', async () => {
  const second = await world.another()
  try {
    const bought = await buy(world, shopper)
    const there = { ...bought, shopper: { ...shopper, api: second.as(shopper.token) } }
    const { amountFen } = await quote(bought, one(FRESH))
    const sent = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        apply(i % 2 ? bought : there, one(FRESH), { expectFen: amountFen }),
      ),
    )
    assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1)
    const [asked] = (await shopper.api('GET /v1/aftersales', { query: { orderId: bought.orderId } })).items
    assert.ok(asked)
    const s01There = second.as(await world.staffToken('s01', 'console'))
    const decided = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) =>
        i % 3 ? approve(i % 2 ? s01 : s01There, asked.id) : reject(i % 2 ? s01 : s01There, asked.id),
      ),
    )
    assert.equal(decided.filter(({ status }) => status === 'fulfilled').length, 1, 'decided once')
  } finally {
    await second.close()
  }
})

test('nobody sees or touches a request of others: shopper, store, photo', async () => {
  const bought = await collected(world, shopper, clerk)
  const foreign = await upload(stranger)
  const { amountFen } = await quote(bought, claim)
  await refused(
    apply(bought, claim, { photoIds: [foreign.id], expectFen: amountFen }),
    'aftersales.photo_missing',
    422,
  )
  const photo = await upload(shopper)
  const asked = await apply(bought, claim, { photoIds: [photo.id] })
  const params = { aftersaleId: asked.id }
  await refused(stranger.api('GET /v1/aftersales/:aftersaleId', { params }), 'aftersales.missing', 404)
  await refused(
    stranger.api('POST /v1/aftersales/:aftersaleId/cancellation', { params }),
    'aftersales.missing',
    404,
  )
  await refused(
    stranger.api('POST /v1/aftersales/:aftersaleId/appeal', { params, body: { note: '不是我的' } }),
    'aftersales.missing',
    404,
  )
  const untouched = await shopper.api('GET /v1/aftersales/:aftersaleId', { params })
  assert.deepEqual(
    [untouched.state, untouched.events.length],
    ['APPLIED', 1],
    'refused before anything was done',
  )
  await refused(quote({ ...bought, shopper: stranger }, claim), 'orders.missing', 404)
  await refused(options({ ...bought, shopper: stranger }), 'orders.missing', 404)
  assert.deepEqual((await stranger.api('GET /v1/aftersales', { query: {} })).items, [])
  await refused(s02('GET /console/v1/aftersales/:aftersaleId', { params }), 'aftersales.missing', 404)
  await refused(approve(s02, asked.id), 'aftersales.missing', 404)
  await refused(s02('GET /console/v1/aftersales', { query: { storeId: 'S01' } }), 'staff.out_of_scope', 403)
  const [shown] = asked.photos
  assert.ok(shown)
  const look = (url: string) => world.linli.http.app.inject({ method: 'GET', url })
  const good = await look(shown.url)
  assert.deepEqual([good.statusCode, good.headers['content-type']], [200, 'image/webp'])
  assert.match(String(good.headers['cache-control']), /private/)
  assert.ok(!good.rawPayload.includes('a camera that knows'), 'what the camera wrote is gone')
  const [path = '', query = ''] = shown.url.split('?')
  for (const url of [
    path,
    `${path}?${query}x`,
    `/media/aftersales/${foreign.id}.webp?${query}`,
    `/media/${shown.id}/s.webp`,
  ])
    assert.equal((await look(url)).statusCode, 404, url)
  world.clock.advance(30 * 60)
  assert.equal((await look(shown.url)).statusCode, 404, 'an address ends')
  const hq = await world.staff('hq')
  const again = await hq('GET /console/v1/aftersales/:aftersaleId', { params })
  assert.equal((await look(again.photos[0]?.url ?? '')).statusCode, 200)
})

test('photos: the content decides, nobody hoards them, and those without a request are gone after a day', async () => {
  const hoarder = await world.member('shopper-0003')
  await refused(upload(hoarder, Buffer.from('no picture')), 'catalog.picture_unreadable', 422)
  for (let i = 0; i < 18; i++) await upload(hoarder)
  await refused(upload(hoarder), 'aftersales.too_many_photos', 409)
  world.clock.advance(DAY + 1)
  await world.sweep('aftersales.timers')
  await upload(hoarder)
  assert.equal((await rows(world, `select id from aftersale_photo where aftersale_id is null`)).length, 1)
})

test('the list of a shopper and of a desk: pages, tabs, search', async () => {
  shopper = await world.member('shopper-0004')
  const bought = await buy(world, shopper)
  const waiting = await apply(bought, one(FRESH))
  const first = await apply(bought, one(KEEPS))
  const takeBack = (aftersaleId: string) =>
    shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params: { aftersaleId } })
  await takeBack(first.id)
  world.clock.advance(1)
  const { id, orderNo } = await apply(bought, one(KEEPS))
  await takeBack(id)
  const mine = await shopper.api('GET /v1/aftersales', { query: { limit: 2 } })
  assert.deepEqual([mine.items.length, mine.items[0]?.id], [2, id])
  const rest = await shopper.api('GET /v1/aftersales', { query: { limit: 2, cursor: mine.nextCursor ?? '' } })
  assert.deepEqual([rest.items.length, rest.nextCursor], [1, null])
  assert.ok(!mine.items.some((each) => each.id === rest.items[0]?.id))
  await refused(
    shopper.api('GET /v1/aftersales', { query: { cursor: 'bm90LW91cnM' } }),
    'aftersales.cursor_invalid',
    400,
  )
  const open = await shopper.api('GET /v1/aftersales', { query: { open: true } })
  assert.deepEqual(
    open.items.map((row) => row.id),
    [waiting.id],
  )
  const ended = await s01('GET /console/v1/aftersales', { query: { tab: 'ended', q: orderNo } })
  assert.deepEqual([ended.total, ended.items[0]?.id, ended.items[0]?.kind], [2, id, 'uncollected'])
  assert.equal(
    (await s01('GET /console/v1/aftersales', { query: { tab: 'ended', kind: 'return', q: orderNo } })).total,
    0,
  )
})
