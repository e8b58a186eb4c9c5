// What head office and store managers see of orders, and what they may do about them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { businessDay, dayAfter } from '../../src/kernel/clock.ts'
import { fault, paid, pay, place, rows, settleAtCashier } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let manager: LinliApi
let manager2: LinliApi
before(async () => {
  world = await openWorld()
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  manager = await world.staff('s01')
  manager2 = await world.staff('s02')
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const show = (orderId: string, who = hq) => who('GET /console/v1/orders/:orderId', { params: { orderId } })
const refund = (
  orderId: string,
  expectFen: number,
  { key = randomUUID(), reason = '顾客来电', who = hq } = {},
) =>
  who('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: key, expectFen, reason },
  })
const refundedBy = (orderId: string) =>
  until(async () => {
    await world.sweep('payments.refunds')
    return (await show(orderId)).refundState === 'FULL'
  }, 'refunded')

test('GET /console/v1/orders · 200: by store, state, number, phone tail, nickname and day, with counts of every state', async () => {
  const bought = await paid(world, shopper)
  const waiting = await place(shopper)
  const slots = await world.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId: 'S02' } })
  const slotStart = slots.items[0]?.startsAt ?? assert.fail('no slot')
  const elsewhere = await order(shopper, { storeId: 'S02', fulfilment: { kind: 'pickup', slotStart } })
  await world.ctx.database.pool.query(
    `update member set nickname = '刘小芳', phone_tail = '3316', phone_cipher = '\\x00', phone_hash = '\\x00' where id = $1`,
    [shopper.memberId],
  )
  const list = (query: Record<string, unknown>, who = hq) => who('GET /console/v1/orders', { query })
  const ids = async (query: Record<string, unknown>) => (await list(query)).items.map(({ id }) => id)
  const all = await list({})
  assert.deepEqual(
    all.items.map(({ id }) => id),
    [elsewhere.id, waiting.orderId, bought.orderId],
  )
  assert.deepEqual(all.counts, { PENDING_PAY: 2, PAID: 1 })
  assert.deepEqual([all.total, all.paidFen], [3, bought.totalFen])
  assert.deepEqual([all.items[0]?.memberName, all.items[0]?.phoneTail], ['刘*芳', '3316'])
  const { no } = await show(bought.orderId)
  for (const q of [no, no.slice(0, 12), no.slice(-4)])
    assert.ok((await ids({ q })).includes(bought.orderId), q)
  assert.deepEqual(await ids({ q: no.slice(0, 7) }), [], 'less than a day begins no number')
  assert.equal((await ids({ q: '3316' })).length, 3)
  assert.equal((await ids({ q: '小芳' })).length, 3)
  assert.deepEqual(await ids({ q: '%' }), [])
  const unpaid = await list({ state: 'PENDING_PAY' })
  assert.deepEqual([unpaid.total, unpaid.paidFen, unpaid.counts], [2, 0, all.counts])
  assert.deepEqual(await ids({ storeId: 'S02' }), [elsewhere.id])
  const today = businessDay(world.clock.now())
  assert.equal((await ids({ from: today, to: today })).length, 3)
  assert.deepEqual(await ids({ from: dayAfter(today, 1) }), [])
  assert.deepEqual(await ids({ to: dayAfter(today, -1) }), [])
  assert.deepEqual(await ids({ page: 2, limit: 2 }), [bought.orderId])
  await refused(list({ from: '2026-02-31' }), 'request.invalid', 400)
  assert.deepEqual(
    (await list({}, manager2)).items.map(({ id }) => id),
    [elsewhere.id],
  )
  await refused(list({ storeId: 'S01' }, manager2), 'staff.out_of_scope', 403)
})

test('GET /console/v1/orders/:orderId · 200: money, history and pickup; 404 out of scope', async () => {
  const { orderId, totalFen } = await paid(world, shopper)
  const shown = await show(orderId, manager)
  assert.deepEqual(
    shown.payments.map(({ state, amountFen }) => [state, amountFen]),
    [['PAID', totalFen]],
  )
  assert.equal(shown.refundableFen, totalFen)
  assert.deepEqual(shown.pickup, { readyAt: null, handedAt: null, handedBy: null })
  assert.equal(shown.memberId, shopper.memberId)
  await refused(show(orderId, manager2), 'orders.missing', 404)
  await refused(show(randomUUID()), 'orders.missing', 404)
})

test('POST …/cancellation · 200: for a shopper, with a reason and a trail; 409 once paid', async () => {
  const { id } = await order(shopper)
  const cancel = (orderId: string, who = manager) =>
    who('POST /console/v1/orders/:orderId/cancellation', {
      params: { orderId },
      body: { reason: '顾客来电' },
    })
  await refused(cancel(id, manager2), 'orders.missing', 404)
  const closed = await cancel(id)
  assert.deepEqual([closed.state, closed.cancelReason], ['CANCELLED', '顾客来电'])
  assert.equal(closed.events.at(-1)?.by, 'staff:s01')
  assert.deepEqual(await cancel(id), closed)
  const trail = await hq('GET /console/v1/audit-events', { query: { q: id } })
  assert.deepEqual(
    trail.items.map(({ action, actor }) => [action, actor]),
    [['orders.cancelled', 'staff:s01']],
  )
  const { orderId } = await paid(world, shopper)
  await refused(cancel(orderId), 'orders.not_cancellable', 409)
})

