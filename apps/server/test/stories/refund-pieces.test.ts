// Part of an order goes back: the exact sum, the piece back on the shelf, and the rest collected as before.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { APPLE, PEAR } from '../fixtures.ts'
import { fault, paid, pay, rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager2: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager2 = await world.staff('s02')
  clerk = await world.staff('clerk01', 'floor')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

type Pieces = { lineNo: number; quantity: number }[]
const show = (orderId: string) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
const quote = (orderId: string, lines?: Pieces, who = hq) =>
  who('POST /console/v1/orders/:orderId/refund-quotes', {
    params: { orderId },
    body: lines ? { lines } : {},
  })
const refund = (
  orderId: string,
  lines: Pieces,
  expectFen: number,
  { key = randomUUID(), who = hq }: { key?: string; who?: LinliApi } = {},
) =>
  who('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: key, lines, expectFen, reason: '少给一份' },
  })
const settled = (orderId: string, state: string) =>
  until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await show(orderId)).refundState === state
  }, state)
const codeOf = async (orderId: string) =>
  (await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })).digits
const check = (code: string) => clerk('POST /staff/v1/handover-checks', { body: { storeId: 'S01', code } })
const handOver = (code: string) => clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code } })
const ONE: Pieces = [{ lineNo: 1, quantity: 1 }]

/** Two lines, paid. */
async function paidBasket(apples: number, pears: number) {
  const { id, totalFen } = await order(shopper, {
    lines: [
      { skuId: APPLE, quantity: apples },
      { skuId: PEAR, quantity: pears },
    ],
  })
  const { prepayId, outTradeNo } = await pay({ shopper, orderId: id, totalFen })
  await settleAtCashier(world, prepayId)
  await until(async () => (await show(id)).state === 'PAID', 'paid')
  return { orderId: id, totalFen, outTradeNo }
}

test('a piece of a waiting order: money to the fen, stock at once, the rest collected, then the last pieces', async () => {
  const start = await levelOf(world)
  const { orderId, totalFen } = await paidBasket(3, 1)
  const { lines } = await show(orderId)
  const applesFen = lines[0]?.payFen ?? 0
  const quoted = await quote(orderId, ONE)
  assert.deepEqual(quoted, {
    amountFen: Math.floor(applesFen / 3),
    lines: [{ lineNo: 1, quantity: 1, amountFen: Math.floor(applesFen / 3), pointsBack: 0, pointsTaken: 0 }],
    whole: false,
    keptFen: totalFen - Math.floor(applesFen / 3),
    parts: [{ provider: 'wechat', amountFen: Math.floor(applesFen / 3) }],
    pointsBack: 0,
    pointsTaken: 0,
    coupons: [],
  })
  await refused(refund(orderId, ONE, quoted.amountFen + 1), 'orders.price_changed', 409)
  const key = randomUUID()
  const sent = await Promise.all(
    Array.from({ length: 4 }, () => refund(orderId, ONE, quoted.amountFen, { key })),
  )
  for (const each of sent)
    assert.deepEqual([each.state, each.refundState, each.refunds.length], ['PAID', 'PENDING', 1])
  const TWO: Pieces = [{ lineNo: 1, quantity: 2 }]
  await refused(refund(orderId, TWO, quoted.amountFen, { key }), 'orders.key_reused', 409)
  assert.deepEqual(await levelOf(world), { onHand: start.onHand, reserved: start.reserved + 2 })

  const sheet = await check(await codeOf(orderId))
  assert.deepEqual(
    sheet.lines.map(({ quantity, withdrawnQuantity }) => [quantity, withdrawnQuantity]),
    [
      [2, 1],
      [1, 0],
    ],
  )
  await settled(orderId, 'PARTIAL')
  assert.equal((await handOver(await codeOf(orderId))).state, 'COMPLETED')
  assert.deepEqual(await levelOf(world), { onHand: start.onHand - 2, reserved: start.reserved })

  const part = await show(orderId)
  assert.deepEqual([part.refundedFen, part.refundableFen], [quoted.amountFen, totalFen - quoted.amountFen])
  assert.deepEqual(part.refundable, [
    { lineNo: 1, quantity: 2 },
    { lineNo: 2, quantity: 1 },
  ])
  const rest = await quote(orderId)
  assert.deepEqual([rest.amountFen, rest.whole, rest.keptFen], [totalFen - quoted.amountFen, true, 0])
  const closed = await refund(
    orderId,
    rest.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity })),
    rest.amountFen,
  )
  assert.equal(closed.state, 'CLOSED_REFUND')
  await settled(orderId, 'FULL')
  const done = await show(orderId)
  assert.equal(done.refundedFen, totalFen)
  assert.ok(
    done.lines.every((line) => line.refundedFen === line.payFen && line.refundedQuantity === line.quantity),
  )
  assert.deepEqual(await levelOf(world), { onHand: start.onHand - 2, reserved: start.reserved })
})

