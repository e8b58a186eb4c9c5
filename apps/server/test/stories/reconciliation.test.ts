// Days are lived in the sandbox with everything that may go wrong, then its own bills are fetched and compared with our books.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter, instantOf } from '../../src/kernel/clock.ts'
import {
  cancel,
  fault,
  only,
  paid,
  paidUnheard,
  pay,
  place,
  type Purchase,
  rows,
  settleAtCashier,
  stateOf,
} from '../payments/purchase.ts'
import { type Days, giveBack, openDays } from '../reconciling.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

let days: Days
let world: World
before(async () => {
  days = await openDays()
  world = days.world
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

test('domain 2.13: a day without mishaps is level to the fen, and its fee is recorded', async () => {
  const day = days.today()
  const [, second] = [await paid(world, days.shopper()), await paid(world, days.shopper(), 2)]
  await giveBack(days, second, 'level')
  await world.sweep('payments.refunds')
  await days.goTo(dayAfter(day, 1), '10:04')
  await days.run()
  assert.deepEqual(
    (await days.hq()('GET /console/v1/reconciliation/days')).items,
    [],
    'not before five past ten',
  )
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const level = await days.dayOf(day)
  assert.deepEqual(
    [level.state, level.billRows, level.open, level.waiting, level.trouble, level.nextTryAt],
    ['DONE', 3, 0, 0, null, null],
  )
  assert.deepEqual(level.payments, { ours: 2, oursFen: 3840, theirs: 2, theirsFen: 3840 })
  assert.deepEqual(level.refunds, { ours: 1, oursFen: 2560, theirs: 1, theirsFen: 2560 })
  assert.deepEqual([level.settleFen, level.feeMilliFen], [1280, 7680])
  assert.ok(level.tradeAt && level.fundsAt && level.fundRows >= 5)
  assert.deepEqual(await days.differencesOf(day), [])
  await days.assertSidesExplained(day)
})

test('domain 2.13: a lost notification closes by itself: WeChat is asked, the order is paid', async () => {
  const day = days.today()
  const purchase = await place(days.shopper())
  await paidUnheard(world, purchase)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  assert.equal(await stateOf(purchase), 'PAID')
  const [lost, ...more] = await days.differencesOf(day)
  assert.equal(more.length, 0)
  assert.deepEqual(
    [lost?.kind, lost?.state, lost?.resolution, lost?.oursFen, lost?.theirsFen],
    ['remote_only', 'CLOSED', 'booked', null, 1280],
  )
  const { events } = await days.detailOf(lost?.id ?? '')
  assert.deepEqual(
    events.map(({ verb, by }) => `${verb} ${by}`),
    ['found system', 'asked system', 'closed system'],
  )
  const { payments } = await days.dayOf(day)
  assert.equal(payments.oursFen, payments.theirsFen)
  await days.assertSidesExplained(day)
})

test('domain 2.13: money that came after the order was cancelled is found in the bill, booked and given back', async () => {
  const day = days.today()
  const purchase = await place(days.shopper())
  const opened = await pay(purchase)
  // WeChat says the trade is closed, although the shopper pays a moment later: the notification never comes.
  await fault(world, opened.outTradeNo, [['notify', 'drop']])
  await world.sim('POST', '/_sim/pay', { prepayId: opened.prepayId, outcome: 'success' })
  await rows(
    world,
    `update payment_attempt set state = 'CLOSED', next_check_at = null where out_trade_no = $1`,
    [opened.outTradeNo],
  )
  await cancel(purchase)
  await fault(world, opened.outTradeNo, [])
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  await world.sweep('payments.refunds')
  const refund = await only<{ state: string; cause: string }>(
    world,
    'select state, cause from refund where order_id = $1',
    [purchase.orderId],
  )
  assert.equal(refund.cause, 'late_payment')
  const [late] = await days.differencesOf(day)
  assert.deepEqual([late?.kind, late?.state], ['remote_only', 'CLOSED'])
})

test('domain 2.13: a refund made in the merchant console is a difference that a person explains', async () => {
  const day = days.today()
  const purchase = await paid(world, days.shopper())
  await world.sim('POST', `/_sim/orders/${purchase.outTradeNo}/refund`, { fen: 300 })
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const [found] = await days.differencesOf(day)
  assert.deepEqual(
    [found?.source, found?.kind, found?.state, found?.oursFen, found?.theirsFen],
    ['refund', 'remote_only', 'OPEN', null, 300],
  )
  await days.assertSidesExplained(day)
  const params = { differenceId: found?.id ?? '' }
  const body = { resolution: 'merchant_console' as const, note: '店长在商户平台退了运费' }
  const resolved = await days.hq()('POST /console/v1/reconciliation/differences/:differenceId/resolution', {
    params,
    body,
  })
  assert.deepEqual(
    [resolved.difference.state, resolved.difference.resolution, resolved.difference.owner?.mine],
    ['RESOLVED', 'merchant_console', true],
  )
  assert.equal(resolved.theirs?.outTradeNo, purchase.outTradeNo)

  const again = await days.runAgain(day)
  assert.deepEqual([again.open, again.resolved], [0, 1], 'a second run leaves what a person said')
  await days.assertSidesExplained(day)
})

test('domain 2.13: a refund that ended unheard is applied when the bill tells of it', async () => {
  const day = days.today()
  const purchase = await paid(world, days.shopper())
  await fault(world, purchase.outTradeNo, [['notify', 'drop']])
  await giveBack(days, purchase, 'unheard')
  await world.sweep('payments.refunds')
  assert.equal((await refundOf(purchase)).state, 'PROCESSING')
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  await fault(world, purchase.outTradeNo, [])
  assert.equal((await refundOf(purchase)).state, 'SUCCESS')
  const [found] = await days.differencesOf(day)
  assert.deepEqual([found?.kind, found?.state, found?.resolution], ['status_diff', 'CLOSED', 'booked'])
})
const refundOf = ({ orderId }: Purchase) =>
  only<{ state: string }>(world, 'select state from refund where order_id = $1', [orderId])

test('domain 2.13: a refund still under way in the bill is no difference', async () => {
  const day = days.today()
  const purchase = await paid(world, days.shopper())
  await fault(world, purchase.outTradeNo, [['refund', 'refund-hold']])
  await giveBack(days, purchase, 'slow')
  await world.sweep('payments.refunds')
  await fault(world, purchase.outTradeNo, [])
  const { number } = await only<{ number: string }>(
    world,
    'select out_refund_no as number from refund where order_id = $1',
    [purchase.orderId],
  )
  await days.goTo(dayAfter(day, 1), '09:30')
  await world.sim('POST', `/_sim/refunds/${number}/succeed`, {})
  await until(async () => (await refundOf(purchase)).state === 'SUCCESS', 'refund heard of')
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const line = await only<{ state: string }>(world, `select state from bill_line where our_no = $1`, [number])
  assert.equal(line.state, 'PROCESSING')
  assert.deepEqual(await days.differencesOf(day), [])
  await days.assertSidesExplained(day)
})

test('domain 2.13: a payment booked before midnight that stands in the next day’s bill waits for it, then closes', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(day, '23:59')
  const purchase = await place(days.shopper())
  const opened = await pay(purchase)
  // The shopper pays one minute later by WeChat's clock than by the time we are told.
  await days.goTo(dayAfter(day, 1), '00:01')
  await settleAtCashier(world, opened.prepayId)
  await until(async () => (await stateOf(purchase)) === 'PAID', 'order paid')
  await rows(world, 'update payment_attempt set paid_at = $2 where out_trade_no = $1', [
    opened.outTradeNo,
    instantOf(day, '23:59'),
  ])
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const [waiting] = await days.differencesOf(day)
  assert.deepEqual([waiting?.kind, waiting?.state, waiting?.oursFen], ['local_only', 'WAITING', 1280])
  await days.assertSidesExplained(day)
  await days.goTo(dayAfter(day, 2), '10:05')
  await days.run()
  const [closed] = await days.differencesOf(day)
  assert.deepEqual([closed?.state, closed?.resolution], ['CLOSED', 'in_other_bill'])
  for (const each of [day, dayAfter(day, 1)]) {
    const { payments } = await days.dayOf(each)
    assert.equal(payments.oursFen, payments.theirsFen, each)
    await days.assertSidesExplained(each)
  }
})

test('domain 2.13: a payment that no bill shows is real only after the next day’s bill', async () => {
  await days.goTo(dayAfter(days.today(), 1), '12:00')
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-missing-row'])
  await days.run()
  await days.spoil()
  assert.deepEqual(
    (await days.differencesOf(day)).map(({ kind, state }) => `${kind} ${state}`),
    ['local_only WAITING', 'funds_diff OPEN'],
  )
  await days.assertSidesExplained(day)
  await days.goTo(dayAfter(day, 2), '10:05')
  await days.run()
  assert.deepEqual(
    (await days.differencesOf(day)).map(({ kind, state }) => `${kind} ${state}`),
    ['local_only OPEN', 'funds_diff OPEN'],
  )
  const again = await days.runAgain(day)
  assert.deepEqual(
    [again.open, again.closed],
    [0, 2],
    'the bill was made anew: it shows the payment, and agrees with the account',
  )
  await days.assertSidesExplained(day)
})

test('domain 2.13: an amount that differs by one fen, and a payment nobody here knows', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-off-by-one'])
  await days.run()
  assert.deepEqual(
    (await days.differencesOf(day)).map(({ kind, oursFen, theirsFen }) => [kind, oursFen, theirsFen]),
    [
      ['amount_diff', 1280, 1281],
      ['funds_diff', 1281, 1280],
    ],
  )
  await days.assertSidesExplained(day)
  await days.spoil(['tradebill', 'bill-extra-row'])
  await days.runAgain(day)
  const stranger = (await days.differencesOf(day)).find(({ kind }) => kind === 'remote_only')
  assert.deepEqual([stranger?.state, stranger?.orderId, stranger?.theirsFen], ['OPEN', null, 4680])
  await days.assertSidesExplained(day)
  await days.spoil()
  const clean = await days.runAgain(day)
  assert.deepEqual([clean.open, clean.closed], [0, 3], 'each is kept, and says why it closed')
})
