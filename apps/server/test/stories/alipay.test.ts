// Alipay for the shop in a browser: opening, notifications in every shape, and payments that have to be found.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  allTold,
  atAlipay,
  calls,
  openAlipay,
  paidByAlipay,
  paidUnheardAtAlipay,
  payByAlipay,
  toldOf,
} from '../payments/alipay.ts'
import { alarms, deliver, fault, only, pay, place, rows, stateOf } from '../payments/purchase.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

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

const attemptsOf = ({ orderId }: { orderId: string }) =>
  rows<{ provider: string; state: string; out_trade_no: string }>(
    world,
    'select provider, state, out_trade_no from payment_attempt where order_id = $1 order by id',
    [orderId],
  )
const outcomesOf = async (subject: string) =>
  (
    await rows<{ outcome: string }>(
      world,
      `select outcome from payment_notice where provider = 'alipay' and subject = $1 order by received_at, id`,
      [subject],
    )
  ).map(({ outcome }) => outcome)

test('GET /v1/payment-providers · 200: what this shop offers', async () => {
  assert.deepEqual(await world.api('GET /v1/payment-providers'), { items: ['wechat', 'alipay'] })
})

test('mode 52 · money at Alipay is frozen for nobody, whatever the store’s switch for profit sharing says', async () => {
  const hq = await world.staff('hq')
  const params = { storeId: 'S01', feature: 'profit_sharing' } as const
  const flip = (on: boolean) =>
    hq('PUT /console/v1/stores/:storeId/features/:feature', { params, body: { on } })
  await flip(true)
  try {
    const { orderId } = await openAlipay(shopper)
    const shared = 'select profit_sharing as shared from payment_attempt where order_id = $1'
    assert.deepEqual(await rows(world, shared, [orderId]), [{ shared: false }])
  } finally {
    await flip(false)
  }
})

test('POST /v1/orders/:orderId/payments · 201 alipay: an address that Alipay takes; paid, and back at the shop with the order', async () => {
  const purchase = await openAlipay(shopper)
  assert.equal(calls(world, purchase.outTradeNo, 'alipay-query'), 0, 'nobody was asked to make an address')
  const { returnTo } = await atAlipay(world, purchase)
  await allTold(world, purchase, 1)
  assert.equal(await stateOf(purchase), 'PAID')
  const back = new URL(returnTo ?? '')
  assert.equal(back.origin, world.ctx.config.publicOrigin)
  assert.equal(back.pathname, '/packages/order/pay/index')
  assert.deepEqual([back.searchParams.get('id'), back.searchParams.get('from')], [purchase.orderId, 'alipay'])
  assert.deepEqual(await outcomesOf(purchase.outTradeNo), ['accepted'])
  const [told] = toldOf(world, purchase.outTradeNo)
  assert.deepEqual(
    [told?.state, told?.attempts.map(({ status }) => status)],
    ['delivered', [200]],
    'the answer is the bare word',
  )
})

test('POST /v1/orders/:orderId/payments · again: the same attempt, a fresh address; two devices, two servers: one attempt', async () => {
  const purchase = await place(shopper)
  const there = second.as(shopper.token)
  const params = { orderId: purchase.orderId }
  const opened = await Promise.all(
    [shopper.api, there, shopper.api, there].map((api) =>
      api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'alipay' } }),
    ),
  )
  const again = await payByAlipay(purchase)
  assert.deepEqual([...new Set(opened.map(({ attemptId }) => attemptId))], [again.attemptId])
})

test('inbox · who paid is not kept', async () => {
  const { outTradeNo } = await paidByAlipay(world, shopper)
  const { body } = await only<{ body: Record<string, string> }>(
    world,
    'select body from payment_notice where subject = $1',
    [outTradeNo],
  )
  assert.equal(body['total_amount'] !== undefined, true)
  for (const name of ['sign', 'buyer_id', 'buyer_logon_id']) assert.equal(name in body, false, name)
})

