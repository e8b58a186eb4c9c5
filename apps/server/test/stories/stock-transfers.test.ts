import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { carry, deed, receive, request, type StockDocument, takeBack } from '../stocking.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let one: LinliApi
let two: LinliApi
before(async () => {
  world = await openWorld({ onHand: 20 })
  one = await world.staff('s01')
  two = await world.staff('s02')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const both = async (skuId = APPLE) => [
  (await levelOf(world, skuId, 'S01')).onHand,
  (await levelOf(world, skuId, 'S02')).onHand,
]
const only = async (call: Promise<StockDocument>[]) =>
  (await Promise.allSettled(call)).filter(({ status }) => status === 'fulfilled').length

test('domain 29 调拨: asked for, shipped, received; under way it is in neither store, and both see it', async () => {
  const asked = await request(two)
  assert.match(asked.no, /^DB\d{6}$/)
  assert.deepEqual([asked.state, asked.storeId, asked.toStoreId], ['REQUESTED', 'S01', 'S02'])
  assert.deepEqual(await both(), [20, 20])
  await refused(carry(two, 'shipment', asked), 'staff.out_of_scope', 403)
  const shipped = await carry(one, 'shipment', asked)
  assert.equal(shipped.state, 'SHIPPED')
  assert.deepEqual(await both(), [16, 20])
  const underWay = await two('GET /console/v1/stock-documents', {
    query: { kind: 'TRANSFER', state: 'SHIPPED' },
  })
  assert.deepEqual(
    underWay.items.map(({ no, pieces }) => [no, pieces]),
    [[asked.no, 4]],
  )
  await refused(carry(one, 'arrival', asked), 'staff.out_of_scope', 403)
  const received = await carry(two, 'arrival', asked)
  assert.deepEqual([received.state, received.missing, received.pieces], ['RECEIVED', 0, 4])
  assert.deepEqual(await both(), [16, 24])
  assert.deepEqual(
    received.events.map(({ verb, by }) => [verb, by]),
    [
      ['request', 'staff:s02'],
      ['ship', 'staff:s01'],
      ['receive', 'staff:s02'],
    ],
  )
})

test('domain 29 调拨: what does not arrive stays visible as the difference; more than shipped cannot arrive', async () => {
  const before = await both(PEAR)
  const lines = [{ skuId: PEAR, quantity: 5 }]
  const document = await request(one, lines)
  await carry(one, 'shipment', document, [{ skuId: PEAR, quantity: 3 }])
  await refused(
    carry(two, 'arrival', document, [{ skuId: PEAR, quantity: 4 }]),
    'inventory.more_than_shipped',
    409,
  )
  for (const said of [
    [{ skuId: APPLE, quantity: 3 }],
    [
      { skuId: PEAR, quantity: 3 },
      { skuId: APPLE, quantity: 1 },
    ],
  ])
    await refused(carry(two, 'arrival', document, said), 'inventory.lines_differ', 409)
  const received = await carry(two, 'arrival', document, [{ skuId: PEAR, quantity: 2 }])
  assert.deepEqual([received.missing, received.items[0]?.shipped, received.items[0]?.received], [1, 3, 2])
  assert.deepEqual(await both(PEAR), [(before[0] ?? 0) - 3, (before[1] ?? 0) + 2])
  await refused(takeBack(one, document), 'inventory.document_state', 409)
})

test('race: shipped and received once each, however often, by whomever, in whatever order it is sent', async () => {
  const before = await both()
  const document = await request(two)
  const second = await world.another()
  try {
    const there = second.as(await world.staffToken('s01', 'console'))
    assert.equal(
      await only(Array.from({ length: 12 }, (_, i) => carry(i % 2 ? one : there, 'shipment', document))),
      1,
    )
    const crossed = await Promise.allSettled([
      carry(two, 'arrival', document),
      deed(one, 'recall', document),
      carry(two, 'arrival', document),
    ])
    assert.equal(crossed.filter(({ status }) => status === 'fulfilled').length, 1)
    const { state } = await one('GET /console/v1/stock-documents/:documentId', {
      params: { documentId: document.id },
    })
    const moved = state === 'RECEIVED' ? 4 : 0
    assert.deepEqual(await both(), [(before[0] ?? 0) - moved, (before[1] ?? 0) + moved])
  } finally {
    await second.close()
  }
})

test('the same key repeats the first answer; with another body it is refused', async () => {
  const document = await request(two)
  const key = randomUUID()
  const sent = await Promise.all(
    Array.from({ length: 5 }, () => carry(one, 'shipment', document, undefined, key)),
  )
  assert.equal(new Set(sent.map(({ changedAt }) => changedAt)).size, 1)
  await refused(
    carry(one, 'shipment', document, [{ skuId: APPLE, quantity: 1 }], key),
    'inventory.key_reused',
    409,
  )
  const after = await both()
  const recalled = await deed(one, 'recall', document)
  assert.equal(recalled.state, 'RECALLED')
  assert.deepEqual(await both(), [(after[0] ?? 0) + 4, after[1]])
  await refused(carry(two, 'arrival', document), 'inventory.document_state', 409)
})

test('POST …/shipment · 409 below_reserved for what its own shoppers have ordered, nothing_to_ship, document_state', async () => {
  const shopper = await world.member('shopper-0001')
  await order(shopper, { lines: [{ skuId: SOY, quantity: 15 }] })
  const lines = [{ skuId: SOY, quantity: 6 }]
  const document = await request(two, lines)
  await refused(carry(one, 'shipment', document, lines), 'inventory.below_reserved', 409)
  await refused(
    carry(one, 'shipment', document, [{ skuId: SOY, quantity: 21 }]),
    'inventory.not_on_hand',
    409,
  )
  await refused(
    carry(one, 'shipment', document, [{ skuId: SOY, quantity: 0 }]),
    'inventory.nothing_to_ship',
    409,
  )
  await refused(carry(two, 'arrival', document, lines), 'inventory.document_state', 409)
  await deed(two, 'cancellation', document)
  await refused(carry(one, 'shipment', document, lines), 'inventory.document_state', 409)
  await refused(carry(one, 'shipment', { id: idOf('nothing') }), 'inventory.document_missing', 404)
})

test('POST /console/v1/transfers · 409 same_store, line_twice, 404 level_missing, key_reused, 403 out_of_scope', async () => {
  const same = { fromStoreId: 'S01', toStoreId: 'S01' }
  await refused(request(one, undefined, same), 'inventory.same_store', 409)
  const twice = [
    { skuId: APPLE, quantity: 1 },
    { skuId: APPLE, quantity: 2 },
  ]
  await refused(request(one, twice), 'inventory.line_twice', 409)
  await refused(request(one, [{ skuId: idOf('sku:nobody'), quantity: 1 }]), 'inventory.level_missing', 404)
  const key = randomUUID()
  const asked = await request(one, undefined, { idempotencyKey: key })
  assert.equal((await request(one, undefined, { idempotencyKey: key })).id, asked.id)
  await refused(
    request(one, [{ skuId: APPLE, quantity: 1 }], { idempotencyKey: key }),
    'inventory.key_reused',
    409,
  )
  await refused(request(one, undefined, { fromStoreId: 'S02', toStoreId: 'S03' }), 'staff.out_of_scope', 403)
})

test('domain 30 批次/效期: dates travel with the goods', async () => {
  const expiresOn = '2099-01-02'
  await receive(one, { lines: [{ skuId: APPLE, quantity: 3, expiresOn, batchNo: 'T-1' }] })
  const document = await request(two)
  await carry(one, 'shipment', document)
  await carry(two, 'arrival', document)
  const lots = async (storeId: string, who: LinliApi) =>
    (await who('GET /console/v1/stock-lots', { query: { storeId } })).items.map((lot) => [
      lot.batchNo,
      lot.remaining,
    ])
  assert.deepEqual(await lots('S01', one), [])
  assert.deepEqual(await lots('S02', two), [['T-1', 3]])
})