test('the last piece of a waiting order closes it: the code opens nothing, the stock is free', async () => {
  const start = await levelOf(world)
  const { orderId, totalFen } = await paid(world, shopper, 2)
  const code = await codeOf(orderId)
  const first = await quote(orderId, ONE)
  assert.equal((await refund(orderId, ONE, first.amountFen)).state, 'PAID')
  const last = await quote(orderId, ONE)
  assert.deepEqual([last.amountFen, last.whole], [totalFen - first.amountFen, true])
  assert.equal((await refund(orderId, ONE, last.amountFen)).state, 'CLOSED_REFUND')
  assert.deepEqual(await levelOf(world), start)
  await refused(handOver(code), 'fulfilment.refunding', 409)
  await settled(orderId, 'FULL')
})

test('more pieces than are left, a line that is not there, somebody else, and an unpaid order: refused by name', async () => {
  const { orderId } = await paid(world, shopper, 2)
  const three: Pieces = [{ lineNo: 1, quantity: 3 }]
  await refused(quote(orderId, three), 'orders.refund_too_many', 409)
  await refused(refund(orderId, three, 1), 'orders.refund_too_many', 409)
  await refused(quote(orderId, [{ lineNo: 9, quantity: 1 }]), 'orders.refund_too_many', 409)
  await refused(quote(orderId, ONE, manager2), 'orders.missing', 404)
  await refused(refund(orderId, ONE, 1, { who: manager2 }), 'orders.missing', 404)
  const { id } = await order(shopper)
  await refused(quote(id, ONE), 'orders.not_refundable', 409)
})

test('forty clerks refund one piece each of an order of three, on two servers: three, and every fen once', async () => {
  const second = await world.another()
  try {
    const { orderId, totalFen } = await paid(world, shopper, 3)
    const there = second.as(await world.staffToken('hq', 'console'))
    const shares = [1, 2, 3].map((n) => Math.floor((totalFen * n) / 3) - Math.floor((totalFen * (n - 1)) / 3))
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        refund(orderId, ONE, shares[i % 3] ?? 0, { who: i % 2 ? hq : there }),
      ),
    )
    const accepted = outcomes.filter(({ status }) => status === 'fulfilled').length
    const shown = await show(orderId)
    assert.ok(accepted >= 1 && accepted <= 3)
    assert.equal(shown.refunds.length, accepted)
    await until(async () => {
      const now = await show(orderId)
      if (now.refundableFen === null) return true
      const rest = await quote(orderId)
      const pieces = rest.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity }))
      await refund(orderId, pieces, rest.amountFen)
      return false
    }, 'all sent')
    await settled(orderId, 'FULL')
    assert.equal((await show(orderId)).refundedFen, totalFen)
  } finally {
    await second.close()
  }
})

test('refunds of one payment are asked for a minute apart', async () => {
  const { orderId } = await paid(world, shopper, 2)
  const first = await quote(orderId, ONE)
  await refund(orderId, ONE, first.amountFen)
  const last = await quote(orderId, ONE)
  await refund(orderId, ONE, last.amountFen)
  const [one, two] = await rows<{ send_at: Date }>(
    world,
    'select send_at from refund where order_id = $1 order by send_at',
    [orderId],
  )
  assert.ok(one && two)
  assert.equal(two.send_at.getTime() - one.send_at.getTime(), 61_000)
  await settled(orderId, 'FULL')
})

test('a piece whose money did not go back: the bag is packed without it, a person is told, and it is sent again', async () => {
  const { orderId, outTradeNo } = await paidBasket(2, 1)
  await fault(world, outTradeNo, [['refund', 'refund-closed']])
  const { amountFen } = await quote(orderId, ONE)
  await refund(orderId, ONE, amountFen)
  await settled(orderId, 'FAILED')
  const failed = await show(orderId)
  assert.deepEqual([failed.state, failed.lines[0]?.withdrawnQuantity, failed.refundedFen], ['PAID', 1, 0])
  await fault(world, outTradeNo, [])
  const between = await levelOf(world)
  assert.equal((await quote(orderId, ONE)).amountFen, amountFen)
  await refund(orderId, ONE, amountFen)
  assert.deepEqual(await levelOf(world), between, 'the piece is not taken out a second time')
  await settled(orderId, 'PARTIAL')
  assert.equal((await handOver(await codeOf(orderId))).state, 'COMPLETED')
})

test('a closed order whose refund came to nothing stays on the list until all of it is back, not only a part', async () => {
  const { orderId, outTradeNo, totalFen } = await paidBasket(2, 1)
  await fault(world, outTradeNo, [['refund', 'refund-closed', 1]])
  const ALL: Pieces = [
    { lineNo: 1, quantity: 2 },
    { lineNo: 2, quantity: 1 },
  ]
  await refund(orderId, ALL, totalFen)
  await settled(orderId, 'FAILED')
  assert.equal((await show(orderId)).state, 'CLOSED_REFUND')
  const { amountFen } = await quote(orderId, ONE)
  await refund(orderId, ONE, amountFen)
  await until(async () => {
    world.clock.advance(61)
    await world.sweep('payments.refunds')
    return (await show(orderId)).refundedFen === amountFen
  }, 'a part is back')
  assert.equal((await show(orderId)).refundState, 'FAILED', 'the rest is owed')
  const rest = await quote(orderId)
  assert.equal(rest.amountFen, totalFen - amountFen)
  await refund(
    orderId,
    rest.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity })),
    rest.amountFen,
  )
  await settled(orderId, 'FULL')
})