test('the redirect proves nothing: an unpaid order that comes back stays unpaid', async () => {
  const purchase = await openAlipay(shopper)
  const { orderId, outTradeNo } = purchase
  await atAlipay(world, purchase, 'begin')
  const seen = await shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId } })
  assert.deepEqual([seen.state, seen.orderState], ['UNPAID', 'PENDING_PAY'])
  assert.equal(calls(world, outTradeNo, 'alipay-query'), 1)
})

test('no notification ever comes: the waiting page finds the payment, and so does the sweep', async () => {
  const waiting = await openAlipay(shopper)
  await paidUnheardAtAlipay(world, waiting)
  const seen = await shopper.api('GET /v1/orders/:orderId/payment', { params: { orderId: waiting.orderId } })
  assert.equal(seen.state, 'PAID')
  const swept = await openAlipay(shopper)
  await paidUnheardAtAlipay(world, swept)
  await world.advance(6)
  await world.sweep('payments.check')
  assert.equal(await stateOf(swept), 'PAID')
})

test('a payment page that nobody has signed in to yet is asked about, and stays open', async () => {
  const purchase = await openAlipay(shopper)
  world.clock.advance(6)
  await world.sweep('payments.check')
  assert.equal(calls(world, purchase.outTradeNo, 'alipay-query'), 1)
  assert.deepEqual(
    (await attemptsOf(purchase)).map(({ state }) => state),
    ['OPEN'],
  )
})

for (const variant of ['duplicate', 'duplicate-concurrent'])
  test(`${variant} notifications: one effect`, async () => {
    const purchase = await openAlipay(shopper)
    const notificationId = await paidUnheardAtAlipay(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), true)
    assert.equal(await stateOf(purchase), 'PAID')
    assert.deepEqual(await outcomesOf(purchase.outTradeNo), ['accepted'])
  })

test('ten deliveries at once and a sweep: one effect', async () => {
  const purchase = await openAlipay(shopper)
  const notificationId = await paidUnheardAtAlipay(world, purchase)
  world.clock.advance(6)
  const taken = await Promise.all([
    ...Array.from({ length: 10 }, () => deliver(world, notificationId)),
    world.sweep('payments.check'),
  ])
  assert.deepEqual(
    taken.slice(0, 10),
    Array.from({ length: 10 }, () => true),
  )
  assert.equal(await stateOf(purchase), 'PAID')
  assert.deepEqual(
    (await attemptsOf(purchase)).map(({ state }) => state),
    ['PAID'],
  )
})

test('mode 98 · %, + and quotes in the title: taken all the same', async () => {
  const purchase = await openAlipay(shopper)
  const notificationId = await paidUnheardAtAlipay(world, purchase)
  assert.equal(await deliver(world, notificationId, 'odd-title'), true)
  assert.equal(await stateOf(purchase), 'PAID')
})

for (const [variant, what] of [
  ['weak-signature', 'mode 99 · signed with SHA-1'],
  ['bad-signature', 'signed wrongly'],
  ['unsigned', 'not signed'],
  ['tampered-body', 'changed on the way'],
] as const)
  test(`${what}: refused, nothing changes, and the real one is taken afterwards`, async () => {
    const purchase = await openAlipay(shopper)
    const notificationId = await paidUnheardAtAlipay(world, purchase)
    const before = await world.fingerprint()
    assert.equal(await deliver(world, notificationId, variant), false)
    assert.equal(await world.fingerprint(), before)
    assert.equal(await deliver(world, notificationId), true)
    assert.equal(await stateOf(purchase), 'PAID')
  })

