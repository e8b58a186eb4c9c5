import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { deed, receive, startCount, takeBack, waste } from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager: LinliApi
let other: LinliApi
before(async () => {
  world = await openWorld({ onHand: 20 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager = await world.staff('s01')
  other = await world.staff('s02')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const levelShown = async (skuId: string) => {
  const { items } = await manager('GET /console/v1/stock-levels', { query: { storeId: 'S01', limit: 100 } })
  return items.find((item) => item.skuId === skuId) ?? assert.fail()
}
const show = (id: string, who = manager) =>
  who('GET /console/v1/stock-documents/:documentId', { params: { documentId: id } })

test('POST …/receipts · 200: on hand grows, the ledger names the document, the trail names the person', async () => {
  const lines = [
    { skuId: APPLE, quantity: 6, batchNo: 'A-1', madeOn: '2026-01-01', expiresOn: '2027-06-30' },
    { skuId: APPLE, quantity: 4 },
    { skuId: PEAR, quantity: 3 },
  ]
  const document = await receive(manager, { lines, supplier: '宁晋果业', note: '早班' })
  assert.match(document.no, /^SH\d{6}$/)
  assert.deepEqual(
    [document.state, document.lines, document.pieces, document.supplier, document.by],
    ['POSTED', 3, 13, '宁晋果业', 'staff:s01'],
  )
  assert.deepEqual(
    document.items.map(({ barcode, quantity, batchNo, expiresOn }) => [
      barcode,
      quantity,
      batchNo,
      expiresOn,
    ]),
    [
      ['6999911000015', 6, 'A-1', '2027-06-30'],
      ['6999911000015', 4, null, null],
      ['6999911000039', 3, null, null],
    ],
  )
  assert.equal((await levelOf(world)).onHand, 30)
  assert.equal((await levelOf(world, PEAR)).onHand, 23)
  const entries = await manager('GET /console/v1/stock-entries', {
    query: { storeId: 'S01', reason: 'RECEIVE' },
  })
  assert.deepEqual(
    new Map(entries.items.map(({ name, onHandDelta, reference }) => [name, [onHandDelta, reference]])),
    new Map([
      ['内丘苹果 约1kg', [10, document.no]],
      ['宁晋鸭梨 约1.5kg', [3, document.no]],
    ]),
  )
  const byNo = await manager('GET /console/v1/stock-entries', { query: { q: document.no } })
  assert.equal(byNo.total, 2)
  const trail = await hq('GET /console/v1/audit-events', { query: { q: 'inventory.received' } })
  assert.equal(trail.items[0]?.subject, `stock_document:${document.id}`)
})

test('POST …/receipts · the same key once, however often it is sent; 409 key_reused with another body', async () => {
  const before = (await levelOf(world)).onHand
  const key = randomUUID()
  const sent = await Promise.all(Array.from({ length: 8 }, () => receive(manager, { idempotencyKey: key })))
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1)
  assert.equal((await levelOf(world)).onHand, before + 10)
  await refused(
    receive(manager, { idempotencyKey: key, lines: [{ skuId: APPLE, quantity: 9 }] }),
    'inventory.key_reused',
    409,
  )
  assert.notEqual((await receive(hq, { idempotencyKey: key })).id, sent[0]?.id, 'keys are personal')
})

test('POST …/receipts · 404 level_missing, 409 day_invalid, already_expired, 403 out_of_scope: nothing changes', async () => {
  const before = await world.fingerprint()
  const line = (over: object) => ({ lines: [{ skuId: APPLE, quantity: 1, ...over }] })
  await refused(receive(manager, line({ skuId: idOf('sku:nobody') })), 'inventory.level_missing', 404)
  await refused(receive(manager, line({ expiresOn: '2026-02-30' })), 'inventory.day_invalid', 409)
  await refused(
    receive(manager, line({ madeOn: '2025-02-01', expiresOn: '2025-01-01' })),
    'inventory.day_invalid',
    409,
  )
  await refused(receive(manager, line({ expiresOn: '2020-01-01' })), 'inventory.already_expired', 409)
  await refused(receive(manager, {}, 'S02'), 'staff.out_of_scope', 403)
  assert.equal(await world.fingerprint(), before)
})

test('POST …/wastes · 200: the goods are gone, with a reason; 409 not_on_hand for more than there is', async () => {
  const { onHand } = await levelOf(world, SOY)
  const document = await waste(manager, {
    reason: 'SPOILT',
    lines: [{ skuId: SOY, quantity: 2 }],
    note: '瓶口漏',
  })
  assert.match(document.no, /^BS\d{6}$/)
  assert.equal(document.wasteReason, 'SPOILT')
  assert.equal((await levelOf(world, SOY)).onHand, onHand - 2)
  const problem = await refused(
    waste(manager, { lines: [{ skuId: SOY, quantity: onHand }], shortAccepted: true }),
    'inventory.not_on_hand',
    409,
  )
  assert.deepEqual(problem.data, { lines: [{ skuId: SOY, delta: -onHand, onHand: onHand - 2, reserved: 0 }] })
  await refused(
    waste(manager, { lines: [{ skuId: idOf('sku:nobody'), quantity: 1 }] }),
    'inventory.level_missing',
    404,
  )
  await refused(waste(other), 'staff.out_of_scope', 403)
  const key = randomUUID()
  await waste(manager, { idempotencyKey: key, lines: [{ skuId: SOY, quantity: 1 }] })
  await refused(
    waste(manager, { idempotencyKey: key, reason: 'LOST', lines: [{ skuId: SOY, quantity: 1 }] }),
    'inventory.key_reused',
    409,
  )
})

test('domain 2.11: gone below what shoppers have ordered only when said so; then the store is on the short list', async () => {
  const { onHand } = await levelOf(world, SOY)
  const placed = await order(shopper, { lines: [{ skuId: SOY, quantity: 5 }] })
  const lines = [{ skuId: SOY, quantity: onHand - 2 }]
  await refused(waste(manager, { lines }), 'inventory.below_reserved', 409)
  const gone = await waste(manager, { lines, shortAccepted: true })
  const level = await levelShown(SOY)
  assert.deepEqual([level.onHand, level.reserved, level.available], [2, 5, 0])
  const { items, short } = await manager('GET /console/v1/stock-levels', {
    query: { storeId: 'S01', only: 'short' },
  })
  assert.deepEqual([items.map(({ skuId }) => skuId), short], [[SOY], 1])
  await refused(order(shopper, { lines: [{ skuId: SOY, quantity: 1 }] }), 'inventory.stock_short', 409)
  // Taking it back ends the shortage, and the shortfall with it: nothing can be promised twice again.
  await takeBack(manager, gone)
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId: placed.id }, body: {} })
  const { rows } = await world.ctx.database.pool.query(
    'select shortfall from stock_level where shortfall > 0',
  )
  assert.deepEqual(rows, [])
})

