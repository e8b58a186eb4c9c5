import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { fails, until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shoppers = 0
before(async () => {
  world = await openWorld({ onHand: 10 })
})
after(() => world.close())

const newShopper = () => world.member(`shopper-${String(++shoppers).padStart(4, '0')}`)
const read = ({ api }: Shopper, storeId = 'S01') => api('GET /v1/cart', { query: { storeId } })
const put = (
  { api }: Shopper,
  skuId: string,
  quantity: number,
  more: { selected?: boolean; storeId?: string } = {},
) => api('PUT /v1/cart/lines/:skuId', { params: { skuId }, body: { storeId: 'S01', quantity, ...more } })
const run = (text: string, values: unknown[] = []) => world.ctx.database.pool.query(text, values)
const quantities = (cart: Awaited<ReturnType<typeof read>>) =>
  cart.lines.map(({ skuId, quantity }) => [skuId, quantity])

test('GET /v1/cart · 200: empty; 404 stores.missing', async () => {
  const shopper = await newShopper()
  assert.deepEqual(await read(shopper), { storeId: 'S01', lines: [], quote: null, count: 0 })
  await refused(read(shopper, 'S99'), 'stores.missing', 404)
})

test('PUT /v1/cart/lines/:skuId · 200: set, changed, chosen or not, removed by zero; each store has its own cart', async () => {
  const shopper = await newShopper()
  await put(shopper, APPLE, 2)
  world.clock.advance(1)
  const two = await put(shopper, SOY, 1)
  assert.deepEqual(quantities(two), [
    [APPLE, 2],
    [SOY, 1],
  ])
  assert.equal(two.quote?.totalFen, 2 * 1280 + 890)
  assert.equal(two.count, 3)
  const unchosen = await put(shopper, SOY, 1, { selected: false })
  assert.equal(unchosen.quote?.totalFen, 2 * 1280)
  assert.equal((await put(shopper, SOY, 3)).lines[1]?.selected, false)
  await put(shopper, PEAR, 1, { storeId: 'S02' })
  assert.deepEqual(quantities(await put(shopper, APPLE, 0)), [[SOY, 3]])
  assert.deepEqual(quantities(await read(shopper, 'S02')), [[PEAR, 1]])
})

test('the price of the cart is the price of checkout, to the fen', async () => {
  const shopper = await newShopper()
  await put(shopper, APPLE, 3)
  const cart = await put(shopper, SOY, 7)
  const { points, storedValue, dueFen, ...quote } = await shopper.api('POST /v1/quotes', {
    body: {
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: cart.lines.map(({ skuId, quantity }) => ({ skuId, quantity })),
    },
  })
  assert.deepEqual(cart.quote, quote)
  assert.deepEqual(
    [points, storedValue, dueFen],
    [null, null, quote.totalFen],
    'a chain without points and balances',
  )
})

test('PUT /v1/cart/lines/:skuId · 404 sku_missing, stores.missing', async () => {
  const shopper = await newShopper()
  await refused(put(shopper, idOf('no such sku'), 1), 'catalog.sku_missing', 404)
  await refused(put(shopper, APPLE, 1, { storeId: 'S99' }), 'stores.missing', 404)
  assert.deepEqual(quantities(await put(shopper, idOf('no such sku'), 0)), [])
})

test('PUT /v1/cart/lines/:skuId · thirty puts of one line at once leave one line with one of the quantities', async () => {
  const shopper = await newShopper()
  await Promise.all(Array.from({ length: 30 }, (_, i) => put(shopper, APPLE, i + 1)))
  const { lines } = await read(shopper)
  assert.equal(lines.length, 1)
  assert.ok((lines[0]?.quantity ?? 0) >= 1 && (lines[0]?.quantity ?? 0) <= 30)
})

test('PUT /v1/cart/lines/:skuId · 409 carts.full at a hundred goods, though sent at once; a known line may still change', async () => {
  const shopper = await newShopper()
  await run(
    `with made as (insert into product (id, name, category_id, unit) select gen_random_uuid(), '占位 ' || n, 'G', '份' from generate_series(1, 110) n returning id, name),
       skus as (insert into sku (id, product_id, barcode) select gen_random_uuid(), id, '29000000' || lpad(split_part(name, ' ', 2), 5, '0') from made returning id)
     insert into listing (store_id, sku_id, price_fen, updated_by) select 'S01', id, 100, 'test' from skus`,
  )
  const { rows } = await run(`select id from sku where barcode like '29%' order by barcode`)
  const skus = rows.map((row: { id: string }) => row.id)
  await until(async () => !(await fails(put(shopper, skus.at(-1) ?? '', 1))), 'the new goods are known')
  const answers = await Promise.allSettled(skus.map((skuId) => put(shopper, skuId, 1)))
  const refusals = answers.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
  assert.equal((await read(shopper)).lines.length, 100)
  assert.equal(refusals.length, 10)
  assert.ok(refusals.every(({ reason }) => String(reason).includes('carts.full')))
  const [line] = (await read(shopper)).lines
  assert.ok(line)
  assert.equal((await put(shopper, line.skuId, 5)).lines.length, 100)
})

test('lines in trouble stay, say why, and are not priced', async () => {
  const shopper = await newShopper()
  await put(shopper, APPLE, 2)
  await put(shopper, PEAR, 11)
  await put(shopper, SOY, 1)
  await run(`update listing set on_shelf = false where store_id = 'S01' and sku_id = $1`, [SOY])
  const troubles = async () =>
    Object.fromEntries((await read(shopper)).lines.map(({ skuId, trouble }) => [skuId, trouble]))
  await until(async () => (await troubles())[SOY] === 'off_shelf', 'the shelf is known')
  assert.deepEqual(await troubles(), { [APPLE]: null, [PEAR]: 'short', [SOY]: 'off_shelf' })
  const cart = await read(shopper)
  assert.equal(cart.quote?.totalFen, 2 * 1280)
  assert.equal(cart.lines.find(({ skuId }) => skuId === SOY)?.product.stock, 'sold_out')
  await refused(order(shopper, { lines: [{ skuId: SOY, quantity: 1 }] }), 'catalog.sku_missing', 404)
})

test("POST /v1/cart/clearance · 200: only one's own lines, unknown ones ignored; 404 stores.missing", async () => {
  const [mine, theirs] = [await newShopper(), await newShopper()]
  for (const shopper of [mine, theirs]) await put(shopper, APPLE, 1)
  await put(mine, PEAR, 1)
  const clear = (storeId: string) =>
    mine.api('POST /v1/cart/clearance', { body: { storeId, skuIds: [APPLE, idOf('no such sku')] } })
  assert.deepEqual(quantities(await clear('S01')), [[PEAR, 1]])
  assert.deepEqual(quantities(await read(theirs)), [[APPLE, 1]])
  await refused(clear('S99'), 'stores.missing', 404)
})
