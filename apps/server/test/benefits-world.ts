// A world with coupons and points in it, and what a shopper and head office do there.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before } from 'node:test'
import { plantPoints } from './benefits.ts'
import { APPLE, PEAR, plant } from './fixtures.ts'
import { orderOf, pay, type Purchase, settleAtCashier } from './payments/purchase.ts'
import { order, type PlaceBody, wrongInTheBooks } from './shopping.ts'
import { until } from './until.ts'
import { openWorld, type Shopper, type World } from './world.ts'

export const DAY = 86_400
/** Open from before the first test of a file to after its last. */
export let world: World
let serial = 0
before(async () => {
  world = await openWorld({
    onHand: 500,
    fill: async (url) => {
      await plant(url, { onHand: 500 })
      await plantPoints(url)
    },
  })
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

/** Somebody new each time: tests do not meet each other's coupons. */
export const newcomer = (): Promise<Shopper> =>
  world.member(`shopper-${String(++serial + 100).padStart(4, '0')}`)
export const balance = ({ api }: Shopper) => api('GET /v1/points')
export const THREE: PlaceBody['lines'] = [
  { skuId: APPLE, quantity: 3 },
  { skuId: PEAR, quantity: 1 },
]
export const quoteOf = ({ api }: Shopper, over: Partial<PlaceBody> & { bestCoupons?: boolean } = {}) =>
  api('POST /v1/quotes', {
    body: { storeId: 'S01', fulfilment: { kind: 'pickup' }, lines: THREE, ...over },
  })

export async function place(shopper: Shopper, over: Partial<PlaceBody> = {}): Promise<Purchase> {
  const { id, totalFen } = await order(shopper, { lines: THREE, ...over })
  return { shopper, orderId: id, totalFen }
}
export async function payFor(purchase: Purchase): Promise<Purchase> {
  const { prepayId } = await pay(purchase)
  await settleAtCashier(world, prepayId)
  await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid')
  return purchase
}
type Refund = { lines?: { lineNo: number; quantity: number }[]; ourFault?: boolean }
/** Head office refunds, as its own quote says, and the money arrives. */
export async function refund({ orderId, shopper }: Purchase, over: Refund = {}) {
  // Signed in anew: these tests live for weeks.
  const hq = await world.staff('hq')
  const params = { orderId }
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params, body: over })
  // Asked before: the money may be back before the answer is.
  const before = (await orderOf({ orderId, shopper, totalFen: 0 })).refundedFen
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params,
    body: { idempotencyKey: randomUUID(), expectFen: quote.amountFen, reason: '顾客不要了', ...over },
  })
  await until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await orderOf({ orderId, shopper, totalFen: 0 })).refundedFen > before
  }, 'refunded')
  return quote
}
export async function handOver({ shopper, orderId }: Purchase): Promise<void> {
  const clerk = await world.staff('clerk01', 'floor')
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
