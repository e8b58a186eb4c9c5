// Orders that cost nothing: no WeChat, no waiting, and for the rest an order like any other (domain handbook §2.1, edge 5).
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { secondsAfter } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import { newPickup } from '../../src/rooms/fulfilment/codes.ts'
import { campaignsDesk } from '../../src/rooms/campaigns/index.ts'
import { ralliesDesk } from '../../src/rooms/rallies/index.ts'
import { couponsDesk } from '../../src/rooms/coupons/index.ts'
import { fulfilmentDesk } from '../../src/rooms/fulfilment/index.ts'
import { inventoryDesk } from '../../src/rooms/inventory/index.ts'
import { ledgersDesk } from '../../src/rooms/ledgers/index.ts'
import type { Place } from '../../src/rooms/orders/commands.ts'
import { createOrderDesk } from '../../src/rooms/orders/desk.ts'
import { paymentsDesk } from '../../src/rooms/payments/desk.sql.ts'
import { staffDesk } from '../../src/rooms/staff/index.ts'
import { APPLE, GOODS, productOf, skuOf } from '../fixtures.ts'
import { only, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const apple = GOODS.find(({ barcode }) => skuOf(barcode) === APPLE)
function placing(key: string): Place {
  assert.ok(apple)
  const at = world.clock.now()
  const goodsFen = apple.priceFen * 2
  return {
    verb: 'place',
    orderId: newId(),
    no: randomUUID().slice(0, 16),
    storeId: 'S01',
    memberId: shopper.memberId,
    key,
    bodyHash: createHash('sha256').update(key).digest('hex'),
    slot: null,
    lines: [
      {
        skuId: APPLE,
        productId: productOf(apple.barcode),
        name: apple.name,
        unit: apple.unit,
        barcode: apple.barcode,
        shelf: apple.shelf,
        pictureId: null,
        quantity: 2,
        unitFen: apple.priceFen,
        payFen: 0,
        pieceGrams: null,
        toleranceBp: null,
        components: null,
        discounts: [{ rule: 'coupon', label: '兑换券', offFen: goodsFen, points: 0, funding: 'hq' }],
        earnedPoints: 0,
      },
    ],
    goodsFen,
    discountFen: goodsFen,
    freightFen: 0,
    totalFen: 0,
    couponIds: [],
    usedPoints: 0,
    campaign: null,
    depositFen: null,
    stored: null,
    remark: '',
    ifShort: 'refund',
    pickup: newPickup(),
    by: `member:${shopper.memberId}`,
    at,
    expiresAt: secondsAfter(at, 900),
  }
}
/** As the route does it, with a price that only an exchange coupon brings about. */
const place = (command: Place) =>
  createOrderDesk(
    world.ctx.database.deskPool,
    {
      inventory: { desk: inventoryDesk },
      campaigns: { desk: campaignsDesk },
      rallies: { desk: ralliesDesk },
      coupons: { desk: couponsDesk },
      ledgers: { desk: ledgersDesk },
      fulfilment: { desk: fulfilmentDesk },
      payments: { desk: paymentsDesk },
      staff: { desk: staffDesk },
    },
    () => {},
  ).submit(command)
async function placed(key: string = randomUUID()): Promise<string> {
  const answer = await place(placing(key))
  assert.ok(answer.kind === 'placed')
  assert.deepEqual([answer.order.totalFen, answer.order.expiresAt], [0, null])
  return answer.order.id
}
const show = (orderId: string) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
const giveBack = (orderId: string, key = randomUUID()) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: key, expectFen: 0, reason: '不要了' },
  })

test('domain 2.1 edge 5: an order that costs nothing is paid as it is placed, and a repeat gets the same answer', async () => {
  const key = randomUUID()
  const orderId = await placed(key)
  assert.equal(await placed(key), orderId)
  const order = await show(orderId)
  assert.deepEqual([order.state, order.payState, order.totalFen, order.expiresAt], ['PAID', 'PAID', 0, null])
  assert.deepEqual([order.payments, order.refunds], [[], []])
  assert.deepEqual(
    order.events.map(({ verb, by }) => [verb, by.split(':')[0]]),
    [
      ['place', 'member'],
      ['pay', 'system'],
    ],
  )
  await refused(
    shopper.api('POST /v1/orders/:orderId/payments', { params: { orderId }, body: { provider: 'wechat' } }),
    'payments.already_paid',
    409,
  )
  assert.equal((await shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId } })).state, 'PAID')
})

test('it is packed and collected like any other, and does not time out', async () => {
  const before = await levelOf(world)
  const orderId = await placed()
  await world.advance(3600)
  await world.sweep('orders.timeouts')
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  const handed = await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.equal(handed.state, 'COMPLETED')
  assert.equal((await levelOf(world)).onHand, before.onHand - 2)
})

test('given back it frees its stock and closes, without a refund, however often that is asked for', async () => {
  const before = await levelOf(world)
  const orderId = await placed()
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params: { orderId }, body: {} })
  assert.deepEqual([quote.amountFen, quote.whole, quote.parts], [0, true, []])
  assert.equal((await show(orderId)).refundableFen, 0)
  await refused(
    hq('POST /console/v1/orders/:orderId/refunds', {
      params: { orderId },
      body: { idempotencyKey: randomUUID(), lines: [{ lineNo: 1, quantity: 1 }], expectFen: 0, reason: '少' },
    }),
    'orders.not_refundable',
    409,
  )
  const key = randomUUID()
  for (const closed of await Promise.all([giveBack(orderId, key), giveBack(orderId, key), giveBack(orderId)]))
    assert.deepEqual([closed.state, closed.refundState, closed.refunds], ['CLOSED_REFUND', 'FULL', []])
  assert.deepEqual(await levelOf(world), before)
  await refused(
    shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } }),
    'fulfilment.no_code',
  )
  const { count } = await only<{ count: number }>(
    world,
    `select count(*)::int as count from order_event where order_id = $1 and verb = 'refund'`,
    [orderId],
  )
  assert.equal(count, 1)
})

test('a shopper who has not collected it gives it back by themselves', async () => {
  const before = await levelOf(world)
  const orderId = await placed()
  const asked = await shopper.api('POST /v1/orders/:orderId/aftersales', {
    params: { orderId },
    body: {
      idempotencyKey: randomUUID(),
      kind: 'uncollected',
      reason: 'changed_mind',
      lines: [{ lineNo: 1, quantity: 2 }],
      expectFen: 0,
    },
  })
  assert.equal(asked.state, 'DONE')
  assert.equal((await show(orderId)).state, 'CLOSED_REFUND')
  assert.deepEqual(await levelOf(world), before)
  assert.deepEqual(await rows(world, 'select id from refund where order_id = $1', [orderId]), [])
})
