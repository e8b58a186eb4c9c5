import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, idOf, PEAR, SOY } from '../fixtures.ts'
import { paid } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { count, deed, receive, startCount, takeBack, waste } from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager: LinliApi
before(async () => {
  world = await openWorld({ onHand: 20 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager = await world.staff('s01')
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
test('domain 2.11 count: the difference is against the level when the line was counted, whatever is sold meanwhile', async () => {
  const start = await levelOf(world)
  const document = await startCount(manager)
  assert.deepEqual([document.kind, document.state], ['COUNT', 'COUNTING'])
  const counted = await count(manager, document, start.onHand - 2)
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', {
    params: { orderId: (await paid(world, shopper, 3)).orderId },
  })
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  const posted = await deed(manager, 'posting', document)
  assert.deepEqual([posted.state, posted.pieces, posted.items[0]?.onHandThen], ['POSTED', -2, start.onHand])
  assert.equal((await levelOf(world)).onHand, start.onHand - 2 - 3)
  assert.equal(counted.items[0]?.countedBy, 'staff:s01')
  await refused(count(manager, document, 1), 'inventory.document_state', 409)
})

test('domain 2.11 count: below reserved is the truth too: reserved stays, available is 0, the store is on the short list', async () => {
  const placed = await paid(world, shopper, 4)
  const start = await levelOf(world)
  const document = await startCount(manager)
  await count(manager, document, 1)
  const posted = await deed(manager, 'posting', document)
  assert.equal(posted.pieces, 1 - start.onHand)
  const level = await levelShown(APPLE)
  assert.deepEqual([level.onHand, level.reserved, level.available], [1, start.reserved, 0])
  const short = await manager('GET /console/v1/stock-levels', { query: { storeId: 'S01', only: 'short' } })
  assert.deepEqual(
    short.items.map(({ skuId }) => skuId),
    [APPLE],
  )
  // The bag was packed all along: the clerk hands it over, and the ledger says that the count had missed three.
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', {
    params: { orderId: placed.orderId },
  })
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.deepEqual(await levelOf(world), { onHand: 0, reserved: start.reserved - 4 })
  const entries = await manager('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', {
    params: { storeId: 'S01', skuId: APPLE },
  })
  assert.deepEqual(
    entries.items.slice(0, 2).map(({ reason, onHandDelta }) => [reason, onHandDelta]),
    [
      ['SHIP', -4],
      ['ADJUST', 3],
    ],
  )
  await receive(manager, { lines: [{ skuId: APPLE, quantity: 40 }] })
})

test('PUT …/counts/:skuId · counting again replaces; a SKU is in one open count at a time; dropping frees it', async () => {
  const [one, two] = [await startCount(manager), await startCount(hq)]
  await count(manager, one, 3, SOY)
  const again = await count(hq, one, 4, SOY)
  assert.deepEqual(
    again.items.map(({ counted, countedBy }) => [counted, countedBy]),
    [[4, 'staff:hq']],
  )
  await refused(count(hq, two, 4, SOY), 'inventory.counted_elsewhere', 409)
  await refused(count(manager, one, 4, idOf('sku:nobody')), 'inventory.level_missing', 404)
  const params = { documentId: one.id, skuId: SOY }
  const dropped = await manager('DELETE /console/v1/stock-documents/:documentId/counts/:skuId', { params })
  assert.equal(dropped.items.length, 0)
  await refused(deed(manager, 'posting', one), 'inventory.count_empty', 409)
  await count(hq, two, 4, SOY)
  await deed(hq, 'cancellation', two)
  await count(manager, one, 5, SOY)
  await deed(manager, 'cancellation', one)
  await refused(deed(manager, 'posting', one), 'inventory.document_state', 409)
  await refused(
    manager('DELETE /console/v1/stock-documents/:documentId/counts/:skuId', { params }),
    'inventory.document_state',
    409,
  )
})

test('POST …/posting · 409 count_stale: corrected since, or more handed over than the difference leaves; nothing is booked', async () => {
  const { onHand } = await levelOf(world, PEAR)
  const document = await startCount(manager)
  await count(manager, document, onHand - 1, PEAR)
  await manager('POST /console/v1/stores/:storeId/stock-levels/:skuId/adjustments', {
    params: { storeId: 'S01', skuId: PEAR },
    body: { idempotencyKey: randomUUID(), delta: 2, reason: 'ADJUST', note: '角落里还有两个' },
  })
  const problem = await refused(deed(manager, 'posting', document), 'inventory.count_stale', 409)
  assert.deepEqual(problem.data, { lines: [{ skuId: PEAR }] })
  assert.equal((await levelOf(world, PEAR)).onHand, onHand + 2)
  await count(manager, document, onHand + 2, PEAR)
  assert.equal((await deed(manager, 'posting', document)).pieces, 0)

  const next = await startCount(manager)
  await count(manager, next, 0, SOY)
  await waste(manager, { lines: [{ skuId: SOY, quantity: 1 }] })
  await refused(deed(manager, 'posting', next), 'inventory.count_stale', 409)
  await deed(manager, 'cancellation', next)
})

test('POST …/posting · the same key posts once; its reversal takes the differences back', async () => {
  const { onHand } = await levelOf(world, PEAR)
  const document = await startCount(manager)
  await count(manager, document, onHand + 5, PEAR)
  const key = randomUUID()
  await Promise.all(Array.from({ length: 6 }, () => deed(manager, 'posting', document, key)))
  assert.equal((await levelOf(world, PEAR)).onHand, onHand + 5)
  await refused(deed(manager, 'posting', document), 'inventory.document_state', 409)
  const back = await takeBack(manager, document)
  assert.deepEqual([back.kind, back.pieces], ['COUNT', -5])
  assert.equal((await levelOf(world, PEAR)).onHand, onHand)
})
