import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Erp, onHandOf, openErp } from '../feeds.ts'
import { APPLE, GOODS, PEAR, productOf, SOY } from '../fixtures.ts'
import { openPartner } from '../partner.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let erp: Erp
let next: Erp['next']
let send: Erp['send']
const [apple = '', pear = ''] = GOODS.map(({ barcode }) => barcode)
const params = { sourceCode: 'erp' }

before(async () => {
  world = await openWorld({ onHand: 20 })
  erp = await openErp(world)
  ;({ hq, next, send } = erp)
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const listing = async (productId: string, storeId: string) =>
  (await hq('GET /console/v1/products/:productId', { params: { productId } })).listings.find(
    (each) => each.storeId === storeId,
  )
const goodsCalled = async (q: string) => (await hq('GET /console/v1/products', { query: { q } })).items

test('new goods arrive off the shelf, with their price and stock in one call; known ones take the facts that are the source’s to say', async () => {
  const barcode = '6999911000992'
  const answer = await send({
    products: [
      { ...next(), goods: 'N-1', barcode, name: '新疆香梨', unit: '盒', category: '水果' },
      { ...next(), goods: 'P-1', barcode: pear, name: '鸭梨（改名）', category: '水果' },
    ],
    prices: [{ ...next(), store: 'A', goods: 'N-1', price: 12.8 }],
    stock: [{ ...next(), store: 'A', goods: 'N-1', count: 6 }],
  })
  assert.deepEqual(answer.refused, [])
  await until(async () => (await goodsCalled('新疆香梨')).length === 1, 'the catalogue knows')
  const [added] = await goodsCalled('新疆香梨')
  assert.equal(added?.barcode, barcode)
  const there = await listing(added?.id ?? '', 'S01')
  assert.equal(there?.priceFen, 1280)
  assert.equal(there?.onShelf, false)
  assert.equal(await onHandOf(world, 'S01', added?.skuId ?? ''), 6)
  await until(async () => (await goodsCalled('鸭梨（改名）'))[0]?.barcode === pear, 'renamed')
})

test('goods that lack something, another’s barcode, an unknown category: refused by row', async () => {
  const answer = await send({
    products: [
      { ...next(), goods: 'N-2', barcode: '6999911000985', name: '没有单位', category: '水果' },
      { ...next(), goods: 'N-3', barcode: '123', name: 'x', unit: '个', category: '水果' },
      { ...next(), goods: 'N-4', barcode: '6999911000985', name: 'x', unit: '个', category: '海鲜' },
      { ...next(), goods: 'P-9', barcode: pear },
    ],
  })
  assert.deepEqual(
    answer.refused.map(({ code }) => code),
    ['facts_missing', 'barcode_invalid', 'category_unknown', 'goods_twice'],
  )
})

test('prices build the history, each fact goes its own way, and an older word changes nothing', async () => {
  const [older, newer] = [next(), next()]
  await send({ prices: [{ ...newer, store: 'A', goods: apple, price: 15 }] })
  const answer = await send({ prices: [{ ...older, store: 'A', goods: apple, price: 11, onlinePrice: 9.9 }] })
  assert.equal(answer.applied, 1)
  const now = await listing(productOf(apple), 'S01')
  assert.deepEqual([now?.priceFen, now?.onlinePriceFen], [1500, 990])
  const { items } = await hq('GET /console/v1/products/:productId/prices', {
    params: { productId: productOf(apple) },
    query: { storeId: 'S01' },
  })
  assert.equal(items[0]?.by, 'feed:erp')
})

test('domain 2.14: a strike-through price above what the law allows is refused, with its reason', async () => {
  const answer = await send({
    prices: [
      { ...next(), store: 'B', goods: apple, price: 12.8, onlinePrice: 9.9, basePrice: 19.9 },
      { ...next(), store: 'B', goods: apple, price: 12.8, onlinePrice: 13 },
      { ...next(), store: 'B', goods: apple, price: 12.805 },
    ],
  })
  assert.deepEqual(
    answer.refused.map(({ code }) => code),
    ['base_above', 'online_above', 'price_invalid'],
  )
  assert.match(answer.refused[0]?.reason ?? '', /规范促销行为暂行规定.*12\.80/)
  assert.equal((await listing(productOf(apple), 'S02'))?.onlinePriceFen, null)
})

test('units: a case of twelve, kilograms of 380 g pieces', async () => {
  await hq('PUT /console/v1/feed-sources/:sourceCode/goods', {
    params,
    body: {
      items: [
        { code: 'CASE', barcode: apple, times: 12 },
        { code: 'KILO', barcode: '6999911000046', times: 1000, per: 380 },
      ],
    },
  })
  const banana = await goodsCalled('6999911000046')
  await send({
    stock: [
      { ...next(), store: 'A', goods: 'CASE', count: 3 },
      { ...next(), store: 'A', goods: 'KILO', count: 5.7 },
    ],
  })
  assert.equal(await onHandOf(world, 'S01', APPLE), 36)
  assert.equal(await onHandOf(world, 'S01', banana[0]?.skuId ?? ''), 15)
  await refused(
    hq('PUT /console/v1/feed-sources/:sourceCode/goods', {
      params,
      body: { items: [{ code: 'OTHER', barcode: apple }] },
    }),
    'feeds.mapping_taken',
    409,
  )
})

test('what was refused is taken in when its code is mapped, where its number belongs', async () => {
  const late = { ...next(), store: 'A', goods: 'SOY', count: 4 }
  assert.equal((await send({ stock: [late] })).refused.length, 1)
  const soy = (await goodsCalled('酱油'))[0]?.barcode ?? ''
  await hq('PUT /console/v1/feed-sources/:sourceCode/goods', {
    params,
    body: { items: [{ code: 'SOY', barcode: soy }] },
  })
  await send({ stock: [{ ...next(), store: 'A', goods: 'SOY', change: 3 }] })
  const { mended } = await hq('POST /console/v1/feed-sources/:sourceCode/retries', { params })
  assert.equal(mended, 1)
  assert.equal(await onHandOf(world, 'S01', SOY), 7)
})

test('a partner speaks for its own source and its own stores', async () => {
  const other = await openPartner(world, { code: 'other' }, hq)
  await refused(send({ asOf: world.clock.now().toISOString() }, other), 'feeds.source_missing', 404)
  const { partnerId } = erp.partner
  const terms = { name: 'ERP', scopes: ['feed:write' as const], perMinute: 100_000, active: true }
  await hq('PUT /console/v1/partners/:partnerId', {
    params: { partnerId },
    body: { ...terms, storeIds: ['S01'] },
  })
  const answer = await send({ stock: [{ ...next(), store: 'B', goods: pear, count: 1 }] })
  assert.equal(answer.refused[0]?.code, 'store_foreign')
  await hq('PUT /console/v1/partners/:partnerId', {
    params: { partnerId },
    body: { ...terms, storeIds: null },
  })
})

test('a full list in parts: sent again, cut short, closed', async () => {
  const key = randomUUID()
  const opening = { key, topic: 'stock' as const, asOf: world.clock.now().toISOString() }
  const open = () =>
    erp.partner.api('POST /partner/v1/feeds/:sourceCode/snapshots', { params, body: opening })
  const { id: runId } = await open()
  assert.equal((await open()).id, runId)
  const part = (partNo: number, count: number) =>
    erp.partner.api('PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo', {
      params: { ...params, runId, partNo },
      body: { stock: [{ store: 'B', goods: 'P-1', count }] },
    })
  await part(1, 8)
  await part(1, 8)
  await refused(part(1, 9), 'feeds.key_reused', 409)
  const close = (rows: number) =>
    erp.partner.api('POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing', {
      params: { ...params, runId },
      body: { rows },
    })
  await refused(close(2), 'feeds.rows_differ', 409)
  await close(1)
  await refused(part(2, 1), 'feeds.run_state', 409)
  await world.sweep('feeds.apply')
  const done = await erp.partner.api('GET /partner/v1/feeds/:sourceCode/snapshots/:runId', {
    params: { ...params, runId },
  })
  assert.deepEqual([done.state, done.applied], ['DONE', 1])
  assert.equal(await onHandOf(world, 'S02', PEAR), 8)
})
