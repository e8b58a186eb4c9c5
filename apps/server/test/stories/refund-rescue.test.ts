// Refunds that could not arrive, and the ways on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CARD, failedRefunds, type FailedRefunds } from '../payments/failed-refund.ts'
import { fault, only, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let on: FailedRefunds
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  on = failedRefunds(world, shopper, hq)
})
after(() => world.close())

test('mode 44 · ABNORMAL → sent to a card of the shopper → PROCESSING → SUCCESS; order, alarm and trail follow', async () => {
  const purchase = await on.abnormal()
  const before = await on.alarmOf(purchase)
  assert.deepEqual(
    [before.alarm.refund?.state, before.alarm.deeds, before.alarm.owner],
    ['ABNORMAL', ['redirect'], null],
  )
  const { alarm } = await on.toCard(purchase)
  assert.deepEqual(
    [alarm.refund?.state, alarm.refund?.redirectedTo, alarm.owner?.mine],
    ['PROCESSING', 'user_card', true],
  )
  assert.equal(await on.axisOf(purchase), 'PENDING')
  assert.equal(on.atWechat(purchase)?.redirectedTo, 'user_card')
  await on.nextTry()
  assert.equal(await on.axisOf(purchase), 'FULL')
  const after = await on.alarmOf(purchase)
  assert.deepEqual([after.alarm.resolution, after.alarm.deeds], ['退款已到账', []])
  assert.deepEqual(await on.verbsOf(purchase), ['redirected_to_card', 'mended'])
  const verbs = await rows<{ verb: string }>(
    world,
    `select verb from order_event where order_id = $1 and verb like 'refund%' order by id`,
    [purchase.orderId],
  )
  assert.deepEqual(
    verbs.map(({ verb }) => verb),
    ['refund', 'refund_failed', 'refund_redirected', 'refunded'],
  )
  const trail = await only<{ actor: string; after: object }>(
    world,
    `select actor, after from audit_event where subject = $1`,
    [`payment_alarm:${purchase.alarmId}`],
  )
  assert.deepEqual(trail, {
    actor: 'staff:hq',
    after: { owner: 'hq', refund: purchase.refundNo, amountFen: purchase.totalFen },
  })
})

