// A bundle is sold as one and stands on the shelves as what is in it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, PEAR, SOY } from '../fixtures.ts'
import { pay, rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
let box: Awaited<ReturnType<typeof addBox>>
before(async () => {
  world = await openWorld({ onHand: 20 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  box = await addBox('6999920000013', [
    { skuId: APPLE, quantity: 2 },
    { skuId: SOY, quantity: 1 },
  ])
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const FACTS = {
  origin: null,
  storage: null,
  shelfLife: null,
  allergens: [],
  licence: null,
  ingredients: null,
}
const bodyOf = (barcode: string, components?: { skuId: string; quantity: number }[]) => ({
  version: 0 as const,
  name: `果蔬组合 ${barcode.slice(-3)}`,
  subtitle: '',
  description: '',
  categoryId: 'L',
  unit: '套',
  weight: null,
  speciality: false,
  facts: FACTS,
  pictureIds: [],
  ...(components && { components }),
  barcode,
  priceFen: 3000,
  storeIds: ['S01', 'S02'],
})
const addBox = (barcode: string, components: { skuId: string; quantity: number }[]) =>
  hq('POST /console/v1/products', { body: bodyOf(barcode, components) })

const page = (productId = box.id) =>
  world.api('GET /v1/stores/:storeId/products/:productId', { params: { storeId: 'S01', productId } })
/** What the shop shows lags by a second. */
const shows = (available: number) =>
  until(async () => (await page()).available === available, `${available} boxes`)
const mine = (orderId: string) => shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
async function paidBoxes(quantity: number, apples = 0): Promise<string> {
  const lines = [{ skuId: box.skuId, quantity }]
  if (apples > 0) lines.push({ skuId: APPLE, quantity: apples })
  const { id, totalFen } = await order(shopper, { lines })
  const { prepayId } = await pay({ shopper, orderId: id, totalFen })
  await settleAtCashier(world, prepayId)
  await until(async () => (await mine(id)).state === 'PAID', 'paid')
  return id
}
const levels = async () => [await levelOf(world, APPLE), await levelOf(world, SOY)]
async function refund(orderId: string, lines?: { lineNo: number; quantity: number }[]) {
  const asked = lines ? { lines } : {}
  const params = { orderId }
  const { amountFen } = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: asked })
  const body = { idempotencyKey: randomUUID(), ...asked, expectFen: amountFen, reason: '不要了' }
  await hq('POST /console/v1/orders/:orderId/refunds', { params, body })
  return amountFen
}
async function handOver(orderId: string) {
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  return clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}

test('its page says what is in it, what that costs alone, and how many its scarcest component makes', async () => {
  const { bundle, available, components } = await page()
  assert.deepEqual([bundle, available], [true, 10])
  assert.deepEqual(
    components.map(({ skuId, quantity, priceFen }) => [skuId, quantity, priceFen]),
    [
      [APPLE, 2, 1280],
      [SOY, 1, 890],
    ],
  )
})

test('it has no stock of its own: no level, and a receipt of it is refused', async () => {
  assert.deepEqual(await rows(world, 'select from stock_level where sku_id = $1', [box.skuId]), [])
  const params = { storeId: 'S01', skuId: box.skuId }
  await refused(
    shopper.api('PUT /v1/stores/:storeId/restock-notices/:skuId', { params }),
    'inventory.level_missing',
  )
})

test('the whole way: components are reserved, picked and shipped; its price is spread over them for ever', async () => {
  const before = await levels()
  const orderId = await paidBoxes(2)
  const held = await levels()
  assert.deepEqual(
    held.map(({ reserved }, i) => reserved - (before[i]?.reserved ?? 0)),
    [4, 2],
  )
  const [line] = (await mine(orderId)).lines
  assert.deepEqual([line?.unitFen, line?.payFen], [3000, 6000])
  assert.deepEqual(
    line?.components.map(({ skuId, quantity, payFen }) => [skuId, quantity, payFen]),
    [
      [APPLE, 2, 4452],
      [SOY, 1, 1548],
    ],
    'in the order of the shelves',
  )
  const { items } = await clerk('GET /staff/v1/stores/:storeId/pickups', { params: { storeId: 'S01' } })
  const sheet = items.find((each) => each.orderId === orderId)
  assert.deepEqual(sheet?.lines[0]?.components, [
    { name: '内丘苹果 约1kg', unit: '份', quantity: 4, shelf: 'G01-1-3' },
    { name: '酱油 800ml', unit: '瓶', quantity: 2, shelf: 'L02-3-2' },
  ])
  await handOver(orderId)
  const after = await levels()
  assert.deepEqual(
    after.map(({ onHand, reserved }, i) => [
      onHand - (before[i]?.onHand ?? 0),
      reserved - (before[i]?.reserved ?? 0),
    ]),
    [
      [-4, 0],
      [-2, 0],
    ],
  )
  await shows(8)
})

test('a box taken out of a waiting order frees what is in it, and gives back its share', async () => {
  const before = await levels()
  const orderId = await paidBoxes(2)
  assert.equal(await refund(orderId, [{ lineNo: 1, quantity: 1 }]), 3000)
  assert.deepEqual(
    (await levels()).map(({ reserved }, i) => reserved - (before[i]?.reserved ?? 0)),
    [2, 1],
  )
  assert.equal(await refund(orderId), 3000)
  assert.deepEqual(await levels(), before)
})

test('a box and its component in one order ask for the same apples: the last ones are not sold twice', async () => {
  const [apples] = await levels()
  const free = (apples?.onHand ?? 0) - (apples?.reserved ?? 0)
  const boxes = Math.floor(free / 2)
  const both = (over: number) =>
    order(shopper, {
      lines: [
        { skuId: box.skuId, quantity: boxes },
        { skuId: APPLE, quantity: free - boxes * 2 + over },
      ],
    })
  const { data } = await refused(both(1), 'inventory.stock_short', 409)
  assert.deepEqual(data, { skuId: APPLE, available: free - boxes * 2 })
  const { data: tooMany } = await refused(
    order(shopper, { lines: [{ skuId: box.skuId, quantity: boxes + 1 }] }),
    'inventory.stock_short',
  )
  assert.deepEqual(tooMany, { skuId: box.skuId, available: boxes })
})

test('an exchange of a box asks for what is in it: there while its components are, and not when one is short', async () => {
  const twin = await addBox('6999920000099', [{ skuId: SOY, quantity: 2 }])
  const { id, totalFen } = await order(shopper, { lines: [{ skuId: twin.skuId, quantity: 2 }] })
  const { prepayId } = await pay({ shopper, orderId: id, totalFen })
  await settleAtCashier(world, prepayId)
  await until(async () => (await mine(id)).state === 'PAID', 'paid')
  await handOver(id)
  const quoteOf = (quantity: number) =>
    shopper.api('POST /v1/orders/:orderId/aftersale-quotes', {
      params: { orderId: id },
      body: { kind: 'exchange', reason: 'defect', lines: [{ lineNo: 1, quantity }] },
    })
  const inStock = (quantity: number, is: boolean) =>
    until(async () => (await quoteOf(quantity)).inStock === is, `${quantity} boxes: ${is}`)
  await inStock(2, true)
  const { onHand, reserved } = await levelOf(world, SOY)
  const adjust = (delta: number) =>
    hq('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
      params: { storeId: 'S01', skuId: SOY },
      body: { idempotencyKey: randomUUID(), delta, reason: 'ADJUST', note: '点过了' },
    })
  await adjust(3 - (onHand - reserved))
  await inStock(2, false)
  await inStock(1, true)
  await adjust(onHand - reserved - 3)
})

test('none while a component is off the shelf or not sold in the store', async () => {
  const { productId } = (await page()).components[1] ?? assert.fail()
  const params = { productId, storeId: 'S01' }
  const shelve = (onShelf: boolean) =>
    hq('PUT /console/v1/products/:productId/listings/:storeId', { params, body: { onShelf } })
  await shelve(false)
  await shows(0)
  await refused(order(shopper, { lines: [{ skuId: box.skuId, quantity: 1 }] }), 'catalog.sku_missing')
  await shelve(true)
})

test('no bundles in bundles, nothing weighed, nothing twice; and what is in one stays sold by the piece', async () => {
  const bad = [
    [{ skuId: box.skuId, quantity: 1 }],
    [{ skuId: randomUUID(), quantity: 1 }],
    [
      { skuId: PEAR, quantity: 1 },
      { skuId: PEAR, quantity: 2 },
    ],
  ]
  for (const components of bad)
    await refused(addBox('6999920000020', components), 'catalog.component_invalid', 422)
  const { productId } = (await page()).components[0] ?? assert.fail()
  const product = await hq('GET /console/v1/products/:productId', { params: { productId } })
  const weight = { pieceGrams: 1000, perGrams: 1000 as const }
  const { name, subtitle, description, categoryId, unit, speciality, facts, version } = product
  const what = { name, subtitle, description, categoryId, unit, speciality, facts, version, pictureIds: [] }
  const change = (body: object) =>
    hq('PUT /console/v1/products/:productId', {
      params: { productId },
      body: { ...what, weight: null, ...body },
    })
  await refused(change({ weight }), 'catalog.in_bundle', 409)
  await refused(change({ components: [{ skuId: PEAR, quantity: 1 }] }), 'catalog.bundle_fixed', 409)
  const { components } = await hq('GET /console/v1/products/:productId', { params: { productId: box.id } })
  assert.deepEqual(
    components?.map(({ skuId, quantity }) => [skuId, quantity]),
    [
      [APPLE, 2],
      [SOY, 1],
    ],
  )
})

test('what is in it may change; orders keep what they were sold', async () => {
  const orderId = await paidBoxes(1)
  const { version } = await hq('GET /console/v1/products/:productId', { params: { productId: box.id } })
  const {
    barcode: _barcode,
    priceFen: _priceFen,
    storeIds: _storeIds,
    ...what
  } = bodyOf('6999920000013', [{ skuId: SOY, quantity: 2 }])
  await hq('PUT /console/v1/products/:productId', {
    params: { productId: box.id },
    body: { ...what, version },
  })
  const before = await levels()
  await handOver(orderId)
  assert.deepEqual(
    (await levels()).map(({ onHand }, i) => onHand - (before[i]?.onHand ?? 0)),
    [-2, -1],
  )
  await until(async () => (await page()).components[0]?.quantity === 2, 'the page says what is in it now')
})

test('boxes and apples bought at once by many: exactly what there is', async () => {
  const other = await addBox('6999920000020', [{ skuId: APPLE, quantity: 2 }])
  const [apples] = await levels()
  const free = (apples?.onHand ?? 0) - (apples?.reserved ?? 0)
  const wishes = Array.from({ length: free }, (_, i) =>
    order(shopper, { lines: [{ skuId: i % 2 ? APPLE : other.skuId, quantity: 1 }] }),
  )
  const got = await Promise.allSettled(wishes)
  const sold = got.reduce((sum, { status }, i) => sum + (status === 'fulfilled' ? (i % 2 ? 1 : 2) : 0), 0)
  const [now] = await levels()
  assert.equal(now?.reserved, (apples?.reserved ?? 0) + sold)
  // More is wanted than there is: at most one apple is left, where only boxes were refused.
  assert.ok(sold === free || sold === free - 1, `${sold} of ${free}`)
})
