// Refunds that wait for a person: whose they are, and money that is frozen for others.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { failedRefunds, type FailedRefunds } from '../payments/failed-refund.ts'
import { paid, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { openWorld, type LinliApi, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let s01: LinliApi
let on: FailedRefunds
before(async () => {
  world = await openWorld({ onHand: 1000 })
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
  on = failedRefunds(world, shopper, hq)
})
after(() => world.close())

test('an alarm has one owner: others see who, and act only after taking it over', async () => {
  const purchase = await on.abnormal()
  const params = { alarmId: purchase.alarmId }
  await rows(
    world,
    `update payment_alarm set owner_id = (select id from staff where account = 's01') where id = $1`,
    [purchase.alarmId],
  )
  await refused(on.toCard(purchase), 'payments.not_yours', 409)
  await refused(
    hq('POST /console/v1/payment-alarms/:alarmId/resolution', { params, body: { note: '处理了' } }),
    'payments.not_yours',
    409,
  )
  await refused(
    hq('POST /console/v1/payment-alarms/:alarmId/assignment', { params, body: { mine: false } }),
    'payments.not_yours',
    409,
  )
  const assign = (mine: boolean) =>
    hq('POST /console/v1/payment-alarms/:alarmId/assignment', { params, body: { mine } })
  assert.equal((await assign(true)).alarm.owner?.account, 'hq')
  const mine = await hq('GET /console/v1/payment-alarms', { query: { open: true, mine: true } })
  assert.ok(mine.items.some(({ id }) => id === purchase.alarmId))
  await hq('POST /console/v1/payment-alarms/:alarmId/notes', { params, body: { note: '已给顾客打电话' } })
  assert.equal((await assign(false)).alarm.owner, null)
  assert.deepEqual(
    (await on.alarmOf(purchase)).events.map(({ verb, byName, note }) => [verb, byName !== null, note]),
    [
      ['assigned', true, null],
      ['noted', true, '已给顾客打电话'],
      ['released', true, null],
    ],
  )
  const seen = await on.alarmOf(purchase, s01)
  assert.deepEqual(seen.alarm.deeds, [])
  await refused(on.toCard(purchase, s01), 'staff.not_allowed', 403)
  const s02 = await world.staff('s02')
  await refused(on.alarmOf(purchase, s02), 'payments.alarm_missing', 404)
})

test('mode 52 · a refund of shared money: refused with a name, waits under its number, and goes out once the money is released', async () => {
  const setting = { storeId: 'S01', feature: 'profit_sharing' } as const
  const flip = (api: LinliApi, on: boolean) =>
    api('PUT /console/v1/stores/:storeId/features/:feature', { params: setting, body: { on } })
  await refused(flip(s01, true), 'staff.not_allowed', 403)
  await flip(hq, true)
  try {
    const purchase = await on.failed()
    const { payments } = await hq('GET /console/v1/orders/:orderId', {
      params: { orderId: purchase.orderId },
    })
    assert.equal(payments[0]?.profitSharing, true)
    const { features } = await world.api('GET /v1/stores/:storeId', { params: { storeId: 'S01' } })
    assert.ok(!features.includes('profit_sharing'), 'nothing for shoppers')
    assert.deepEqual(
      [(await on.refundOf(purchase)).state, (await on.refundOf(purchase)).trouble],
      ['PENDING', 'PROFIT_SHARING'],
    )
    assert.match((await on.alarmOf(purchase)).alarm.detail, /分账/)
    assert.equal((await on.send(purchase)).alarm.refund?.state, 'PENDING')
    await world.sim('POST', `/_sim/orders/${purchase.outTradeNo}/release`)
    await on.send(purchase)
    await on.refunded(purchase)
  } finally {
    await flip(hq, false)
  }
  const plain = await paid(world, shopper)
  assert.equal(world.sandbox.world.store.orders.get(plain.outTradeNo)?.sharing, 'none')
})
