import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { notice, tradeFor, type Trade } from '../payments/forge.ts'
import {
  alarms,
  deliver,
  fault,
  only,
  orderOf,
  paid,
  paidUnheard,
  pay,
  place,
  rows,
  settleAtCashier,
  stateOf,
  type Purchase,
} from '../payments/purchase.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
})
after(() => world.close())

const noticesOf = (subject: string) =>
  rows<{ outcome: string; event_type: string }>(
    world,
    'select outcome, event_type from payment_notice where subject = $1 order by received_at, id',
    [subject],
  )
const paidEvents = async (purchase: Purchase) =>
  (await orderOf(purchase)).events.filter(({ verb }) => verb === 'pay').length

const post = (wire: ReturnType<typeof notice>) => world.linli.http.app.inject(wire)

test('POST /hooks/wechat/payments · 204: paid, kept in the inbox, the order is paid', async () => {
  const purchase = await paid(world, shopper)
  await until(async () => (await noticesOf(purchase.outTradeNo)).length > 0, 'kept')
  const [kept, ...more] = await noticesOf(purchase.outTradeNo)
  assert.deepEqual([kept?.outcome, kept?.event_type, more.length], ['accepted', 'TRANSACTION.SUCCESS', 0])
  const attempt = await only<{ state: string; transaction_id: string }>(
    world,
    'select state, transaction_id from payment_attempt where id = $1',
    [purchase.attemptId],
  )
  assert.equal(attempt.state, 'PAID')
  assert.equal(
    attempt.transaction_id,
    world.sandbox.world.store.orders.get(purchase.outTradeNo)?.transactionId,
  )
})

for (const [mode, variant] of [
  [12, 'bad-signature'],
  [13, 'missing-headers'],
  [14, 'future-timestamp'],
  [15, 'unknown-serial'],
  [17, 'signtest'],
  [18, 'tampered-body'],
  [32, 'stale-timestamp'],
] as const)
  test(`mode ${mode} · POST /hooks/wechat/payments · 401 signature_invalid: ${variant}; nothing changes`, async () => {
    const purchase = await place(shopper)
    const { notificationId } = await paidUnheard(world, purchase)
    const before = await world.fingerprint()
    assert.equal(await deliver(world, notificationId, variant), false)
    assert.equal(await world.fingerprint(), before)
    const { status } = world.sandbox.world.store.notifications.get(notificationId)?.attempts.at(-1) ?? {}
    assert.equal(status, 401)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
    assert.equal(await deliver(world, notificationId), true)
    assert.equal(await stateOf(purchase), 'PAID')
  })

test('POST /hooks/wechat/payments · 401: unsigned, empty, and no JSON at all', async () => {
  for (const payload of ['', '{}', 'SUCCESS', '{"id":'])
    for (const url of ['/hooks/wechat/payments', '/hooks/wechat/refunds']) {
      const headers = { 'content-type': 'application/json' }
      const reply = await world.linli.http.app.inject({ method: 'POST', url, headers, payload })
      assert.equal(reply.statusCode, 401)
      assert.equal(reply.json<{ code: string }>().code, 'payments.signature_invalid')
    }
})

for (const variant of ['wrong-tag', 'wrong-key'])
  test(`mode 28 · POST /hooks/wechat/payments · 400 notice_unreadable: ${variant}; a person is told`, async () => {
    const purchase = await place(shopper)
    const { notificationId } = await paidUnheard(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), false)
    assert.equal(world.sandbox.world.store.notifications.get(notificationId)?.attempts.at(-1)?.status, 400)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
    const alarm = await only<{ kind: string }>(world, 'select kind from payment_alarm where subject = $1', [
      notificationId,
    ])
    assert.equal(alarm.kind, 'unreadable')
  })

