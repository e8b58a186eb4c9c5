import type { Input } from '@linli/contract'
import type { consoleGoodsRoutes } from '@linli/contract/console-goods'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { GOODS, productOf } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let manager: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  manager = await world.staff('s01')
})
after(() => world.close())

type Routes = typeof consoleGoodsRoutes
type NewProduct = Input<Routes['POST /console/v1/products']>['body']
const APPLE = productOf('6999911000015')
const PEAR = productOf('6999911000039')
const NOBODY = '01900000-0000-7000-8000-00000000dead'
const FACTS = {
  origin: '河北邢台',
  storage: null,
  shelfLife: null,
  allergens: [],
  licence: null,
  ingredients: null,
}
const grape = (change: Partial<NewProduct> = {}): NewProduct => ({
  version: 0,
  name: '巨峰葡萄 500g',
  subtitle: '',
  description: '',
  categoryId: 'G',
  unit: '盒',
  weight: null,
  speciality: false,
  facts: FACTS,
  pictureIds: [],
  barcode: '6999911000060',
  priceFen: 1290,
  storeIds: ['S01'],
  ...change,
})
const read = (productId: string, api = hq) =>
  api('GET /console/v1/products/:productId', { params: { productId } })
const list = (query: NonNullable<Input<Routes['GET /console/v1/products']>['query']> = {}, api = hq) =>
  api('GET /console/v1/products', { query })
const titles = async (query: Parameters<typeof list>[0], api = hq) =>
  (await list(query, api)).items.map(({ name }) => name.split(' ')[0])
const price = (productId: string, storeId: string, body: Record<string, unknown>, api = hq) =>
  api('PUT /console/v1/products/:productId/listings/:storeId', { params: { productId, storeId }, body })
const change = async (productId: string, edit: Partial<NewProduct>, api = hq) => {
  const { name, subtitle, description, categoryId, unit, weight, speciality, facts, version } =
    await read(productId)
  const whole = {
    name,
    subtitle,
    description,
    categoryId,
    unit,
    weight,
    speciality,
    facts,
    pictureIds: [],
    version,
  }
  return api('PUT /console/v1/products/:productId', { params: { productId }, body: { ...whole, ...edit } })
}
const audited = async (q: string) => (await hq('GET /console/v1/audit-events', { query: { q } })).items

test('GET /console/v1/categories · 200', async () => {
  const { items } = await hq('GET /console/v1/categories')
  assert.deepEqual(
    items.map(({ id, products }) => [id, products]),
    [
      ['G', 3],
      ['L', 3],
      ['V', 2],
    ],
  )
})

test('GET /console/v1/products · 200: searched, filtered, sorted, paged', async () => {
  assert.deepEqual(await titles({ q: 'pg' }), ['内丘苹果'])
  assert.deepEqual(await titles({ q: '0081' }), ['酱油'])
  assert.deepEqual(await titles({ categoryId: 'V', sort: 'price_up' }), ['黄瓜', '西红柿'])
  assert.deepEqual(await titles({ categoryId: 'G', sort: 'price_down' }), ['内丘苹果', '宁晋鸭梨', '香蕉'])
  assert.deepEqual(await titles({ categoryId: 'L', sort: 'name' }), ['陈醋', '花生油', '酱油'])
  const pages = [
    await list({ sort: 'barcode', limit: 5 }),
    await list({ sort: 'barcode', limit: 5, page: 2 }),
  ]
  assert.deepEqual(
    pages.flatMap(({ items }) => items.map(({ barcode }) => barcode)),
    GOODS.map(({ barcode }) => barcode).toSorted(),
  )
  assert.deepEqual(
    pages.map(({ total, onShelf, offShelf }) => [total, onShelf, offShelf]),
    [
      [8, 8, 0],
      [8, 8, 0],
    ],
  )
})

test('GET /console/v1/products · a manager sees own stores; 403 out_of_scope for another', async () => {
  const { items } = await list({ q: 'pg' }, manager)
  assert.deepEqual(items[0]?.stores, [{ storeId: 'S01', onShelf: true, available: 100 }])
  await refused(list({ storeId: 'S02' }, manager), 'staff.out_of_scope', 403)
  assert.equal((await read(APPLE, manager)).listings.length, 1)
  assert.equal((await read(APPLE)).listings.length, 2)
  await refused(read(NOBODY), 'catalog.product_missing', 404)
})

