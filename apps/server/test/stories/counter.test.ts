// 到店付款: staff take cash and cards for an order, and give such money back by hand; everything on it says who and when.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { businessDay } from '../../src/kernel/clock.ts'
import { handBack, take, waitingAt } from '../counter.ts'
import { orderOf, pay, place, rows, stateOf } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { levelOf, order, wrongInTheBooks } from '../shopping.ts'
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

const bills = async (tail?: string) =>
  (
    await clerk('GET /staff/v1/stores/:storeId/unpaid-orders', {
      params: { storeId: 'S01' },
      query: tail === undefined ? {} : { tail },
    })
  ).items
const show = (orderId: string) => hq('GET /console/v1/orders/:orderId', { params: { orderId } })
const refund = (orderId: string, expectFen: number, lines?: { lineNo: number; quantity: number }[]) =>
  hq('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId },
    body: { idempotencyKey: randomUUID(), expectFen, reason: '不要了', ...(lines && { lines }) },
  })
const today = () => businessDay(world.clock.now())
const dayFor = (who: LinliApi, day = today(), storeId?: string) =>
  who('GET /console/v1/counter-days/:day', { params: { day }, query: storeId ? { storeId } : {} })

test('cash: the clerk finds the order, takes the money, gives the change; the order is paid like any other', async () => {
  const { orderId, totalFen } = await place(shopper, 2)
  const { no } = await show(orderId)
  assert.ok((await bills()).some((bill) => bill.orderId === orderId))
  const [bill] = await bills(no.slice(-8))
  assert.ok(bill)
  assert.deepEqual(
    [bill.orderId, bill.dueFen, bill.pieces, bill.state],
    [orderId, totalFen, 2, 'PENDING_PAY'],
  )
  assert.match(bill.customer, /\*/, 'no full name')

  const key = randomUUID()
  const taken = await take(clerk, bill, { idempotencyKey: key, tenderedFen: totalFen + 501 })
  assert.deepEqual([taken.state, taken.changeFen], ['PAID', 501])
  const again = await take(clerk, bill, { idempotencyKey: key, tenderedFen: totalFen + 501 })
  assert.deepEqual([again.state, again.changeFen], ['PAID', 501])
  await refused(take(clerk, bill, { idempotencyKey: key }), 'orders.key_reused', 409)
  await refused(take(clerk, bill), 'payments.already_paid', 409)

  const detail = await show(orderId)
  assert.deepEqual(
    detail.payments.map(({ provider, state, amountFen }) => [provider, state, amountFen]),
    [['cash', 'PAID', totalFen]],
  )
  assert.deepEqual(
    await rows(world, `select action, actor from audit_event where subject = $1`, [`order:${orderId}`]),
    [{ action: 'orders.taken_at_counter', actor: 'staff:clerk01' }],
  )
  const { digits } = await shopper.api('GET /v1/orders/:orderId/pickup-code', { params: { orderId } })
  const handed = await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
  assert.equal(handed.state, 'COMPLETED')
  assert.ok(!(await bills()).some((each) => each.orderId === orderId))
})

test('domain 2.1: an order that is due is paid at no counter either, swept or not; money taken before is told again', async () => {
  const { orderId, totalFen } = await place(shopper)
  const taken = await place(shopper)
  const key = randomUUID()
  await take(clerk, { orderId: taken.orderId, dueFen: totalFen }, { idempotencyKey: key })
  world.clock.advance(15 * 60)
  assert.ok(!(await bills()).some((bill) => bill.orderId === orderId), 'nobody is asked for it')
  const { data } = await refused(take(clerk, { orderId, dueFen: totalFen }), 'payments.not_payable', 409)
  assert.ok(data && 'expiresAt' in data)
  const again = await take(clerk, { orderId: taken.orderId, dueFen: totalFen }, { idempotencyKey: key })
  assert.equal(again.state, 'PAID')
  await world.sweep('orders.timeouts')
  assert.equal((await show(orderId)).state, 'CANCELLED')
})