test('POST /hooks/wechat/payments · 400 notice_unreadable: signed, but not what was agreed', async () => {
  const bodies = [
    '[]',
    '{"id":"EV-1"}',
    'no json',
    '{"id":"EV-2","event_type":"TRANSACTION.SUCCESS","resource":{}}',
  ]
  for (const body of bodies) {
    const reply = await post(notice(world, {}, { body }))
    assert.deepEqual(
      [reply.statusCode, reply.json<{ code: string }>().code],
      [400, 'payments.notice_unreadable'],
      body,
    )
  }
  assert.equal((await post(notice(world, { out_trade_no: 'no other field' }))).statusCode, 400)
})

for (const [variant, kind] of [
  ['other-mchid', 'merchant_mismatch'],
  ['other-appid', 'merchant_mismatch'],
  ['amount-mismatch', 'amount_mismatch'],
] as const)
  test(`modes 29, 30 · ${variant}: quarantined, not paid, a person is told, not sent again`, async () => {
    const purchase = await place(shopper)
    const { notificationId, outTradeNo } = await paidUnheard(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), true)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
    assert.deepEqual(
      (await alarms(world, purchase.orderId)).map((alarm) => alarm.kind),
      [kind],
    )
    assert.deepEqual(
      (await noticesOf(outTradeNo)).map(({ outcome }) => outcome),
      ['quarantined'],
    )
  })

const changed: [what: string, change: (trade: Trade) => object, kind: string][] = [
  [
    'a fen less',
    (trade) => ({ amount: { ...trade.amount, total: trade.amount.total - 1 } }),
    'amount_mismatch',
  ],
  ['another currency', (trade) => ({ amount: { ...trade.amount, currency: 'HKD' } }), 'amount_mismatch'],
  ['another payer', () => ({ payer: { openid: 'oSomebodyElse' } }), 'merchant_mismatch'],
  ['no transaction id', () => ({ transaction_id: '' }), 'merchant_mismatch'],
]
for (const [what, change, kind] of changed)
  test(`a signed notification with ${what} fulfils nothing`, async () => {
    const purchase = await place(shopper)
    const trade = await tradeFor(world, purchase)
    assert.equal((await post(notice(world, { ...trade, ...change(trade) }))).statusCode, 204)
    assert.equal(await stateOf(purchase), 'PENDING_PAY')
    assert.deepEqual(
      (await alarms(world, purchase.orderId)).map((alarm) => alarm.kind),
      [kind],
    )
    assert.equal((await post(notice(world, trade))).statusCode, 204)
    assert.equal(await stateOf(purchase), 'PAID')
  })

test('in the inbox what was believed stays, whatever comes later under the same id', async () => {
  const purchase = await place(shopper)
  const trade = await tradeFor(world, purchase)
  const id = 'EV-one-id'
  const outcome = async (plain: object) => {
    await post(notice(world, plain, { id }))
    return (await noticesOf(trade.out_trade_no)).map((kept) => kept.outcome)
  }
  assert.deepEqual(await outcome({ ...trade, trade_state: 'NOTPAY' }), ['parked'])
  assert.deepEqual(await outcome(trade), ['accepted'])
  assert.deepEqual(await outcome(trade), ['accepted'])
  assert.deepEqual(await outcome({ ...trade, mchid: '1900000009' }), ['accepted'])
})

test('a notification of a trade that is not paid changes nothing', async () => {
  const purchase = await place(shopper)
  const trade = await tradeFor(world, purchase)
  assert.equal((await post(notice(world, { ...trade, trade_state: 'NOTPAY' }))).statusCode, 204)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  assert.deepEqual(await alarms(world, purchase.orderId), [])
})

test('mode 31 · a trade nobody knows: taken, kept, and a person is told', async () => {
  const purchase = await place(shopper)
  const { notificationId } = await paidUnheard(world, purchase)
  assert.equal(await deliver(world, notificationId, 'unknown-order'), true)
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  const found = await rows<{ subject: string }>(
    world,
    `select a.subject from payment_alarm a join payment_notice n on n.subject = a.subject where n.notice_id = $1 and a.kind = 'unknown_trade'`,
    [notificationId],
  )
  assert.equal(found.length, 1)
})

