// Collecting: the code, every check of it, and the bag that is handed over once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLE } from '../fixtures.ts'
import { paid, type Purchase } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let token: string
let clerk: LinliApi
let clerk2: LinliApi
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
  token = await world.staffToken('clerk01', 'floor')
  clerk = world.as(token)
  clerk2 = await world.staff('clerk02', 'floor')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const codeOf = ({ orderId }: Pick<Purchase, 'orderId'>) =>
  shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
const check = (code: string, storeId = 'S01', who = clerk) =>
  who('POST /staff/v1/handover-checks', { body: { storeId, code } })
const handOver = (code: string, storeId = 'S01', who = clerk) =>
  who('POST /staff/v1/handovers', { body: { storeId, code } })
const makeReady = (orderId: string, who = clerk) =>
  who('POST /staff/v1/orders/:orderId/readiness', { params: { orderId } })
const waiting = async (who = clerk, storeId = 'S01') =>
  (await who('GET /staff/v1/stores/:storeId/pickups', { params: { storeId } })).items

test('the whole way: paid, waiting, packed, checked, handed over; the goods leave the books', async () => {
  const before = await levelOf(world)
  const purchase = await paid(world, shopper, 2)
  const { orderId } = purchase
  const [sheet] = await waiting()
  assert.equal(sheet?.orderId, orderId)
  assert.deepEqual(
    sheet.lines.map(({ name, quantity, shelf }) => [name, quantity, shelf]),
    [['内丘苹果 约1kg', 2, 'G01-1-3']],
  )
  assert.match(sheet.customer, /^邻\*+.$/)
  const packed = await makeReady(orderId)
  assert.equal(packed.state, 'READY')
  assert.deepEqual(await makeReady(orderId), packed, 'packed is packed')
  const { digits, qr } = await codeOf(purchase)
  assert.match(digits, /^\d{10}$/)
  const read = await check(qr)
  assert.deepEqual(read, packed)
  assert.deepEqual(await levelOf(world), { onHand: before.onHand, reserved: before.reserved + 2 })
  assert.equal((await handOver(` ${digits.slice(0, 4)} ${digits.slice(4)}`)).state, 'COMPLETED')
  assert.deepEqual(await levelOf(world), { onHand: before.onHand - 2, reserved: before.reserved })
  assert.deepEqual(await waiting(), [])
  const shown = await shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
  assert.deepEqual(
    shown.events.map(({ verb }) => verb),
    ['place', 'pay', 'ready', 'hand_over'],
  )
  await refused(codeOf(purchase), 'fulfilment.no_code', 409)
})

test('409 already_handed, by digits and by QR, and it says when', async () => {
  const purchase = await paid(world, shopper)
  const { digits, qr } = await codeOf(purchase)
  const at = world.clock.now().toISOString()
  await handOver(digits)
  for (const code of [digits, qr])
    for (const deed of [check, handOver])
      assert.deepEqual((await refused(deed(code), 'fulfilment.already_handed', 409)).data, { at })
  await refused(makeReady(purchase.orderId), 'fulfilment.already_handed', 409)
})

test('409 code_expired a minute later; the digits still hold', async () => {
  const purchase = await paid(world, shopper)
  const { digits, qr } = await codeOf(purchase)
  world.clock.advance(30)
  assert.equal((await check(qr)).orderId, purchase.orderId, 'one window of grace')
  world.clock.advance(31)
  await refused(check(qr), 'fulfilment.code_expired', 409)
  await refused(handOver(qr), 'fulfilment.code_expired', 409)
  const fresh = await codeOf(purchase)
  assert.equal(fresh.digits, digits)
  assert.notEqual(fresh.qr, qr)
  assert.equal((await handOver(fresh.qr)).state, 'COMPLETED')
})

test("409 wrong_store says where; 403 out_of_scope for a store that is not the clerk's", async () => {
  const purchase = await paid(world, shopper)
  const { digits, qr } = await codeOf(purchase)
  for (const code of [digits, qr])
    assert.deepEqual((await refused(handOver(code, 'S02', clerk2), 'fulfilment.wrong_store', 409)).data, {
      storeId: 'S01',
      storeName: '1 号店',
    })
  await refused(handOver(digits, 'S01', clerk2), 'staff.out_of_scope', 403)
  await refused(check(digits, 'S01', clerk2), 'staff.out_of_scope', 403)
  await refused(waiting(clerk2), 'staff.out_of_scope', 403)
  await refused(makeReady(purchase.orderId, clerk2), 'orders.missing', 404)
  assert.equal((await handOver(digits)).state, 'COMPLETED')
})

test('409 refunding: nothing leaves the store once the money is on its way back', async () => {
  const purchase = await paid(world, shopper)
  const { digits } = await codeOf(purchase)
  const hq = await world.staff('hq')
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: purchase.orderId },
    body: { idempotencyKey: 'refund-0001', expectFen: purchase.totalFen, reason: '缺货' },
  })
  await refused(check(digits), 'fulfilment.refunding', 409)
  await refused(handOver(digits), 'fulfilment.refunding', 409)
  await refused(makeReady(purchase.orderId), 'fulfilment.refunding', 409)
  await refused(codeOf(purchase), 'fulfilment.no_code', 409)
})

test('409 not_paid: an unpaid order has no code and cannot be packed', async () => {
  const { id } = await order(shopper)
  await refused(codeOf({ orderId: id }), 'fulfilment.no_code', 409)
  await refused(makeReady(id), 'fulfilment.not_paid', 409)
})

test('404 code_unknown: wrong digits, a QR of another secret, anything at all', async () => {
  const purchase = await paid(world, shopper)
  const { qr } = await codeOf(purchase)
  const forged = qr.slice(0, -4) + (qr.endsWith('AAAA') ? 'BBBB' : 'AAAA')
  for (const code of ['0000000000', forged, 'https://example.com/'])
    await refused(handOver(code), 'fulfilment.code_unknown', 404)
  assert.deepEqual(
    (await waiting()).map(({ orderId }) => orderId),
    [purchase.orderId],
  )
})

test('429 locked after ten wrong codes, however they are sent; ten minutes later it goes on', async () => {
  const purchase = await paid(world, shopper)
  const { digits } = await codeOf(purchase)
  world.clock.advance(601)
  const guesses = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      world.linli.http.app.inject({
        method: 'POST',
        url: '/staff/v1/handovers',
        headers: { authorization: `Bearer ${token}` },
        payload: { storeId: 'S01', code: String(i).padStart(10, '0') },
      }),
    ),
  )
  const codes = guesses.map((reply) => reply.json<{ code: string }>().code)
  assert.equal(codes.filter((code) => code === 'fulfilment.code_unknown').length, 10)
  assert.equal(codes.filter((code) => code === 'fulfilment.locked').length, 30)
  await refused(handOver(digits), 'fulfilment.locked', 429)
  await refused(check(digits), 'fulfilment.locked', 429)
  assert.equal(
    (await waiting()).some(({ orderId }) => orderId === purchase.orderId),
    true,
  )
  world.clock.advance(601)
  assert.equal((await handOver(digits)).state, 'COMPLETED')
})
test('two clerks, twenty scans, two servers: one hand-over, and the goods leave once', async () => {
  const second = await world.another()
  try {
    const before = await levelOf(world, APPLE)
    const purchase = await paid(world, shopper)
    const { digits } = await codeOf(purchase)
    const there = second.as(token)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => handOver(digits, 'S01', i % 2 ? there : clerk)),
    )
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await levelOf(world, APPLE)).onHand, before.onHand - 1)
  } finally {
    await second.close()
  }
})