test('a card needs its slip, cash what was put down, and both the sum that is due', async () => {
  const { orderId, totalFen: dueFen } = await place(shopper)
  const bill = { orderId, dueFen }
  await refused(take(clerk, bill, { provider: 'card' }), 'payments.counter_incomplete', 422)
  await refused(take(clerk, bill, { slip: '0012' }), 'payments.counter_incomplete', 422)
  await refused(
    take(clerk, bill, { provider: 'card', slip: '0012', tenderedFen: dueFen }),
    'payments.counter_incomplete',
    422,
  )
  await refused(take(clerk, bill, { tenderedFen: dueFen - 1 }), 'payments.tendered_short', 409)
  await refused(take(clerk, bill, { expectFen: dueFen + 1 }), 'orders.price_changed', 409)
  assert.equal(await stateOf({ shopper, orderId, totalFen: dueFen }), 'PENDING_PAY')
  const taken = await take(clerk, bill, { provider: 'card', slip: '0012' })
  assert.deepEqual([taken.state, taken.changeFen], ['PAID', 0])
})

test('only orders that wait for money, only of the own store, only by those who stand at a counter', async () => {
  const closed = await place(shopper)
  await shopper.api('POST /v1/orders/:orderId/cancellation', { params: closed, body: {} })
  await refused(
    take(clerk, { orderId: closed.orderId, dueFen: closed.totalFen }),
    'payments.not_payable',
    409,
  )

  const { items } = await world.api('GET /v1/stores/:storeId/pickup-slots', { params: { storeId: 'S02' } })
  const slotStart = items[0]?.startsAt ?? assert.fail('a slot')
  const elsewhere = await order(shopper, { storeId: 'S02', fulfilment: { kind: 'pickup', slotStart } })
  await refused(take(clerk, { orderId: elsewhere.id, dueFen: elsewhere.totalFen }), 'orders.missing', 404)
  await refused(
    clerk('GET /staff/v1/stores/:storeId/unpaid-orders', { params: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
  await refused(
    clerk('GET /staff/v1/stores/:storeId/counter-refunds', { params: { storeId: 'S02' } }),
    'staff.out_of_scope',
    403,
  )
})

test('a payment that the shopper had opened is closed first, and can be paid no more', async () => {
  const purchase = await place(shopper)
  const { prepayId, outTradeNo } = await pay(purchase)
  await take(clerk, { orderId: purchase.orderId, dueFen: purchase.totalFen })
  const { payments } = await show(purchase.orderId)
  assert.deepEqual(
    payments.map(({ provider, state }) => [provider, state]),
    [
      ['wechat', 'CLOSED'],
      ['cash', 'PAID'],
    ],
  )
  assert.equal(world.sandbox.world.store.orders.get(outTradeNo)?.state, 'CLOSED')
  await world.cashier(prepayId, 'success').catch(() => undefined)
  assert.equal((await orderOf(purchase)).refundState, 'NONE')
})

test('money taken at the counter is given back there: it waits, and whoever gives it says so, once', async () => {
  const before = await levelOf(world)
  const { orderId, totalFen } = await place(shopper, 2)
  await take(clerk, { orderId, dueFen: totalFen })
  const quote = await hq('POST /console/v1/orders/:orderId/refund-quotes', { params: { orderId }, body: {} })
  assert.deepEqual(quote.parts, [{ provider: 'cash', amountFen: totalFen }])
  await refund(orderId, totalFen / 2, [{ lineNo: 1, quantity: 1 }])
  await refund(orderId, totalFen / 2)
  assert.deepEqual(await levelOf(world), before, 'the goods are free at once')

  await world.advance(3600)
  await world.sweep('payments.refunds')
  const mine = (await waitingAt(clerk)).filter((each) => each.orderId === orderId)
  assert.deepEqual(
    mine.map(({ provider, amountFen, handedBy }) => [provider, amountFen, handedBy]),
    [
      ['cash', totalFen / 2, null],
      ['cash', totalFen / 2, null],
    ],
    'no sweep touches it',
  )
  const [first, second] = mine
  assert.ok(first && second)
  assert.equal((await show(orderId)).refundState, 'PENDING')
  await refused(handBack(clerk, first.id, first.amountFen + 1), 'orders.price_changed', 409)
  const handed = await handBack(clerk, first.id, first.amountFen)
  assert.ok(handed.handedBy !== null && handed.handedAt !== null)
  await refused(handBack(clerk, first.id, first.amountFen), 'payments.refund_handed', 409)
  assert.equal((await show(orderId)).refundState, 'PENDING')
  await handBack(clerk, second.id, second.amountFen)
  const done = await show(orderId)
  assert.deepEqual([done.state, done.refundState, done.refundedFen], ['CLOSED_REFUND', 'FULL', totalFen])
  assert.ok(!(await waitingAt(clerk)).some((each) => each.orderId === orderId))
  await refused(handBack(clerk, randomUUID(), 1), 'payments.refund_missing', 404)
})

test('a refund of WeChat money is none of the counter', async () => {
  const purchase = await place(shopper)
  const { prepayId } = await pay(purchase)
  await world.cashier(prepayId, 'success-without-callback')
  await shopper.api('GET /v1/orders/:orderId/payment', { params: purchase })
  const { refunds } = await refund(purchase.orderId, purchase.totalFen)
  const [only] = refunds
  assert.ok(only)
  await refused(handBack(clerk, only.id, only.amountFen), 'payments.refund_missing', 404)
  assert.ok(!(await waitingAt(clerk)).some(({ id }) => id === only.id))
})

test('the day of the counter: what each person took and gave back, by store, in its own business day', async () => {
  await world.advance(3 * 86_400)
  const day = today()
  const fresh = await world.staff('clerk01', 'floor')
  const manager = await world.staff('s01')
  const head = await world.staff('hq')
  const buyer = await world.member('shopper-0002')
  const one = await place(buyer)
  const two = await place(buyer, 3)
  await take(fresh, { orderId: one.orderId, dueFen: one.totalFen }, { tenderedFen: one.totalFen + 1000 })
  await take(fresh, { orderId: two.orderId, dueFen: two.totalFen }, { provider: 'card', slip: '77' })
  await head('POST /console/v1/orders/:orderId/refunds', {
    params: { orderId: one.orderId },
    body: { idempotencyKey: randomUUID(), expectFen: one.totalFen, reason: '不要了' },
  })
  const waits = (await dayFor(manager)).waiting.find(({ orderId }) => orderId === one.orderId)
  assert.ok(waits)
  const floor = await world.staff('s01', 'floor')
  await handBack(floor, waits.id, waits.amountFen)

  const NONE = { count: 0, fen: 0 }
  const { rows: people, waiting } = await dayFor(manager, day)
  assert.deepEqual(
    people.map(({ account, cashIn, cashOut, cardIn, cardOut }) => ({
      account,
      cashIn,
      cashOut,
      cardIn,
      cardOut,
    })),
    [
      {
        account: 'clerk01',
        cashIn: { count: 1, fen: one.totalFen },
        cashOut: NONE,
        cardIn: { count: 1, fen: two.totalFen },
        cardOut: NONE,
      },
      { account: 's01', cashIn: NONE, cashOut: { count: 1, fen: one.totalFen }, cardIn: NONE, cardOut: NONE },
    ],
  )
  assert.ok(!waiting.some(({ orderId }) => orderId === one.orderId))
  assert.deepEqual((await dayFor(head, day, 'S02')).rows, [])
  assert.deepEqual((await dayFor(await world.staff('s02'), day)).rows, [], 'other stores are not seen')
  await refused(dayFor(await world.staff('s02'), day, 'S01'), 'staff.out_of_scope', 403)
  await refused(dayFor(head, '2026-02-30'), 'request.invalid')
})