test('mode 38 · an event we do not know is parked', async () => {
  const purchase = await place(shopper)
  const { notificationId } = await paidUnheard(world, purchase)
  assert.equal(await deliver(world, notificationId, 'unknown-event'), true)
  const kept = await only<{ outcome: string }>(
    world,
    'select outcome from payment_notice where notice_id = $1',
    [notificationId],
  )
  assert.equal(kept.outcome, 'parked')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  assert.equal((await post(notice(world, {}, { event: 'constructor' }))).statusCode, 204)
})

for (const variant of ['header-case', 'chunked', 'bom', 'certificate-key'])
  test(`modes 16, 39 · ${variant} is as good as any`, async () => {
    const purchase = await place(shopper)
    const { notificationId } = await paidUnheard(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), true)
    assert.equal(await stateOf(purchase), 'PAID')
  })

for (const [mode, variant] of [
  [21, 'duplicate'],
  [22, 'duplicate-concurrent'],
] as const)
  test(`mode ${mode} · ${variant}: one effect`, async () => {
    const purchase = await place(shopper)
    const { notificationId, outTradeNo } = await paidUnheard(world, purchase)
    assert.equal(await deliver(world, notificationId, variant), true)
    assert.equal(await paidEvents(purchase), 1)
    assert.deepEqual(
      (await noticesOf(outTradeNo)).map(({ outcome }) => outcome),
      ['accepted'],
    )
    assert.deepEqual(await alarms(world, purchase.orderId), [])
  })

test('twenty concurrent deliveries, under two ids, to two servers: one effect', async () => {
  const purchase = await place(shopper)
  const trade = await tradeFor(world, purchase)
  const wires = [notice(world, trade), notice(world, trade)]
  const second = await world.another()
  try {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const { app } = (i % 4 < 2 ? world.linli : second.linli).http
        return app.inject(wires[i % 2] ?? notice(world, trade))
      }),
    )
    assert.deepEqual([...new Set(replies.map(({ statusCode }) => statusCode))], [204])
    assert.equal(await paidEvents(purchase), 1)
    assert.equal((await noticesOf(trade.out_trade_no)).length, 2)
  } finally {
    await second.close()
  }
})

test('a replay minutes later, and again after the goods were handed over, sets nothing back', async () => {
  const purchase = await place(shopper)
  const trade = await tradeFor(world, purchase)
  const wire = notice(world, trade)
  await post(wire)
  assert.equal(await stateOf(purchase), 'PAID')
  await rows(world, `update orders set state = 'COMPLETED', completed_at = now() where id = $1`, [
    purchase.orderId,
  ])
  assert.equal((await post(wire)).statusCode, 204)
  assert.equal(await stateOf(purchase), 'COMPLETED')
  assert.equal(await paidEvents(purchase), 1)
})

test('the sweep and the notification meet: one effect', async () => {
  const purchase = await place(shopper)
  const { notificationId } = await paidUnheard(world, purchase)
  world.clock.advance(6)
  await Promise.all([world.sweep('payments.check'), deliver(world, notificationId)])
  assert.equal(await stateOf(purchase), 'PAID')
  assert.equal(await paidEvents(purchase), 1)
})

test('modes 24, 27 · a probe first, the real one fifteen seconds later', async () => {
  const purchase = await place(shopper)
  const { outTradeNo, prepayId } = await pay(purchase)
  await fault(world, outTradeNo, [['notify', 'signtest', 1]])
  const notificationId = await settleAtCashier(world, prepayId)
  const { notifications } = world.sandbox.world.store
  await until(async () => notifications.get(notificationId)?.rung === 1, 'the probe was refused')
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  await world.advance(15)
  assert.equal(await stateOf(purchase), 'PAID')
  assert.equal(notifications.get(notificationId)?.state, 'delivered')
})