test('POST …/refunds · 202: all the money, the goods back on the shelf, the order closed; safe to repeat', async () => {
  const before = await levelOf(world)
  const { orderId, totalFen } = await paid(world, shopper, 2)
  await refused(refund(orderId, totalFen - 1), 'orders.price_changed', 409)
  await refused(refund(orderId, totalFen, { who: manager2 }), 'orders.missing', 404)
  const key = randomUUID()
  const sent = await Promise.all(Array.from({ length: 5 }, () => refund(orderId, totalFen, { key })))
  for (const { state, refundState, refunds, refundableFen } of sent)
    assert.deepEqual(
      [state, refundState, refunds.length, refundableFen],
      ['CLOSED_REFUND', 'PENDING', 1, null],
    )
  assert.deepEqual(await levelOf(world), before)
  await refused(refund(orderId, totalFen), 'orders.not_refundable', 409)
  await refused(refund(orderId, totalFen, { key, reason: '别的' }), 'orders.key_reused', 409)
  await refundedBy(orderId)
  const shown = await show(orderId)
  assert.deepEqual([shown.refundedFen, shown.refundableFen], [totalFen, null])
  assert.ok(
    shown.lines.every((line) => line.refundedFen === line.payFen && line.refundedQuantity === line.quantity),
  )
  assert.deepEqual(
    shown.events.map(({ verb }) => verb),
    ['place', 'pay', 'refund', 'refunded'],
  )
  const payment = await shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId } })
  assert.deepEqual([payment.state, payment.orderState], ['REFUNDED', 'CLOSED_REFUND'])
  assert.equal((await refund(orderId, totalFen, { key })).refunds.length, 1)
})

test('POST …/refunds · of goods that were handed over: the money goes back, the goods do not', async () => {
  const { orderId, totalFen } = await paid(world, shopper)
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  const clerk = await world.staff('clerk01', 'floor')
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  const before = await levelOf(world)
  const handed = await show(orderId)
  assert.equal(handed.pickup?.handedBy, 'clerk01')
  await refund(orderId, totalFen)
  assert.deepEqual(await levelOf(world), before)
  await refundedBy(orderId)
})

test('POST …/refunds · 409 not_refundable for what was never paid', async () => {
  const { id, totalFen } = await order(shopper)
  await refused(refund(id, totalFen), 'orders.not_refundable', 409)
  assert.equal((await show(id)).refundableFen, null)
})

test('POST …/refunds · a refund that WeChat refused may be sent again; the order stays closed', async () => {
  const purchase = await paid(world, shopper)
  const { orderId, totalFen, outTradeNo } = purchase
  await fault(world, outTradeNo, [['refund', 'refund-closed']])
  await refund(orderId, totalFen)
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await show(orderId)).refundState === 'FAILED'
  }, 'refused')
  const todo = (await hq('GET /console/v1/workbench')).todo.map(({ kind, storeId }) => [kind, storeId])
  assert.ok(todo.some(([kind, storeId]) => kind === 'refund_failed' && storeId === 'S01'))
  await fault(world, outTradeNo, [])
  const shown = await show(orderId)
  assert.deepEqual([shown.state, shown.refundableFen], ['CLOSED_REFUND', totalFen])
  await refund(orderId, totalFen)
  world.clock.advance(61) // WeChat wants a minute between refunds of one payment
  await refundedBy(orderId)
  assert.equal((await show(orderId)).state, 'CLOSED_REFUND')
})

test('twenty refunds and twenty hand-overs at once, on two servers: one of the two, and goods and money agree', async () => {
  const second = await world.another()
  try {
    const { orderId, totalFen } = await paid(world, shopper)
    const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
    const clerk = second.as(await world.staffToken('clerk01', 'floor'))
    const there = second.as(await world.staffToken('hq', 'console'))
    const before = await levelOf(world)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        i % 2
          ? clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
          : refund(orderId, totalFen, { who: i % 4 ? hq : there }),
      ),
    )
    const refunds = (await show(orderId)).refunds.length
    const handed = outcomes.filter((each, i) => i % 2 === 1 && each.status === 'fulfilled').length
    assert.equal(refunds, 1)
    assert.ok(handed <= 1)
    const now = await levelOf(world)
    assert.deepEqual(now, { onHand: before.onHand - handed, reserved: before.reserved - 1 })
    await refundedBy(orderId)
  } finally {
    await second.close()
  }
})

test('money that comes after the order was closed shows on its page: paid, given back, and why', async () => {
  const purchase = await place(shopper)
  const opened = await pay(purchase)
  // Our own books are told that the trade was closed, while at WeChat it is open: what a crash in the wrong moment leaves.
  await rows(world, `update payment_attempt set state = 'CLOSED', closed_at = now() where id = $1`, [
    opened.attemptId,
  ])
  await shopper.api('POST /v1/orders/:orderId/cancellation', {
    params: { orderId: purchase.orderId },
    body: {},
  })
  await settleAtCashier(world, opened.prepayId)
  await refundedBy(purchase.orderId)
  const shown = await show(purchase.orderId)
  assert.deepEqual([shown.state, shown.payState, shown.refundState], ['CANCELLED', 'PAID', 'FULL'])
  assert.deepEqual(
    shown.events.map(({ verb }) => verb),
    ['place', 'cancel', 'late_payment', 'refunded'],
  )
  assert.equal(shown.pickup, null)
})
