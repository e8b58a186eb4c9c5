// Goods that cost nothing in an order that did cost something: they go back like the rest, without money (domain handbook §2.8).
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { apply, pieces } from '../aftersales.ts'
import { coupon, couponNow, plantPoints } from '../benefits.ts'
import { APPLE, plant, SOY } from '../fixtures.ts'
import { orderOf, pay, type Purchase, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let serial = 0
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 100 })
      await plantPoints(url)
    },
  })
  hq = await world.staff('hq')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const LINES = [
  { skuId: APPLE, quantity: 1 },
  { skuId: SOY, quantity: 1 },
]
/** An apple that was paid for and a soy sauce for nothing, by a coupon. */
async function paidWithGift(): Promise<Purchase & { couponId: string }> {
  const shopper: Shopper = await world.member(`shopper-${String(++serial + 700).padStart(4, '0')}`)
  const exchange = { label: '酱油兑换券', kind: 'exchange' as const, steps: [], toFen: 0, skuIds: [SOY] }
  const couponId = await coupon(world, shopper, exchange)
  const { id, totalFen } = await order(shopper, { lines: LINES, couponIds: [couponId] })
  const purchase = { shopper, orderId: id, totalFen }
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  return { ...purchase, couponId }
}
const show = ({ orderId }: Purchase) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
type Wish = { lines?: { lineNo: number; quantity: number }[] }
const send = ({ orderId }: Purchase, expectFen: number, wish: Wish = {}, key: string = randomUUID()) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: key, expectFen, reason: '不要了', ...wish },
  })
const arrived = (purchase: Purchase) =>
  until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await show(purchase)).refundState === 'FULL'
  }, 'all money is back')
const GIFT: Wish = { lines: [{ lineNo: 2, quantity: 1 }] }

test('domain 2.8: what cost nothing goes back with its goods: its stock is free, no money moves, and its coupon comes with the last piece', async () => {
  const purchase = await paidWithGift()
  const { orderId, totalFen, couponId } = purchase
  const held = await levelOf(world, SOY)
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
    params: { orderId },
    body: GIFT,
  })
  assert.deepEqual([quote.amountFen, quote.parts, quote.whole], [0, [], false])
  const key = randomUUID()
  for (const _ of [1, 2]) {
    const after = await send(purchase, 0, GIFT, key)
    assert.deepEqual(
      [after.state, after.refundState, after.refunds.map(({ state, amountFen }) => [state, amountFen])],
      ['PAID', 'NONE', [['SUCCESS', 0]]],
    )
  }
  assert.deepEqual(await levelOf(world, SOY), { ...held, reserved: held.reserved - 1 })
  assert.deepEqual(
    (await show(purchase)).lines.map(({ refundedQuantity, refundedFen }) => [refundedQuantity, refundedFen]),
    [
      [0, 0],
      [1, 0],
    ],
  )
  await refused(send(purchase, 0, GIFT), 'orders.refund_too_many', 409)
  assert.equal((await couponNow(world, couponId)).state, 'USED')
  await send(purchase, totalFen)
  await arrived(purchase)
  assert.deepEqual(
    [(await show(purchase)).state, (await couponNow(world, couponId)).state],
    ['CLOSED_REFUND', 'UNUSED'],
  )
})

test('domain 2.8: a gift left when all money is back can still be taken out, and closes the order', async () => {
  const purchase = await paidWithGift()
  await send(purchase, purchase.totalFen, { lines: [{ lineNo: 1, quantity: 1 }] })
  await arrived(purchase)
  const now = await show(purchase)
  assert.deepEqual(
    [now.state, now.refundState, now.refundableFen, now.refundable],
    ['PAID', 'FULL', 0, [{ lineNo: 2, quantity: 1 }]],
  )
  const closed = await send(purchase, 0)
  assert.deepEqual([closed.state, closed.refundState], ['CLOSED_REFUND', 'FULL'])
  assert.equal((await couponNow(world, purchase.couponId)).state, 'UNUSED')
})

test('domain 2.12: a shopper who wants no gift applies for it like for anything else; it ends without money', async () => {
  const purchase = await paidWithGift()
  const bought = { ...purchase, outTradeNo: '' }
  const held = await levelOf(world, SOY)
  const asked = await apply(bought, { kind: 'uncollected', reason: 'changed_mind', lines: pieces(2) })
  assert.deepEqual([asked.state, asked.amountFen], ['APPLIED', 0])
  await hq('POST /console/v1/aftersales/:aftersaleId/approval', {
    params: { aftersaleId: asked.id },
    body: {},
  })
  const { state } = await purchase.shopper.api('GET /v1/aftersales/:aftersaleId', {
    params: { aftersaleId: asked.id },
  })
  assert.equal(state, 'DONE')
  assert.deepEqual(await levelOf(world, SOY), { ...held, reserved: held.reserved - 1 })
  assert.equal((await show(purchase)).refundState, 'NONE')
})
