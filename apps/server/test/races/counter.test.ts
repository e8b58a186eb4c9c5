// Money of one order from two sides at once: exactly one is kept, and the other is refunded or never taken.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { handBack, take, waitingAt } from '../counter.ts'
import { orderOf, pay, place, rows } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
let manager: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  manager = await world.staff('s01', 'floor')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const settledOf = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length

test('race: cash at the counter against a WeChat payment ends in exactly one kept', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    const purchase = await place(shopper)
    const { orderId, totalFen } = purchase
    const { prepayId } = await pay(purchase)
    const [cash] = await Promise.allSettled([
      take(clerk, { orderId, dueFen: totalFen }),
      world.cashier(prepayId, 'success'),
    ])
    await until(async () => (await orderOf(purchase)).payState === 'PAID', 'paid by one of them')
    await until(async () => {
      world.clock.advance(61)
      await world.sweep('payments.refunds')
      const open = await rows(
        world,
        `select id from refund where order_id = $1 and state in ('PENDING', 'PROCESSING')`,
        [orderId],
      )
      return open.length === 0
    }, 'whatever came twice went back')
    const { payments, refunds } = await hq('GET /console/v1/orders/:orderId', { params: { orderId } })
    const paid = payments.filter(({ state }) => state === 'PAID')
    const back = new Set(refunds.map(({ attemptId }) => attemptId))
    const kept = paid.filter(({ id }) => !back.has(id))
    assert.equal(kept.length, 1, JSON.stringify(payments))
    assert.equal(
      paid.some(({ provider }) => provider === 'cash'),
      cash.status === 'fulfilled',
    )
    seen.add(kept[0]?.provider ?? '')
  }
  assert.ok(seen.size > 0)
})

test('race: two clerks at once take the money of an order once', async () => {
  const { orderId, totalFen } = await place(shopper)
  const results = await Promise.allSettled(
    [clerk, manager, clerk, manager].map((who) => take(who, { orderId, dueFen: totalFen })),
  )
  assert.equal(settledOf(results), 1)
  const taken = await rows(world, 'select id from payment_attempt where order_id = $1', [orderId])
  assert.equal(taken.length, 1)
})

test('race: a refund is handed back by one of two clerks', async () => {
  const { orderId, totalFen } = await place(shopper)
  await take(clerk, { orderId, dueFen: totalFen })
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: orderId, expectFen: totalFen, reason: '不要了' },
  })
  const waits = (await waitingAt(clerk)).find((each) => each.orderId === orderId)
  assert.ok(waits)
  const results = await Promise.allSettled(
    [clerk, manager, clerk].map((who) => handBack(who, waits.id, waits.amountFen)),
  )
  assert.equal(settledOf(results), 1)
  const events = await rows(world, `select id from order_event where order_id = $1 and verb = 'refunded'`, [
    orderId,
  ])
  assert.equal(events.length, 1)
})

test('race: the counter against a cancellation: the order is either paid or closed', async () => {
  for (let round = 0; round < 6; round++) {
    const purchase = await place(shopper)
    const { orderId, totalFen } = purchase
    const [taken, cancelled] = await Promise.allSettled([
      take(clerk, { orderId, dueFen: totalFen }),
      shopper.api('POST /v1/orders/:orderId/cancellation', { params: { orderId }, body: {} }),
    ])
    assert.notEqual(taken.status, cancelled.status)
    const { state } = await orderOf(purchase)
    assert.equal(state, taken.status === 'fulfilled' ? 'PAID' : 'CANCELLED')
  }
})
