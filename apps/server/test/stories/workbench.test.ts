// The first screen of head office and store managers: figures, what to do first, search, and orders as they come.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE, PEAR } from '../fixtures.ts'
import { paid, place, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager2: LinliApi
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager2 = await world.staff('s02')
})
after(() => world.close())

test('GET /console/v1/search · 200: orders by number or tail, goods by name, barcode or shelf, within scope', async () => {
  const { id } = await order(shopper)
  const { no } = await hq('GET /console/v1/orders/:orderId', { params: { orderId: id } })
  const search = (q: string, who = hq) => who('GET /console/v1/search', { query: { q } })
  assert.deepEqual(
    (await search(no)).orders.map((found) => found.id),
    [id],
  )
  assert.deepEqual((await search(no, manager2)).orders, [])
  const [found] = (await search(no)).orders
  assert.deepEqual([found?.storeName, found?.pieces], ['1 号店', 1])
  for (const q of ['鸭梨', 'yali', '6999911000039', 'g01-3-2'])
    assert.deepEqual(
      (await search(q)).products.map(({ barcode }) => barcode),
      ['6999911000039'],
      q,
    )
  assert.deepEqual(await search('没有这个'), { orders: [], products: [] })
})

test('GET /console/v1/workbench · 200: today to the fen, store by store, and what to do first', async () => {
  const fresh = await openWorld({ onHand: 1 })
  try {
    const who = await fresh.member('shopper-0001')
    const [first, second] = [
      await paid(fresh, who),
      await place(await fresh.member('shopper-0002')).catch(() => null),
    ]
    assert.equal(second, null, 'the last apple is gone')
    const bought = await order(who, { lines: [{ skuId: PEAR, quantity: 1 }] })
    const chief = await fresh.staff('hq')
    const open = (query = {}) => chief('GET /console/v1/workbench', { query })
    await until(async () => (await open()).stores[0]?.soldOut === 2, 'what is sold out shows')
    const now = await open()
    assert.deepEqual(now.today, { paidFen: 1280, orders: 1, averageFen: 1280, pickupShare: 10_000 })
    assert.deepEqual(now.compare, { paidFen: 0, orders: 0, averageFen: null, pickupShare: null })
    assert.equal(now.hours.length, 24)
    assert.equal(
      now.hours.reduce((sum, { paidFen }) => sum + paidFen, 0),
      1280,
    )
    assert.equal(now.unpaidOrders, 1)
    const [s01, s02] = now.stores
    assert.deepEqual(
      [s01?.orders, s01?.paidFen, s01?.toPack, s01?.ready, s01?.handed, s01?.soldOut],
      [1, 1280, 1, 0, 0, 2],
    )
    assert.deepEqual([s02?.orders, s02?.paidFen, s02?.soldOut], [0, 0, 0])
    assert.deepEqual(
      now.todo.map(({ kind, storeId, count }) => [kind, storeId, count]),
      [['sold_out', 'S01', 2]],
    )
    // Money as of a week ago counts for the comparison up to this time of day, and for its whole day in the hours.
    await rows(fresh, `update orders set paid_at = paid_at - interval '7 days' where id = $1`, [
      first.orderId,
    ])
    fresh.clock.advance(60) // the sandbox stamps payments by the wall, which has gone on since this clock was set
    const later = await open({ storeId: 'S01' })
    assert.deepEqual([later.today.paidFen, later.compare.paidFen], [0, 1280])
    assert.equal(
      later.hours.reduce((sum, { compareFen }) => sum + compareFen, 0),
      1280,
    )
    assert.deepEqual(
      later.todo.map(({ kind, count }) => [kind, count]),
      [
        ['pickup_overdue', 1],
        ['sold_out', 2],
      ],
    )
    assert.ok(bought.id)
    const other = await fresh.staff('s02')
    await refused(
      other('GET /console/v1/workbench', { query: { storeId: 'S01' } }),
      'staff.out_of_scope',
      403,
    )
    assert.deepEqual(
      (await other('GET /console/v1/workbench')).stores.map(({ storeId }) => storeId),
      ['S02'],
    )
  } finally {
    await fresh.close()
  }
})

/** Reads server-sent events as a browser would. */
async function listen(
  token: string,
  stop: AbortSignal,
): Promise<{ ids: () => string[]; ended: () => boolean }> {
  const reply = await fetch(`${world.origin}/console/v1/orders-live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop,
  })
  assert.equal(reply.status, 200)
  assert.match(reply.headers.get('content-type') ?? '', /^text\/event-stream/)
  let text = ''
  let over = false
  const reading = async () => {
    for await (const chunk of reply.body ?? []) text += Buffer.from(chunk).toString('utf8')
    over = true
  }
  reading().catch(() => undefined)
  return {
    ended: () => over,
    ids: () =>
      [...text.matchAll(/^event: orders\ndata: (.*)$/gm)].flatMap(([, data = '{}']) =>
        (JSON.parse(data) as { items: { id: string }[] }).items.map(({ id }) => id),
      ),
  }
}

test("GET /console/v1/orders-live · new and changed orders of one's stores, from any server", async () => {
  const second = await world.another()
  const stop = new AbortController()
  try {
    const mine = await listen(await world.staffToken('s01', 'console'), stop.signal)
    const theirs = await listen(await world.staffToken('s02', 'console'), stop.signal)
    const here = await order(shopper, { lines: [{ skuId: APPLE, quantity: 1 }] })
    const there = await order({ api: second.as(shopper.token) })
    await until(async () => mine.ids().includes(here.id) && mine.ids().includes(there.id), 'both were told')
    await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: here.id }, body: {} })
    await until(async () => mine.ids().filter((id) => id === here.id).length === 2, 'the change was told')
    assert.deepEqual(theirs.ids(), [])
  } finally {
    stop.abort()
    await second.close()
  }
})

test('GET /console/v1/orders-live · whoever signs out, or is closed out, hears nothing more', async () => {
  const stop = new AbortController()
  const [leaving, staying] = [
    await world.staffToken('hq', 'console'),
    await world.staffToken('hq', 'console'),
  ]
  const [gone, here] = [await listen(leaving, stop.signal), await listen(staying, stop.signal)]
  await world.as(leaving)('DELETE /console/v1/sessions/current')
  const { id } = await order(shopper, { lines: [{ skuId: PEAR, quantity: 1 }] })
  await until(async () => here.ids().includes(id), 'the other still hears')
  assert.deepEqual(gone.ids(), [])
  await until(async () => gone.ended(), 'the stream is over')
  stop.abort()
})

test('GET /console/v1/orders-live · one person cannot take all the places', async () => {
  const stop = new AbortController()
  const token = await world.staffToken('s02', 'console')
  const first = await listen(token, stop.signal)
  const others = await Promise.all(Array.from({ length: 10 }, () => listen(token, stop.signal)))
  await until(async () => first.ended(), 'the oldest makes room')
  assert.ok(others.every(({ ended }) => !ended()))
  stop.abort()
})

test('GET /console/v1/orders-live · an open stream does not keep the server from stopping', async () => {
  const other = await openWorld()
  const token = await other.staffToken('hq', 'console')
  const reply = await fetch(`${other.origin}/console/v1/orders-live`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const reader = reply.body?.getReader()
  await reader?.read()
  const started = process.hrtime.bigint()
  await other.close()
  assert.ok(process.hrtime.bigint() - started < 5_000_000_000n)
  assert.equal((await reader?.read())?.done, true)
})