test('POST /console/v1/products · 201: on the shelf of its stores, found by shoppers within a second', async () => {
  const made = await hq('POST /console/v1/products', { body: grape() })
  assert.equal(made.version, 1)
  assert.deepEqual(made.listings, [
    { storeId: 'S01', priceFen: 1290, onlinePriceFen: null, onShelf: true, shelf: null },
  ])
  const found = async () =>
    world.api('GET /v1/stores/:storeId/products', { params: { storeId: 'S01' }, query: { q: 'putao' } })
  await until(async () => (await found()).total === 1, 'a shopper finds it')
  assert.equal((await audited('product_added'))[0]?.subject, `product:${made.id}`)
})

test('a product added today can be stocked today', async () => {
  const made = await hq('POST /console/v1/products', {
    body: grape({ barcode: '6999911000114', name: '圣女果 500g' }),
  })
  const level = await hq('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
    params: { storeId: 'S01', skuId: made.skuId },
    body: { idempotencyKey: 'first-delivery', delta: 12, reason: 'RECEIVE', note: '首批到货' },
  })
  assert.equal(level.available, 12)
})

test('POST /console/v1/products · 409 barcode_taken, 422 barcode_invalid, category_missing, picture_missing, 404 stores.missing, 403', async () => {
  const add = (edit: Partial<NewProduct>, api = hq) => api('POST /console/v1/products', { body: grape(edit) })
  const fresh = { barcode: '6999911000077' }
  await refused(add({}), 'catalog.barcode_taken', 409)
  await refused(add({ barcode: '6999911000061' }), 'catalog.barcode_invalid', 422)
  await refused(add({ ...fresh, categoryId: 'nope' }), 'catalog.category_missing', 422)
  await refused(add({ ...fresh, pictureIds: [NOBODY] }), 'catalog.picture_missing', 422)
  await refused(add({ ...fresh, storeIds: ['S99'] }), 'stores.missing', 404)
  await refused(add(fresh, manager), 'staff.not_allowed', 403)
  assert.equal((await list({ q: '6999911000077' })).total, 0)
})

test('POST /console/v1/products · ten at once with one barcode make one product', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      hq('POST /console/v1/products', { body: grape({ barcode: '6999911000084', name: '柠檬' }) }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal((await list({ q: '6999911000084' })).total, 1)
})

test('PUT /console/v1/products/:id · 200; 409 version_stale, 404 product_missing, 422 category_missing, picture_missing', async () => {
  const before = await read(PEAR)
  const after = await change(PEAR, { name: '宁晋雪花梨 约1.5kg', facts: FACTS })
  assert.deepEqual(
    [after.version, after.name, after.facts.origin],
    [before.version + 1, '宁晋雪花梨 约1.5kg', '河北邢台'],
  )
  const [event] = await audited('product_changed')
  assert.deepEqual(event && (event.after as Record<string, unknown>)['name'], '宁晋雪花梨 约1.5kg')
  assert.equal(JSON.stringify(event?.after).includes('unit'), false)
  const stale = change(PEAR, { version: before.version as 0 })
  assert.equal((await refused(stale, 'catalog.version_stale', 409)).data?.['version'], after.version)
  await refused(change(PEAR, { categoryId: 'nope' }), 'catalog.category_missing', 422)
  await refused(change(PEAR, { pictureIds: [NOBODY] }), 'catalog.picture_missing', 422)
  const { version: _, ...body } = grape()
  const { barcode: _barcode, priceFen: _price, storeIds: _stores, ...rest } = body
  await refused(
    hq('PUT /console/v1/products/:productId', {
      params: { productId: NOBODY },
      body: { ...rest, version: 1 },
    }),
    'catalog.product_missing',
    404,
  )
})

test('PUT /console/v1/products/:id · of ten editors at once one wins, nine are told', async () => {
  const { version } = await read(PEAR)
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => change(PEAR, { version: version as 0, subtitle: `第 ${i} 位` })),
  )
  const lost = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
  assert.equal(lost.length, 9)
  assert.ok(lost.every(({ reason }) => String(reason).includes('catalog.version_stale')))
  assert.equal((await read(PEAR)).version, version + 1)
})

