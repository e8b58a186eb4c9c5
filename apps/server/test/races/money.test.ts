// Money and its opposite at the same moment: whatever wins, goods and money agree.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ApiProblem } from '@linli/contract/client'
import { APPLE } from '../fixtures.ts'
import { pay, place, type Purchase, settleAtCashier } from '../payments/purchase.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

const PAIRS = 40
let world: World
let second: Awaited<ReturnType<World['another']>>
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  second = await world.another()
  shopper = await world.member('shopper-0001')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const named = (error: unknown): string => {
  if (error instanceof ApiProblem) return error.problem.code
  throw error
}
type Waiting = Purchase & { outTradeNo: string; prepayId: string }
const waiting = (): Promise<Waiting[]> =>
  Promise.all(
    Array.from({ length: PAIRS }, async () => {
      const purchase = await place(shopper)
      return { ...purchase, ...(await pay(purchase)) }
    }),
  )

/** Every trade at WeChat against every order here: taken money has goods, or is on its way back. */
async function agree(purchases: readonly Waiting[]): Promise<{ paid: number; closed: number }> {
  const trade = (outTradeNo: string) => world.sandbox.world.store.orders.get(outTradeNo)
  const show = (orderId: string) => shopper.api('GET /v1/orders/:orderId', { params: { orderId } })
  await until(
    async () => {
      const orders = await Promise.all(purchases.map(({ orderId }) => show(orderId)))
      return orders.every(({ state }) => state !== 'PENDING_PAY')
    },
    'every order is paid or closed',
    10,
  )
  let [paid, closed] = [0, 0]
  for (const { orderId, outTradeNo } of purchases) {
    const { state, payState, refundState } = await show(orderId)
    const took = trade(outTradeNo)?.transactionId !== undefined && trade(outTradeNo)?.state !== 'CLOSED'
    if (state === 'PAID') {
      assert.equal(took, true, `${orderId} is paid without money`)
      paid++
    } else {
      assert.equal(state, 'CANCELLED')
      assert.equal(payState === 'PAID', took, `${orderId}: money at WeChat, ${payState} here`)
      if (took) assert.notEqual(refundState, 'NONE', `${orderId}: money kept for nothing`)
      closed++
    }
  }
  return { paid, closed }
}

test('the shopper pays while cancelling, on two servers: paid with goods, or closed without money', async () => {
  const before = await levelOf(world)
  const purchases = await waiting()
  const there = second.as(shopper.token)
  const outcomes = await Promise.all(
    purchases.map(async ({ orderId, prepayId }, i) => {
      const api = i % 2 ? there : shopper.api
      const cancelling = api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} })
      const [, answer] = await Promise.all([
        settleAtCashier(world, prepayId).catch(() => 'the cashier is shut'),
        cancelling.then(() => 'cancelled', named),
      ])
      return answer
    }),
  )
  const { paid, closed } = await agree(purchases)
  assert.equal(paid + closed, PAIRS)
  assert.equal(outcomes.filter((outcome) => outcome === 'cancelled').length, closed)
  assert.deepEqual(await levelOf(world), { ...before, reserved: before.reserved + paid })
})

test('the time-out and the payment meet, two servers sweeping: paid with goods, or closed without money', async () => {
  const before = await levelOf(world)
  const purchases = await waiting()
  world.clock.advance(15 * 60)
  const sweep = second.linli.sweeps.find(({ name }) => name === 'orders.timeouts')
  await Promise.all([
    world.sweep('orders.timeouts'),
    sweep?.run(),
    ...purchases.map(({ prepayId }) => settleAtCashier(world, prepayId).catch(() => undefined)),
  ])
  world.clock.advance(60)
  await world.sweep('orders.timeouts')
  const { paid, closed } = await agree(purchases)
  assert.equal(paid + closed, PAIRS)
  assert.deepEqual(await levelOf(world, APPLE), { ...before, reserved: before.reserved + paid })
})