test('POST …/reversal · 200: a counter-document; the first stays; once, and never below what was ordered since', async () => {
  const { onHand } = await levelOf(world, PEAR)
  const first = await receive(manager, { lines: [{ skuId: PEAR, quantity: 7 }] })
  const key = randomUUID()
  const back = await takeBack(manager, first, key)
  assert.equal((await takeBack(manager, first, key)).id, back.id)
  assert.deepEqual([back.kind, back.pieces, back.reverses, back.note], ['RECEIVE', -7, first.no, '录错了'])
  assert.equal((await show(first.id)).reversedBy, back.no)
  assert.equal((await levelOf(world, PEAR)).onHand, onHand)
  await refused(takeBack(manager, first), 'inventory.document_state', 409)
  await refused(takeBack(manager, back), 'inventory.document_state', 409)
  await refused(
    manager('POST /console/v1/stock-documents/:documentId/reversal', {
      params: { documentId: first.id },
      body: { idempotencyKey: key, note: '别的' },
    }),
    'inventory.key_reused',
    409,
  )
  const second = await receive(manager, { lines: [{ skuId: PEAR, quantity: 7 }] })
  await order(shopper, { lines: [{ skuId: PEAR, quantity: onHand + 3 }] })
  await refused(takeBack(manager, second), 'inventory.below_reserved', 409)
  await refused(takeBack(other, second), 'inventory.document_missing', 404)
  await refused(takeBack(manager, { id: idOf('nothing') }), 'inventory.document_missing', 404)
})

test('POST …/reversal · ten people at once take one document back once', async () => {
  const first = await receive(manager)
  const { onHand } = await levelOf(world)
  const done = await Promise.allSettled(Array.from({ length: 10 }, () => takeBack(manager, first)))
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal((await levelOf(world)).onHand, onHand - 10)
})

test('POST …/reversal · ten repeats at once of one press are one counter-document, for each', async () => {
  const first = await receive(manager)
  const { onHand } = await levelOf(world)
  const key = randomUUID()
  const backs = await Promise.all(Array.from({ length: 10 }, () => takeBack(manager, first, key)))
  assert.equal(new Set(backs.map(({ id }) => id)).size, 1)
  assert.equal((await levelOf(world)).onHand, onHand - 10)
})

test('GET /console/v1/stock-documents · 200: by kind, state and store, newest first; a manager sees own stores', async () => {
  await deed(manager, 'cancellation', await startCount(manager))
  const all = await manager('GET /console/v1/stock-documents', { query: { limit: 100 } })
  assert.ok(all.items.length > 5 && all.items.every(({ storeId }) => storeId === 'S01'))
  assert.deepEqual(
    all.items.map(({ at }) => at),
    all.items.map(({ at }) => at).toSorted((a, b) => b.localeCompare(a)),
  )
  const cancelled = await hq('GET /console/v1/stock-documents', {
    query: { kind: 'COUNT', state: 'CANCELLED' },
  })
  assert.ok(cancelled.total > 0 && cancelled.items.every(({ state }) => state === 'CANCELLED'))
  assert.equal((await other('GET /console/v1/stock-documents')).total, 0)
  await refused(
    manager('GET /console/v1/stock-documents', { query: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
  await refused(show(all.items[0]?.id ?? '', other), 'inventory.document_missing', 404)
  await refused(
    manager('GET /console/v1/stock-entries', { query: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
})

test('what is ended cannot be changed in the database either', async () => {
  const { pool } = world.ctx.database
  await assert.rejects(
    pool.query(`update stock_document set note = 'x' where state = 'POSTED'`),
    /append-only/,
  )
  await assert.rejects(pool.query(`delete from stock_document_event`), /append-only/)
  await assert.rejects(
    pool.query(
      `insert into stock_ledger (store_id, sku_id, reason, document_id, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
       select store_id, sku_id, reason, document_id, on_hand_delta, 0, 0, 0, 'x', now() from stock_ledger where document_id is not null limit 1`,
    ),
    /stock_ledger_document/,
  )
})