test('PUT …/listings/:storeId · 200: absent fields stay, history and trail follow, a new store needs a price', async () => {
  const after = await price(APPLE, 'S01', { priceFen: 1380, shelf: 'G02-1-1' }, manager)
  assert.deepEqual(after.listings, [
    { storeId: 'S01', priceFen: 1380, onlinePriceFen: null, onShelf: true, shelf: 'G02-1-1' },
  ])
  await price(APPLE, 'S01', { onlinePriceFen: 1180 })
  await price(APPLE, 'S01', { shelf: null })
  await price(APPLE, 'S01', { onlinePriceFen: null })
  const history = await hq('GET /console/v1/products/:productId/prices', {
    params: { productId: APPLE },
    query: { storeId: 'S01' },
  })
  assert.deepEqual(
    history.items.map(({ priceFen, onlinePriceFen, by }) => [priceFen, onlinePriceFen, by]),
    [
      [1380, null, 'staff:hq'],
      [1380, 1180, 'staff:hq'],
      [1380, null, 'staff:s01'],
      [1280, null, 'seed'],
    ],
  )
  const mine = await manager('GET /console/v1/products/:productId/prices', { params: { productId: APPLE } })
  assert.ok(mine.items.every(({ storeId }) => storeId === 'S01') && mine.total === 4)
  const [event] = await audited('listing_changed')
  assert.deepEqual(
    [event?.before, event?.after, event?.storeId],
    [{ onlinePriceFen: 1180 }, { onlinePriceFen: null }, 'S01'],
  )
})

test('PUT …/listings/:storeId · 422 online_price_above, 403 out_of_scope, 404 stores.missing, product_missing', async () => {
  await refused(price(APPLE, 'S02', { onlinePriceFen: 1281 }), 'catalog.online_price_above', 422)
  await price(APPLE, 'S02', { onlinePriceFen: 1100 })
  await refused(price(APPLE, 'S02', { priceFen: 1099 }), 'catalog.online_price_above', 422)
  await refused(price(APPLE, 'S02', { priceFen: 1 }, manager), 'staff.out_of_scope', 403)
  await refused(price(APPLE, 'S99', { priceFen: 1 }), 'stores.missing', 404)
  await refused(price(NOBODY, 'S01', { priceFen: 1 }), 'catalog.product_missing', 404)
  const { id } = await hq('POST /console/v1/products', {
    body: grape({ barcode: '6999911000091', storeIds: [] }),
  })
  await refused(price(id, 'S01', { onShelf: true }), 'catalog.product_missing', 404)
  assert.equal((await price(id, 'S01', { priceFen: 799 })).listings.length, 1)
  await refused(
    hq('GET /console/v1/products/:productId/prices', { params: { productId: NOBODY } }),
    'catalog.product_missing',
    404,
  )
})

test('POST /console/v1/product-shelvings · 200: a dry run tells, the deed does, a repeat changes nothing', async () => {
  const shelve = (body: Input<Routes['POST /console/v1/product-shelvings']>['body'], api = hq) =>
    api('POST /console/v1/product-shelvings', { body })
  const order = { productIds: [APPLE, PEAR], storeIds: ['S01', 'S02'], onShelf: false }
  assert.deepEqual(await shelve({ ...order, dryRun: true }), { changed: 4, unchanged: 0 })
  assert.equal((await list({ shelf: 'off' })).total, 0)
  assert.deepEqual(await shelve(order), { changed: 4, unchanged: 0 })
  assert.deepEqual(await shelve(order), { changed: 0, unchanged: 4 })
  assert.deepEqual((await titles({ shelf: 'off' })).length, 2)
  await refused(shelve({ ...order, storeIds: ['S99'] }), 'stores.missing', 404)
  await refused(shelve({ ...order, productIds: [NOBODY] }), 'catalog.product_missing', 404)
  await refused(shelve(order, manager), 'staff.not_allowed', 403)
  await shelve({ ...order, onShelf: true })
  assert.equal((await audited('shelved')).length, 2)
})
