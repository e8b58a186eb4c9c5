import { catalogRoutes, ProductDetail } from '@linli/contract/catalog'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Value } from 'typebox/value'
import { APPLE, GOODS, PEAR, productOf, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

const APPLE_ID = productOf('6999911000015')
const PEAR_ID = productOf('6999911000039')
const products = (query: Parameters<typeof list>[1] = {}) => list('S01', query)
const list = (
  storeId: string,
  query: {
    q?: string
    categoryId?: string
    sort?: 'price_up' | 'price_down' | 'newest'
    cursor?: string
    limit?: number
  } = {},
) => world.api('GET /v1/stores/:storeId/products', { params: { storeId }, query })
const detail = (productId: string, storeId = 'S01', api = world.api) =>
  api('GET /v1/stores/:storeId/products/:productId', { params: { storeId, productId } })
const names = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ name }) => name.split(' ')[0])
const run = (text: string, values: unknown[] = []) => world.ctx.database.pool.query(text, values)

test('answers made in advance fit the contract', async () => {
  const inject = async (url: string): Promise<unknown> => (await world.linli.http.app.inject(url)).json()
  const keys = ['home', 'categories', 'products', 'search-words'] as const
  for (const key of keys) {
    const { ok } = catalogRoutes[`GET /v1/stores/:storeId/${key}`]
    assert.deepEqual(Value.Errors(ok, await inject(`/v1/stores/S01/${key}`)), [], key)
  }
  assert.deepEqual(Value.Errors(ProductDetail, await inject(`/v1/stores/S01/products/${APPLE_ID}`)), [])
})

test('GET …/home · 200; 404 stores.missing', async () => {
  const home = await world.api('GET /v1/stores/:storeId/home', { params: { storeId: 'S01' } })
  assert.equal(home.store.name, '1 号店')
  assert.deepEqual(
    home.categories.map(({ id, count }) => [id, count]),
    [
      ['G', 3],
      ['L', 3],
      ['V', 2],
    ],
  )
  assert.equal(home.goods.length, GOODS.length)
  for (const key of ['home', 'categories', 'products', 'search-words'] as const)
    await refused(
      world.api(`GET /v1/stores/:storeId/${key}`, { params: { storeId: 'S99' } }),
      'stores.missing',
      404,
    )
})