test('mode 100 · TRADE_FINISHED after TRADE_SUCCESS: the same payment, known already', async () => {
  const purchase = await paidByAlipay(world, shopper)
  const { outTradeNo } = purchase
  const { notificationId } = await world.sim<{ notificationId: string }>(
    'POST',
    `/_sim/alipay/trades/${outTradeNo}/finish`,
    {},
  )
  const { notifications } = world.sandbox.world.store
  await until(async () => notifications.get(notificationId)?.state === 'delivered', 'told')
  assert.deepEqual(await outcomesOf(outTradeNo), ['accepted', 'repeat'])
  assert.deepEqual(await alarms(world, purchase.orderId), [])
})

test('mode 100 · TRADE_FINISHED, and TRADE_SUCCESS was lost: the order is paid', async () => {
  const purchase = await openAlipay(shopper)
  await paidUnheardAtAlipay(world, purchase)
  await world.sim('POST', `/_sim/alipay/trades/${purchase.outTradeNo}/finish`, {})
  await until(async () => (await stateOf(purchase)) === 'PAID', 'order paid')
})

for (const [variant, kind] of [
  ['other-appid', 'merchant_mismatch'],
  ['other-seller', 'merchant_mismatch'],
  ['amount-mismatch', 'amount_mismatch'],
] as const)
  test(`mode 101 · ${variant}: taken once, quarantined, a person is told, nothing is handed out`, async () => {
    const purchase = await openAlipay(shopper)
    const notificationId = await paidUnheardAtAlipay(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), true)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
    assert.deepEqual(await outcomesOf(purchase.outTradeNo), ['quarantined'])
    assert.deepEqual(
      (await alarms(world, purchase.orderId)).map((alarm) => alarm.kind),
      [kind],
    )
    assert.equal(await deliver(world, notificationId), true)
    assert.equal(await stateOf(purchase), 'PAID')
  })

test('a payment of a trade that nobody here knows: taken, kept, a person is told', async () => {
  const purchase = await openAlipay(shopper)
  const notificationId = await paidUnheardAtAlipay(world, purchase)
  assert.equal(await deliver(world, notificationId, 'unknown-order'), true)
  const { count } = await only<{ count: number }>(
    world,
    `select count(*)::int as count from payment_alarm where kind = 'unknown_trade' and subject like 'unknown%'`,
  )
  assert.equal(count, 1)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
})

test('a notification that is about something else, with sign_type in what is signed: kept, nothing done', async () => {
  const purchase = await openAlipay(shopper)
  const notificationId = await paidUnheardAtAlipay(world, purchase)
  assert.equal(await deliver(world, notificationId, 'unknown-event'), true)
  assert.deepEqual(await outcomesOf(notificationId), ['parked'])
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
})

test('a number of a WeChat payment in a notification of Alipay pays nothing', async () => {
  const purchase = await openAlipay(shopper)
  const notificationId = await paidUnheardAtAlipay(world, purchase)
  const other = await place(shopper)
  const { outTradeNo } = await pay(other)
  const notification = world.sandbox.world.store.notifications.get(notificationId)
  assert.ok(notification)
  notification.plaintext = { ...notification.plaintext, out_trade_no: outTradeNo }
  assert.equal(await deliver(world, notificationId), true)
  assert.equal(await stateOf(other), 'PENDING_PAY')
})

test('the ladder: an unheard notification climbs 4m, 10m, 10m, 1h, 2h, 6h, 15h', async () => {
  const purchase = await openAlipay(shopper)
  await fault(world, purchase.outTradeNo, [['alipay-notify', 'bad-signature']])
  const { notificationId } = await atAlipay(world, purchase)
  assert.ok(notificationId)
  const notification = world.sandbox.world.store.notifications.get(notificationId)
  assert.ok(notification)
  await until(async () => notification.attempts.length === 1, 'first try')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 26 * 3600 })
  const at = notification.attempts.map(({ virtualAt }) => virtualAt)
  assert.deepEqual(
    at.slice(1).map((each, i) => Math.round((each - (at[i] ?? 0)) / 60_000)),
    [4, 10, 10, 60, 120, 360, 900],
  )
  assert.equal(notification.state, 'exhausted')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
})
