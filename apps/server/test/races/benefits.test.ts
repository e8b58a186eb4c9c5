// One coupon, the same points, many orders at once and two servers: whoever wins, nothing is used twice.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { coupon, couponNow, grantPoints, plantPoints } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { pay, settleAtCashier } from '../payments/purchase.ts'
import { order, type PlaceBody, wrongInTheBooks } from '../shopping.ts'
import { stored } from '../stored-value.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let second: Awaited<ReturnType<World['another']>>
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 1000 })
      await plantPoints(url)
    },
  })
  second = await world.another()
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await second.close()
  await world.close()
  assert.deepEqual(wrong, [])
})

const LINES = [{ skuId: APPLE, quantity: 2 }]
/** The same shopper at two servers, in turn. */
const tries = (shopper: Shopper, count: number, body: (i: number) => Partial<PlaceBody>) => {
  const there = second.as(shopper.token)
  return Promise.all(
    Array.from({ length: count }, (_, i) =>
      order({ api: i % 2 === 0 ? shopper.api : there }, { lines: LINES, ...body(i) }).then(
        ({ id }) => id,
        (error: unknown) => {
          if (error instanceof ApiProblem) return error.problem.code
          throw error
        },
      ),
    ),
  )
}
const isId = (answer: string): boolean => answer.includes('-')

test('domain 2.8: five orders at once with one coupon: exactly one has it', async () => {
  const shopper = await world.member('shopper-0001')
  for (let round = 1; round <= 10; round++) {
    const id = await coupon(world, shopper)
    const answers = await tries(shopper, 5, () => ({ couponIds: [id] }))
    assert.deepEqual(
      answers.filter((answer) => !isId(answer)),
      Array.from({ length: 4 }, () => 'coupons.unusable'),
    )
    assert.equal((await couponNow(world, id)).round, 1)
  }
})

test('domain 2.7: orders at once that spend the same points: as many as the points are enough for', async () => {
  const shopper = await world.member('shopper-0002')
  await grantPoints(world, shopper.memberId, 700, '2098-12-31')
  await grantPoints(world, shopper.memberId, 350)
  const answers = await tries(shopper, 10, () => ({ usePoints: 300 }))
  assert.equal(answers.filter(isId).length, 3)
  assert.ok(answers.every((answer) => isId(answer) || answer === 'points.unusable'))
  const { available, held } = await shopper.api('GET /v1/points')
  assert.deepEqual([available, held], [150, 900])
})

test('the same key at once with coupon and points: one order, one coupon, its points once', async () => {
  const shopper = await world.member('shopper-0003')
  await grantPoints(world, shopper.memberId, 500)
  const id = await coupon(world, shopper)
  const answers = await tries(shopper, 8, () => ({
    idempotencyKey: 'once-and-for-all',
    couponIds: [id],
    usePoints: 200,
  }))
  assert.equal(new Set(answers).size, 1)
  assert.ok(isId(answers[0] ?? ''))
  assert.equal((await shopper.api('GET /v1/points')).held, 200)
})

test('paying, cancelling and asking for the coupon again at once: used by the order that is paid, or free again', async () => {
  const shopper = await world.member('shopper-0004')
  const there = second.as(shopper.token)
  await grantPoints(world, shopper.memberId, 100_000)
  for (let round = 1; round <= 10; round++) {
    const id = await coupon(world, shopper)
    const placed = await order(shopper, { lines: LINES, couponIds: [id], usePoints: 100 })
    const params = { orderId: placed.id }
    const { prepayId } = await pay({ shopper, orderId: placed.id, totalFen: placed.totalFen })
    const [, , again] = await Promise.all([
      settleAtCashier(world, prepayId).catch(() => undefined), // closed before
      there('POST /v1/orders/:orderId/cancellation', { params, body: {} }).catch(() => undefined),
      tries(shopper, 2, () => ({ couponIds: [id] })),
    ])
    await until(
      async () => (await shopper.api('GET /v1/orders/:orderId', { params })).state !== 'PENDING_PAY',
      'paid or closed',
      10,
    )
    const { state } = await shopper.api('GET /v1/orders/:orderId', { params })
    const got = again.filter(isId).length
    assert.ok(got <= 1 && (state === 'CANCELLED' || got === 0), `${state}, ${got} others`)
    const now = await couponNow(world, id)
    if (state === 'PAID') assert.equal(now.state, 'USED')
    else assert.equal(now.state, got === 1 ? 'LOCKED' : 'UNUSED')
  }
})

test('an order that stored value pays at once earns: it waits for the points before it holds the money', async () => {
  const shopper = await world.member('shopper-0009')
  const { memberId } = shopper
  await stored(world, shopper, 5000)
  await grantPoints(world, memberId, 100)
  const body = { storeId: 'S01', fulfilment: { kind: 'pickup' as const }, lines: LINES }
  const { totalFen } = await shopper.api('POST /v1/quotes', { body })
  const other = await world.ctx.database.pool.connect()
  try {
    // Another server has come as far as the accounts of points, and goes on as every batch does.
    await other.query('begin')
    await other.query('select from points_account where member_id = $1 for update', [memberId])
    const placing = order(shopper, { lines: LINES, useStoredValue: totalFen })
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await until(async () => (await other.query(waiting)).rowCount === 1, 'the placement waits')
    await other.query('select from value_account where member_id = $1 for update nowait', [memberId])
    await other.query('commit')
    assert.equal((await placing).expiresAt, null)
  } finally {
    other.release(true)
  }
  assert.equal((await shopper.api('GET /v1/points')).frozen, Math.floor(totalFen / 100))
})