test('card number and name reach WeChat alone: no table holds them', async () => {
  const purchase = await on.abnormal()
  await on.toCard(purchase)
  const tables = await rows<{ name: string }>(
    world,
    `select table_name as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  )
  const schemaOf = async (name: string) =>
    (
      await rows(
        world,
        `select from information_schema.tables where table_schema = 'public' and table_name = $1`,
        [name],
      )
    ).length > 0
      ? 'public'
      : 'graphile_worker'
  for (const { name } of tables) {
    const found = await rows(
      world,
      `select from ${await schemaOf(name)}."${name}" t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`,
      [CARD.bankAccount, CARD.realName],
    )
    assert.equal(found.length, 0, name)
  }
})

test('done, but the answer is lost: what is there is the truth, not the refusal of the repeat', async () => {
  const purchase = await on.abnormal()
  await fault(world, purchase.outTradeNo, [
    ['abnormal-refund', 'error-after', 1],
    ['notify', 'drop'],
  ])
  const { alarm } = await on.toCard(purchase)
  assert.notEqual(alarm.refund?.state, 'ABNORMAL')
  await on.nextTry()
  assert.equal(await on.axisOf(purchase), 'FULL')
})

test('redirection · 422 redirection_refused, 503 redirection_unclear: still abnormal, written down, and may be tried again', async () => {
  const purchase = await on.abnormal()
  await fault(world, purchase.outTradeNo, [
    ['abnormal-refund', { kind: 'status', status: 400, code: 'PARAM_ERROR' }],
  ])
  await refused(on.toCard(purchase), 'payments.redirection_refused', 422)
  await fault(world, purchase.outTradeNo, [
    ['abnormal-refund', { kind: 'status', status: 500, code: 'SYSTEM_ERROR' }],
  ])
  await refused(on.toCard(purchase), 'payments.redirection_unclear', 503)
  const { alarm, events } = await on.alarmOf(purchase)
  assert.deepEqual([alarm.refund?.state, alarm.refund?.trouble], ['ABNORMAL', 'SYSTEM_ERROR'])
  assert.deepEqual(
    events.map(({ verb, note }) => [verb, note]),
    [
      ['redirected_to_card', null],
      ['redirection_failed', 'PARAM_ERROR'],
      ['redirected_to_card', null],
      ['redirection_failed', 'SYSTEM_ERROR'],
    ],
  )
  await fault(world, purchase.outTradeNo, [])
  await on.toCard(purchase)
  await on.refunded(purchase)
})

test('the card does not take it either: abnormal again, the alarm stays, another way is found', async () => {
  const purchase = await on.abnormal()
  await fault(world, purchase.outTradeNo, [
    ['abnormal-refund', 'refund-abnormal'],
    ['notify', 'drop'],
  ])
  await on.toCard(purchase)
  await on.nextTry()
  const { alarm } = await on.alarmOf(purchase)
  assert.deepEqual([alarm.refund?.state, alarm.resolvedAt, alarm.deeds], ['ABNORMAL', null, ['redirect']])
  assert.equal(await on.axisOf(purchase), 'FAILED')
  await fault(world, purchase.outTradeNo, [])
  await on.toCard(purchase)
  await on.refunded(purchase)
})

test('a repetition of the old bad news does not undo the redirection', async () => {
  const purchase = await on.failed(['refund', 'refund-abnormal'])
  await until(async () => (await on.axisOf(purchase)) === 'FAILED', 'abnormal')
  const news = [...world.sandbox.world.store.notifications.values()].find(
    ({ outRefundNo, eventType }) => outRefundNo === purchase.refundNo && eventType === 'REFUND.ABNORMAL',
  )
  assert.ok(news)
  await fault(world, purchase.outTradeNo, [['notify', 'drop']])
  await on.toCard(purchase)
  await until(
    async () =>
      [...world.sandbox.world.store.notifications.values()].some(
        (one) =>
          one.outRefundNo === purchase.refundNo &&
          one.eventType === 'REFUND.SUCCESS' &&
          one.state === 'dropped',
      ),
    'the good news dropped',
  )
  await fault(world, purchase.outTradeNo, [])
  const { accepted } = await world.sim<{ accepted: boolean }>(
    'POST',
    `/_sim/notifications/${news.id}/send`,
    {},
  )
  assert.equal(accepted, true)
  assert.equal((await on.refundOf(purchase)).state, 'PROCESSING')
  await on.nextTry()
  assert.equal(await on.axisOf(purchase), 'FULL')
})

test('back to the merchant’s account: refunded for WeChat, but open until a person says how the shopper was paid', async () => {
  const purchase = await on.abnormal()
  await on.toAccount(purchase)
  await on.nextTry()
  assert.equal((await on.refundOf(purchase)).state, 'SUCCESS')
  assert.equal(on.atWechat(purchase)?.redirectedTo, 'merchant_account')
  assert.equal((await on.alarmOf(purchase)).alarm.resolvedAt, null)
  const params = { alarmId: purchase.alarmId }
  const { alarm } = await hq('POST /console/v1/payment-alarms/:alarmId/resolution', {
    params,
    body: { note: '柜台退现金，顾客签收' },
  })
  assert.equal(alarm.resolution, '柜台退现金，顾客签收')
  assert.deepEqual(await on.verbsOf(purchase), ['redirected_to_account', 'resolved'])
})

test('redirection · 409 refund_not_abnormal while WeChat has the money under way; 409 alarm_closed when all is done', async () => {
  const purchase = await on.abnormal()
  await on.toCard(purchase)
  await refused(on.toCard(purchase), 'payments.refund_not_abnormal', 409)
  await refused(on.toAccount(purchase), 'payments.refund_not_abnormal', 409)
  await on.nextTry()
  await refused(on.toCard(purchase), 'payments.alarm_closed', 409)
  await refused(on.send(purchase), 'payments.alarm_closed', 409)
})

test('mode 46 · sent again at once, under the same number, and given back once', async () => {
  const purchase = await on.failed(['refund', { kind: 'status', status: 403, code: 'NOT_ENOUGH' }])
  assert.deepEqual((await on.alarmOf(purchase)).alarm.deeds, ['send'])
  assert.equal((await on.send(purchase)).alarm.refund?.state, 'PENDING')
  await fault(world, purchase.outTradeNo, [])
  await on.send(purchase)
  await on.refunded(purchase)
  assert.deepEqual(await on.verbsOf(purchase), ['sent_again', 'sent_again', 'mended'])
  const made = [...world.sandbox.world.store.refunds.values()].filter(
    ({ outTradeNo }) => outTradeNo === purchase.outTradeNo,
  )
  assert.deepEqual(
    made.map(({ outRefundNo }) => outRefundNo),
    [purchase.refundNo],
  )
})

test('sending · 409 refund_not_waiting: an abnormal refund goes nowhere by being sent again', async () => {
  await refused(on.send(await on.abnormal()), 'payments.refund_not_waiting', 409)
})
