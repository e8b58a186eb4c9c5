import type { AllRoutes, Output } from '@linli/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { isOrderNumber } from '../../src/rooms/orders/index.ts'
import { APPLE, idOf, PEAR, SLOT_STORE } from '../fixtures.ts'
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

const show = (orderId: string, who = shopper) => who.api('GET /v1/orders/:orderId', { params: { orderId } })
const cancel = (orderId: string, who = shopper) =>
  who.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: { reason: '不想要了' } })
const slotsOf = (storeId: string) =>
  world.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId } })
test('POST /v1/orders · 201: waits for money, holds the goods, keeps what they were called and cost', async () => {
  const before = await levelOf(world)
  const placed = await order(shopper, {
    lines: [
      { skuId: APPLE, quantity: 2 },
      { skuId: PEAR, quantity: 1 },
    ],
    expectFen: 3740,
    remark: '放服务台',
    ifShort: 'call',
  })
  assert.equal(placed.state, 'PENDING_PAY')
  assert.equal(placed.totalFen, 3740)
  assert.ok(isOrderNumber(placed.no))
  assert.equal(Date.parse(placed.expiresAt ?? '') - world.clock.now().getTime(), 15 * 60_000)
  const shown = await show(placed.id)
  assert.deepEqual(
    shown.lines.map(({ name, quantity, unitFen, payFen, shelf }) => [name, quantity, unitFen, payFen, shelf]),
    [
      ['内丘苹果 约1kg', 2, 1280, 2560, 'G01-1-3'],
      ['宁晋鸭梨 约1.5kg', 1, 1180, 1180, 'G01-3-2'],
    ],
  )
  assert.deepEqual([shown.remark, shown.ifShort, shown.pieces], ['放服务台', 'call', 3])
  assert.deepEqual(
    shown.events.map(({ verb, from, to, by }) => [verb, from, to, by]),
    [['place', null, 'PENDING_PAY', 'member']],
  )
  const now = await levelOf(world)
  assert.deepEqual(now, { onHand: before.onHand, reserved: before.reserved + 2 })
})

test('POST /v1/orders · 409 stock_short names the SKU and what is left; a smaller wish behind it still fits', async () => {
  const before = await levelOf(world, PEAR)
  const wish = (quantity: number) => order(shopper, { lines: [{ skuId: PEAR, quantity }] })
  const [big, small] = await Promise.all([
    refused(wish(21), 'inventory.stock_short', 409),
    wish(20 - before.reserved),
  ])
  assert.deepEqual(big.data, { skuId: PEAR, available: 20 - before.reserved })
  assert.equal((await refused(wish(1), 'inventory.stock_short')).data?.['available'], 0)
  await cancel(small.id)
  const after = await wish(1)
  assert.equal(after.state, 'PENDING_PAY', 'what came back can be bought at once')
  await cancel(after.id)
  assert.deepEqual(await levelOf(world, PEAR), before)
})

test('POST /v1/orders · 409 price_changed says the price that holds', async () => {
  const problem = await refused(order(shopper, { expectFen: 1279 }), 'orders.price_changed', 409)
  assert.deepEqual(problem.data, { totalFen: 1280 })
})

const NOBODY = idOf('sku:nobody')
const REFUSALS: readonly [string, number, Parameters<typeof basket>[0]][] = [
  ['stores.missing', 404, { storeId: 'S99' }],
  ['catalog.sku_missing', 404, { lines: [{ skuId: NOBODY, quantity: 1 }] }],
  ['pricing.line_repeated', 400, { lines: [1, 2].map((quantity) => ({ skuId: APPLE, quantity })) }],
  ['coupons.unusable', 409, { couponIds: [idOf('coupon')] }],
  ['points.unusable', 409, { usePoints: 100 }],
  ['fulfilment.delivery_unavailable', 409, { fulfilment: { kind: 'delivery' } }],
  [
    'fulfilment.slot_invalid',
    409,
    { fulfilment: { kind: 'pickup', slotStart: '2020-01-01T10:00:00+08:00' } },
  ],
  ['request.invalid', 400, { fulfilment: { kind: 'pickup', slotStart: '2026-99-99T99:99:99Z' } }],
]
for (const [code, status, over] of REFUSALS) {
  test(`POST /v1/orders · ${status} ${code} · ${JSON.stringify(over)}`, async () => {
    const before = await levelOf(world)
    await refused(order(shopper, over), code, status)
    assert.deepEqual(await levelOf(world), before)
  })
}

