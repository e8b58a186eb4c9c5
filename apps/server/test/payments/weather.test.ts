// Bad weather: shoppers pay, cancel and are refunded while every call and every notification may go wrong. Then the sky clears, and the books must
// agree to the fen with what WeChat holds. A seed fixes the dice, not the order in which forty shoppers meet.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { seededRandom } from '../../../sandbox/src/faults/rules.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'
import { cancel, pay, place, rows, type Purchase } from './purchase.ts'

const SEEDS = [11, 23]
const ORDERS = 40
const STEPS = 6

const GOES_WRONG: Readonly<Record<string, readonly (string | object)[]>> = {
  jsapi: [
    'error-after',
    'bad-signature',
    'reset-mid-body',
    'pay-before-reply',
    { kind: 'status', status: 429 },
  ],
  query: [
    'html',
    'bad-signature',
    'truncated-json',
    'unknown-enum',
    { kind: 'status', status: 500 },
    { kind: 'status', status: 404, code: 'ORDER_NOT_EXIST' },
  ],
  close: ['error-after', 'pay-first', 'missing-headers', { kind: 'status', status: 500 }],
  refund: [
    'error-after',
    'tampered-body',
    { kind: 'status', status: 403, code: 'NOT_ENOUGH' },
    'notify-before-reply',
  ],
  'refund-query': ['bad-signature', { kind: 'status', status: 500 }],
  notify: [
    'drop',
    'signtest',
    'duplicate',
    'duplicate-concurrent',
    'bad-signature',
    'wrong-key',
    'stale-timestamp',
    'delay',
  ],
}
const weather = (seed: number) =>
  Object.entries(GOES_WRONG).flatMap(([route, actions]) =>
    actions.map((action, i) => ({ match: { route }, action, probability: 0.2, seed: seed * 100 + i })),
  )

let world: World
let shoppers: Shopper[]
before(async () => {
  world = await openWorld({ onHand: 10_000 })
  shoppers = await Promise.all(Array.from({ length: 8 }, (_, i) => world.member(`shopper-000${i + 1}`)))
})
after(() => world.close())

/** A refusal is an answer; only a fault of ours (500) is not. */
const expectNoFault = (error: unknown): undefined => {
  const status = (error as { problem?: { status: number } }).problem?.status
  assert.ok(status !== undefined && status !== 500, String(error))
  return undefined
}

/** One purchase: a shopper who keeps trying things, and staff who sometimes refund. */
async function live(purchase: Purchase, hq: LinliApi, random: () => number): Promise<void> {
  const prepayIds: string[] = []
  for (let step = 0; step < STEPS; step++) {
    const dice = random()
    const prepayId = prepayIds[Math.floor(random() * prepayIds.length)]
    if (dice < 0.45) prepayIds.push(...(await opened(purchase)))
    else if (dice < 0.75 && prepayId !== undefined)
      await world
        .sim('POST', '/_sim/pay', { prepayId, outcome: random() < 0.7 ? 'success' : 'cancel' })
        .catch(() => {})
    else if (dice < 0.85) await cancel(purchase).catch(expectNoFault)
    else if (dice < 0.95) await giveBack(purchase, hq).catch(expectNoFault)
    else await world.sweep('payments.check')
  }
}
const opened = async (purchase: Purchase): Promise<string[]> => {
  const answer = await pay(purchase).catch(expectNoFault)
  return answer ? [answer.prepayId] : []
}
const giveBack = ({ orderId, totalFen }: Purchase, hq: LinliApi) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen: totalFen, reason: '天气不好' },
  })

/** The sky is clear: all clocks go on, every sweep comes round, until nothing waits. */
async function clearUp(): Promise<void> {
  await world.sim('POST', '/_sim/faults', { rules: [] })
  for (let hour = 0; hour < 30; hour++) {
    await world.advance(3600)
    for (const sweep of ['payments.check', 'orders.timeouts', 'payments.refunds']) await world.sweep(sweep)
  }
}

/** What WeChat holds for an order: paid less given back. */
async function heldFor({ orderId }: Purchase): Promise<number> {
  const attempts = await rows<{ number: string }>(
    world,
    'select out_trade_no as number from payment_attempt where order_id = $1',
    [orderId],
  )
  const { orders, refunds } = world.sandbox.world.store
  return attempts.reduce((sum, { number }) => {
    const trade = orders.get(number)
    const given = (trade?.outRefundNos ?? []).reduce((fen, no) => {
      const refund = refunds.get(no)
      return fen + (refund?.state === 'SUCCESS' ? refund.refundFen : 0)
    }, 0)
    return sum + (trade?.transactionId ? trade.totalFen : 0) - given
  }, 0)
}

for (const seed of SEEDS)
  test(`whatever the weather, the books agree · seed ${seed}`, async () => {
    const random = seededRandom(seed)
    const hq = await world.staff('hq')
    const purchases = await Promise.all(
      Array.from({ length: ORDERS }, (_, i) => place(shoppers[i % shoppers.length] as Shopper, 1 + (i % 3))),
    )
    await world.sim('POST', '/_sim/faults', { rules: weather(seed) })
    await Promise.all(purchases.map((purchase) => live(purchase, hq, random)))
    await clearUp()

    const ended: Record<string, number> = {}
    for (const purchase of purchases) {
      const order = await bookOf(purchase)
      ended[order.state] = (ended[order.state] ?? 0) + 1
      assert.equal(
        await heldFor(purchase),
        order.state === 'PAID' ? purchase.totalFen : 0,
        `${order.state} ${order.id}`,
      )
      assert.equal(order.paid_fen - order.refunded_fen, order.state === 'PAID' ? purchase.totalFen : 0)
      assert.ok(order.pays <= 1, `paid ${order.pays} times`)
      assert.notEqual(order.state, 'PENDING_PAY')
    }
    assert.ok((ended['PAID'] ?? 0) > 3 && (ended['CANCELLED'] ?? 0) > 3, JSON.stringify(ended))
    const open = await rows(world, `select id from payment_attempt where state in ('OPENING', 'OPEN')`)
    assert.deepEqual(open, [])
    const unheard = [...world.sandbox.world.store.notifications.values()].filter(
      ({ state }) => state !== 'delivered' && state !== 'dropped',
    )
    assert.deepEqual(unheard, [])
  })

const bookOf = async ({ orderId }: Purchase) => {
  const [order] = await rows<{
    id: string
    state: string
    paid_fen: number
    refunded_fen: number
    pays: number
  }>(
    world,
    `select id, state, paid_fen, refunded_fen, (select count(*) from order_event where order_id = o.id and verb = 'pay') as pays
     from orders o where id = $1`,
    [orderId],
  )
  assert.ok(order)
  return order
}