test('GET …/products · 200: by category, sorted, paged to the end without a repeat', async () => {
  assert.deepEqual(names(await products({ categoryId: 'G' })), ['内丘苹果', '宁晋鸭梨', '香蕉'])
  assert.equal((await products({ categoryId: 'X' })).total, 0)
  for (const sort of ['price_up', 'price_down', 'newest', undefined] as const) {
    const whole = await products({ limit: 100, ...(sort ? { sort } : {}) })
    const walked: string[] = []
    let cursor: string | undefined
    do {
      const page = await products({ limit: 3, ...(sort ? { sort } : {}), ...(cursor ? { cursor } : {}) })
      walked.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    assert.deepEqual(
      walked,
      whole.items.map(({ id }) => id),
    )
    assert.equal(walked.length, GOODS.length)
  }
  const prices = (await products({ sort: 'price_up' })).items.map(({ priceFen }) => priceFen)
  assert.deepEqual(
    prices,
    prices.toSorted((a, b) => a - b),
  )
})

test('GET …/products · 400 cursor_invalid: garbage, or a cursor of another order', async () => {
  const { nextCursor } = await products({ limit: 2, sort: 'price_up' })
  assert.ok(nextCursor)
  await refused(products({ cursor: 'garbage' }), 'catalog.cursor_invalid', 400)
  await refused(products({ cursor: nextCursor, sort: 'newest' }), 'catalog.cursor_invalid', 400)
})

const SEARCHES: readonly [q: string, found: string[]][] = [
  ['pg', ['内丘苹果']],
  ['苹果', ['内丘苹果']],
  ['pingguo', ['内丘苹果']],
  ['neiqiu', ['内丘苹果']],
  ['6999911000015', ['内丘苹果']],
  ['醋', ['陈醋']],
  ['水果', ['内丘苹果', '宁晋鸭梨', '香蕉']],
  ['洗衣机', []],
]
for (const [q, found] of SEARCHES)
  test(`GET …/products?q=${q} · 200 ${found.join(' ') || 'nothing'}`, async () =>
    assert.deepEqual(names(await products({ q })), found))

test('GET …/products?q · what found nothing is met with words that do', async () => {
  assert.deepEqual((await products({ q: '平果' })).suggestions, ['苹果'])
  assert.deepEqual((await products({ q: '苹果' })).suggestions, [])
})

test('GET …/search-words · 200: what was searched three times and found; never pinyin, bar codes or dead ends', async () => {
  const typed = [
    '苹果',
    ' 苹果 ',
    '苹果',
    'pg',
    'pg',
    'pg',
    '黄瓜',
    '洗衣机',
    '洗衣机',
    '洗衣机',
    '6999911000015',
  ]
  const second = await world.another()
  const params = { storeId: 'S02' }
  for (const q of typed) await second.as('')('GET /v1/stores/:storeId/products', { params, query: { q } })
  await second.close() // a process that ends writes what it counted
  const hot = async () => (await world.api('GET /v1/stores/:storeId/search-words', { params })).hot
  assert.deepEqual(await hot(), ['苹果'])
  const { rows } = await run(`select word, hits from search_count where store_id = 'S02' order by word`)
  assert.deepEqual(rows, [
    { word: '苹果', hits: 3 },
    { word: '黄瓜', hits: 1 },
  ])
  world.clock.advance(8 * 86_400)
  assert.deepEqual(await hot(), [])
  world.clock.advance(90 * 86_400)
  await world.sweep('catalog.search-counts')
  assert.equal((await run('select 1 from search_count')).rows.length, 0)
  shopper = await world.member('shopper-0001') // the old session ended long ago
})

test('GET …/products/:productId · 200 with zone, place and the next store that has it', async () => {
  const apple = await detail(APPLE_ID)
  assert.equal(apple.zone.tint, '#FCE6DD')
  assert.equal(apple.shelf, 'G01-1-3')
  assert.equal(apple.available, 100)
  assert.deepEqual(
    apple.elsewhere.map(({ storeId, available }) => [storeId, available]),
    [['S02', 100]],
  )
  assert.ok((apple.elsewhere[0]?.distanceM ?? 0) > 1000)
  assert.equal(apple.favourite, false)
})

test('GET …/products/:productId · 404 product_missing: unknown, off the shelf here, stores.missing', async () => {
  await refused(detail(SOY), 'catalog.product_missing', 404) // the SKU's id, not the product's
  await refused(detail(APPLE_ID, 'S99'), 'stores.missing', 404)
  await run(`update listing set on_shelf = false where store_id = 'S02' and sku_id = $1`, [PEAR])
  await until(
    () =>
      detail(PEAR_ID, 'S02').then(
        () => false,
        () => true,
      ),
    'the other store took it off',
  )
  await refused(detail(PEAR_ID, 'S02'), 'catalog.product_missing', 404)
  assert.deepEqual((await detail(PEAR_ID)).elsewhere, [])
})

test('stock · lists and pages follow within a second; sold out stands last and cannot be had', async () => {
  const stamp = (await products()).asOf
  await run(`update stock_level set on_hand = 0 where store_id = 'S01' and sku_id = $1`, [APPLE])
  await run(
    `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
     values ('S01', $1, 'ADJUST', -100, 0, 0, 0, 'test', now())`,
    [APPLE],
  )
  await until(async () => names(await products()).at(-1) === '内丘苹果', 'the apple went to the end')
  const page = await products()
  assert.equal(page.items.at(-1)?.stock, 'sold_out')
  assert.ok(page.asOf >= stamp)
  assert.equal((await detail(APPLE_ID)).available, 0)
})

test('prices · struck through only what the history bears out, per store', async () => {
  const reprice = (storeId: string, priceFen: number, onlineFen: number | null, daysAgo: number) =>
    run(
      `update listing set price_fen = $3, online_price_fen = $4, updated_at = now() - make_interval(days => $5) where store_id = $1 and sku_id = $2`,
      [storeId, SOY, priceFen, onlineFen, daysAgo],
    )
  // What the seed listed today was listed a month ago, for this story.
  await run('alter table price_change disable trigger price_change_append_only')
  await run(`update price_change set at = now() - interval '30 days' where sku_id = $1`, [SOY])
  await run('alter table price_change enable trigger price_change_append_only')
  await reprice('S01', 890, 790, 1)
  await reprice('S02', 990, null, 2)
  await reprice('S02', 990, 900, 1)
  const soy = productOf('6999914000081')
  await until(async () => (await detail(soy, 'S02')).priceFen === 900, 'the online prices are shown')
  const [here, there] = [await detail(soy), await detail(soy, 'S02')]
  assert.deepEqual([here.priceFen, here.basePriceFen, here.onlineOnlyPrice], [790, 890, true])
  assert.deepEqual([there.priceFen, there.basePriceFen, there.onlineOnlyPrice], [900, null, true])
})

test('PUT, GET, DELETE /v1/me/favourites · 204 and 200 as cards of a store, newest first, and on the page', async () => {
  const mine = async (storeId = 'S01') =>
    (await shopper.api('GET /v1/me/favourites', { query: { storeId } })).items.map(({ id }) => id)
  const keep = (productId: string) =>
    shopper.api('PUT /v1/me/favourites/:productId', { params: { productId } })
  await keep(APPLE_ID)
  world.clock.advance(1)
  await keep(PEAR_ID)
  await keep(APPLE_ID)
  assert.deepEqual(await mine(), [PEAR_ID, APPLE_ID])
  const elsewhere = await shopper.api('GET /v1/me/favourites', { query: { storeId: 'S02' } })
  assert.deepEqual(
    elsewhere.items.map(({ stock }) => stock),
    ['sold_out', 'in_stock'],
  )
  assert.equal((await detail(PEAR_ID, 'S01', shopper.api)).favourite, true)
  assert.equal((await detail(PEAR_ID)).favourite, false)
  await shopper.api('DELETE /v1/me/favourites/:productId', { params: { productId: PEAR_ID } })
  await shopper.api('DELETE /v1/me/favourites/:productId', { params: { productId: PEAR_ID } })
  assert.deepEqual(await mine(), [APPLE_ID])
  await refused(keep(SOY), 'catalog.product_missing', 404)
  await refused(shopper.api('GET /v1/me/favourites', { query: { storeId: 'S99' } }), 'stores.missing', 404)
})

test('PUT /v1/me/favourites/:productId · 409 too_many_favourites at 200, also when the last place is wanted at once', async () => {
  await run(
    `insert into product (id, name, category_id, unit) select gen_random_uuid(), '占位 ' || n, 'G', '份' from generate_series(1, 199) n`,
  )
  await run(
    `insert into favourite select $1, id, now() from product where name like '占位%' on conflict do nothing`,
    [shopper.memberId],
  )
  const keep = (productId: string) =>
    shopper.api('PUT /v1/me/favourites/:productId', { params: { productId } })
  await refused(keep(PEAR_ID), 'catalog.too_many_favourites', 409)
  await keep(APPLE_ID)
  await run(`delete from favourite where member_id = $1 and product_id = $2`, [shopper.memberId, APPLE_ID])
  const wanted = GOODS.map(({ barcode }) => productOf(barcode))
  const kept = await Promise.allSettled(wanted.map(keep))
  assert.equal(kept.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('GET /media/… · 200 for ever from the cache; 404 for what is not there', async () => {
  const inject = (url: string) => world.linli.http.app.inject(url)
  const id = '01900000-0000-7000-8000-000000000001'
  await run(`insert into picture (id, sha256, width, height) values ($1, '\\x01', 1, 1)`, [id])
  await run(`insert into picture_file values ($1, 's', '\\x5249')`, [id])
  await run(`insert into banner (id, title, webp) values ('autumn', '秋收', '\\x4646')`)
  const picture = await inject(`/media/${id}/s.webp`)
  assert.equal(picture.statusCode, 200)
  assert.equal(picture.headers['content-type'], 'image/webp')
  assert.match(String(picture.headers['cache-control']), /immutable/)
  assert.deepEqual(picture.rawPayload, Buffer.from('RI'))
  const home = () => world.api('GET /v1/stores/:storeId/home', { params: { storeId: 'S01' } })
  await until(async () => (await home()).banners.length === 1, 'the banner is on the home page')
  const banner = await inject((await home()).banners[0]?.picture ?? '')
  assert.deepEqual(banner.rawPayload, Buffer.from('FF'))
  assert.match(String(banner.headers['cache-control']), /immutable/)
  assert.doesNotMatch(
    String((await inject('/media/banners/autumn.webp')).headers['cache-control']),
    /immutable/,
  )
  for (const url of [
    `/media/${id}/m.webp`,
    `/media/${id}/s.png`,
    '/media/x/s.webp',
    '/media/banners/none.webp',
    '/media/banners/%2e%2e',
  ])
    assert.equal((await inject(url)).statusCode, 404, url)
})