test('POST /v1/orders · a slot is taken, counted, full at its capacity, and free again after a cancellation', async () => {
  const hq = await world.staff('hq')
  const room = (slotCapacity: number) =>
    hq('PUT /console/v1/stores/:storeId', { params: { storeId: SLOT_STORE }, body: { slotCapacity } })
  await room(2)
  const slot = (await slotsOf(SLOT_STORE)).items.at(-1)
  assert.equal(slot?.left, 2)
  const slotStart = slot.startsAt
  const left = async () =>
    (await slotsOf(SLOT_STORE)).items.find(({ startsAt }) => startsAt === slotStart)?.left
  const wish = (who: Shopper) =>
    order(who, { storeId: SLOT_STORE, fulfilment: { kind: 'pickup', slotStart } })
  const first = await wish(shopper)
  assert.equal((await show(first.id)).fulfilment.slotStart, slotStart)
  await wish(other)
  assert.equal(await left(), 0, 'a full slot is shown as full')
  await refused(wish(shopper), 'fulfilment.slot_full', 409)
  await cancel(first.id)
  assert.equal(await left(), 1)
  await room(3)
  await wish(shopper)
  await wish(other)
  await refused(wish(shopper), 'fulfilment.slot_full', 409)
  await room(30)
})

test('POST /v1/orders · 409 slot_required: where slots are handed out, no order slips past them', async () => {
  assert.equal((await slotsOf(SLOT_STORE)).required, true)
  assert.deepEqual(await slotsOf('S01'), { required: false, items: [] })
  await refused(order(shopper, { storeId: SLOT_STORE }), 'fulfilment.slot_required', 409)
})

test('POST /v1/orders · 503 desk_full when more wait than may; whoever was taken gets an answer', async () => {
  const callers = 4600 // the desk keeps 4,096 waiting besides the batch it decides
  const body = basket({ lines: [{ skuId: PEAR, quantity: 1 }] })
  const ask = (i: number) =>
    world.linli.http.app.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { authorization: `Bearer ${shopper.token}` },
      payload: { ...body, idempotencyKey: `${body.idempotencyKey}-${i}` },
    })
  const { reserved } = await levelOf(world, PEAR)
  const slow = await world.ctx.database.pool.connect()
  let replies: Awaited<ReturnType<typeof ask>>[]
  try {
    await slow.query('begin')
    await slow.query('select from stock_level where sku_id = $1 for update', [PEAR])
    const answers = Promise.all(Array.from({ length: callers }, (_, i) => ask(i)))
    await until(
      async () => /order_desk_queued 4096/.test(await world.ctx.metrics.registry.metrics()),
      'the desk is full',
      20,
    )
    await refused(order(shopper), 'orders.desk_full', 503)
    await slow.query('rollback')
    replies = await answers
  } finally {
    slow.release()
  }
  const full = replies.filter(({ statusCode }) => statusCode === 503)
  assert.ok(full.every(({ headers }) => headers['retry-after'] === '1'))
  const placed = replies.filter(({ statusCode }) => statusCode === 201)
  const short = replies.filter(({ statusCode }) => statusCode === 409)
  assert.equal(full.length + placed.length + short.length, callers)
  assert.equal(placed.length, 20 - reserved)
  for (const reply of placed) await cancel(reply.json<{ id: string }>().id)
})

test('GET /v1/orders · 200: mine, newest first, page by page, by state; 400 cursor_invalid', async () => {
  const who = await world.member('shopper-0003')
  const placed = []
  for (let i = 0; i < 5; i++) {
    world.clock.advance(1)
    placed.push(await order(who))
  }
  await cancel(placed[2]?.id ?? '', who)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Output<AllRoutes['GET /v1/orders']> = await who.api('GET /v1/orders', {
      query: { limit: 2, ...(cursor && { cursor }) },
    })
    assert.ok(page.items.length <= 2)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  assert.deepEqual(seen, placed.map(({ id }) => id).toReversed())
  const cancelled = await who.api('GET /v1/orders', { query: { state: 'CANCELLED' } })
  assert.deepEqual(
    cancelled.items.map(({ id, expiresAt, pieces }) => [id, expiresAt, pieces]),
    [[placed[2]?.id, null, 1]],
  )
  for (const bad of ['x', Buffer.from('2026-99-99T00:00:00.000Z x').toString('base64url')])
    await refused(who.api('GET /v1/orders', { query: { cursor: bad } }), 'orders.cursor_invalid', 400)
  for (const { id } of placed) await cancel(id, who)
})

test('GET, POST …/cancellation of an order of somebody else · 404: it does not exist', async () => {
  const { id } = await order(shopper)
  await refused(show(id, other), 'orders.missing', 404)
  await refused(cancel(id, other), 'orders.missing', 404)
  await refused(
    other.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId: id } }),
    'orders.missing',
    404,
  )
  await refused(show(randomUUID()), 'orders.missing', 404)
  await cancel(id)
})

test('POST /v1/orders/:orderId/cancellation · 200: goods come back; doing it again changes nothing', async () => {
  const before = await levelOf(world)
  const { id } = await order(shopper, { lines: [{ skuId: APPLE, quantity: 3 }] })
  const closed = await cancel(id)
  assert.deepEqual([closed.state, closed.cancelReason, closed.expiresAt], ['CANCELLED', '不想要了', null])
  assert.deepEqual(await cancel(id), closed)
  assert.deepEqual(await levelOf(world), before)
  await refused(
    shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId: id } }),
    'fulfilment.no_code',
    409,
  )
})
