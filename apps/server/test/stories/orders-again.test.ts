// The same wish sent again: by an impatient thumb, a lost answer, two servers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createShuffle } from '../../src/kernel/shuffle.ts'
import { createNumbers, NUMBER_SPACE } from '../../src/rooms/orders/numbers.ts'
import { PEAR, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { basket, levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let other: Shopper
before(async () => {
  world = await openWorld({ onHand: 20 })
  shopper = await world.member('shopper-0001')
  other = await world.member('shopper-0002')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const cancel = (orderId: string, who = shopper) =>
  who.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} })
const setPrice = async (skuId: string, fen: number) => {
  await world.ctx.database.pool.query(
    `update listing set price_fen = $2, updated_by = 'test', updated_at = now() where sku_id = $1`,
    [skuId, fen],
  )
  const body = { storeId: 'S01', fulfilment: { kind: 'pickup' as const }, lines: [{ skuId, quantity: 1 }] }
  await until(
    async () => (await shopper.api('POST /v1/quotes', { body })).totalFen === fen,
    'the catalogue heard of the price',
  )
}

test('POST /v1/orders · a repeat gets the first answer: at once, twice together, sold out since, dearer since, closed since', async () => {
  const body = basket({ lines: [{ skuId: SOY, quantity: 20 }], expectFen: 890 * 20 })
  const [first, twin] = await Promise.all([
    shopper.api('POST /v1/orders', { body }),
    shopper.api('POST /v1/orders', { body }),
  ])
  const again = () => shopper.api('POST /v1/orders', { body })
  assert.deepEqual(twin, first)
  await refused(order(other, { lines: [{ skuId: SOY, quantity: 1 }] }), 'inventory.stock_short', 409)
  assert.deepEqual(await again(), first)
  await setPrice(SOY, 990)
  assert.deepEqual(await again(), first)
  const hq = await world.staff('hq')
  const open = (on: boolean) =>
    hq('PUT /console/v1/stores/:storeId', { params: { storeId: 'S01' }, body: { open: on } })
  await open(false)
  assert.deepEqual(await again(), first)
  await refused(order(other, { lines: [{ skuId: PEAR, quantity: 1 }] }), 'stores.closed', 409)
  await open(true)
  await setPrice(SOY, 890)
  await cancel(first.id)
  assert.deepEqual(await again(), first, 'even cancelled since')
  assert.equal((await levelOf(world, SOY)).reserved, 0)
})

test('POST /v1/orders · the same key from two servers at once: one order', async () => {
  const second = await world.another()
  try {
    const body = basket({ lines: [{ skuId: PEAR, quantity: 1 }] })
    const there = second.as(shopper.token)
    const placed = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? there : shopper.api)('POST /v1/orders', { body })),
    )
    assert.equal(new Set(placed.map(({ id }) => id)).size, 1)
    await cancel(placed[0]?.id ?? '')
  } finally {
    await second.close()
  }
})

test('POST /v1/orders · a number that is taken (made under another secret key) is not given twice', async () => {
  const { secrets, database } = world.ctx
  const second = await world.another()
  try {
    // The second server takes its first block of the counter now; its numbers can be foreseen with the secret.
    const { rows } = await database.pool.query<{ last: number }>(
      'select last_value as last from order_number_seq',
    )
    const next = createNumbers(createShuffle(secrets.hash('order numbers'), NUMBER_SPACE).hide, (count) =>
      Promise.resolve(Array.from({ length: count }, (_, i) => (rows[0]?.last ?? 0) + 1 + i)),
    )
    const taken = await next.next(world.clock.now())
    const { id: earlier } = await order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] })
    await database.pool.query('update orders set no = $2 where id = $1', [earlier, taken])
    const placed = await order({ api: second.as(shopper.token) }, { lines: [{ skuId: PEAR, quantity: 1 }] })
    assert.notEqual(placed.no, taken)
    assert.equal(placed.no, await next.next(world.clock.now()), 'the first one it drew was taken')
    for (const id of [earlier, placed.id]) await cancel(id)
  } finally {
    await second.close()
  }
})

test('POST /v1/orders · a key belongs to a member, and to one body', async () => {
  const body = basket({ lines: [{ skuId: PEAR, quantity: 1 }] })
  const [mine, theirs] = [
    await shopper.api('POST /v1/orders', { body }),
    await other.api('POST /v1/orders', { body }),
  ]
  assert.notEqual(mine.id, theirs.id)
  const changed = { ...body, lines: [{ skuId: PEAR, quantity: 2 }] }
  await refused(shopper.api('POST /v1/orders', { body: changed }), 'orders.key_reused', 409)
  await refused(
    shopper.api('POST /v1/orders', { body: { ...changed, expectFen: 1 } }),
    'orders.key_reused',
    409,
  )
  await cancel(mine.id)
  await cancel(theirs.id, other)
})
