import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { StaffActor } from '../../src/kernel/actor.ts'
import { Problem } from '../../src/kernel/problem.ts'
import { resolve as resolveAlarm } from '../../src/rooms/payments/working.ts'
import { deliver, only, paidUnheard, place, type Purchase } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { openWorld, type LinliApi, type World } from '../world.ts'

let world: World
let hq: LinliApi
let s01: LinliApi
let s02: LinliApi
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  s01 = await world.staff('s01')
  s02 = await world.staff('s02')
})
after(() => world.close())

const open = (api: LinliApi) => api('GET /console/v1/payment-alarms', { query: { open: true } })
const resolve = (api: LinliApi, alarmId: string, note = '已核对，金额无误') =>
  api('POST /console/v1/payment-alarms/:alarmId/resolution', { params: { alarmId }, body: { note } })

/** An order in store S01 whose payment does not fit, and the alarm it raised. */
async function alarmed(): Promise<Purchase & { alarmId: string }> {
  const purchase = await place(await world.member('shopper-0001'))
  const { notificationId } = await paidUnheard(world, purchase)
  await deliver(world, notificationId, 'amount-mismatch')
  const { id } = await only<{ id: string }>(world, 'select id from payment_alarm where order_id = $1', [
    purchase.orderId,
  ])
  return { ...purchase, alarmId: id }
}

test('GET /console/v1/payment-alarms · 200: with the order, for those who may see its store', async () => {
  const { alarmId, orderId } = await alarmed()
  const { no } = await only<{ no: string }>(world, 'select no from orders where id = $1', [orderId])
  for (const api of [hq, s01]) {
    const alarm = (await open(api)).items.find(({ id }) => id === alarmId)
    assert.deepEqual(
      [alarm?.kind, alarm?.orderId, alarm?.orderNo, alarm?.resolvedAt],
      ['amount_mismatch', orderId, no, null],
    )
    assert.match(alarm?.detail ?? '', /未入账/)
  }
  assert.deepEqual(await open(s02), { items: [], total: 0 })
})

test('GET /console/v1/payment-alarms · 200: pages, newest first', async () => {
  await alarmed()
  const { items, total } = await open(hq)
  assert.equal(items.length, total)
  const pages = await Promise.all(
    items.map((_, i) =>
      hq('GET /console/v1/payment-alarms', { query: { open: true, limit: 1, page: i + 1 } }),
    ),
  )
  assert.deepEqual(
    pages.flatMap((page) => page.items.map(({ id }) => id)),
    items.map(({ id }) => id),
  )
})

test('GET /console/v1/payment-alarms · 200: an alarm that belongs to no order is for head office', async () => {
  const purchase = await place(await world.member('shopper-0001'))
  const { notificationId } = await paidUnheard(world, purchase)
  await deliver(world, notificationId, 'wrong-tag')
  assert.ok((await open(hq)).items.some(({ kind }) => kind === 'unreadable'))
  assert.ok(!(await open(s01)).items.some(({ kind }) => kind === 'unreadable'))
})

test('POST /console/v1/payment-alarms/:alarmId/resolution · 200: closed with a note and a trail; 409 alarm_closed the second time', async () => {
  const { alarmId } = await alarmed()
  const closed = await resolve(hq, alarmId)
  assert.equal(closed.alarm.resolution, '已核对，金额无误')
  assert.ok(closed.alarm.resolvedAt)
  assert.ok(!(await open(hq)).items.some(({ id }) => id === alarmId))
  const { items } = await hq('GET /console/v1/payment-alarms', { query: { open: false } })
  assert.ok(items.some(({ id }) => id === alarmId))
  const trail = await only<{
    actor: string
    action: string
    store_id: string
    after: { owner: string; resolution: string }
  }>(world, 'select actor, action, store_id, after from audit_event where subject = $1', [
    `payment_alarm:${alarmId}`,
  ])
  assert.deepEqual(trail, {
    actor: 'staff:hq',
    action: 'payments.alarm_resolved',
    store_id: 'S01',
    after: { owner: 'hq', resolution: '已核对，金额无误' },
  })
  await refused(resolve(hq, alarmId, '又一次'), 'payments.alarm_closed', 409)
})

test('POST /console/v1/payment-alarms/:alarmId/resolution · of two people at once one is first', async () => {
  const { alarmId } = await alarmed()
  const answers = await Promise.allSettled([resolve(hq, alarmId, '甲'), resolve(hq, alarmId, '乙')])
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('POST /console/v1/payment-alarms/:alarmId/resolution · 404 alarm_missing', async () => {
  await refused(resolve(hq, randomUUID()), 'payments.alarm_missing', 404)
})

test('POST /console/v1/payment-alarms/:alarmId/resolution · a role bound to stores would find only theirs', async () => {
  const { alarmId } = await alarmed()
  const before = await world.fingerprint()
  const actor: StaffActor = {
    kind: 'staff',
    staffId: randomUUID(),
    sessionId: randomUUID(),
    account: 's02',
    name: '',
    role: 'manager',
    permissions: new Set(['payments.resolve']),
    storeIds: ['S02'],
  }
  const staff = {
    requireScope: () => undefined,
    scopeOf: () => actor.storeIds,
    audit: () => assert.fail('nothing to write down'),
  }
  const call = { actor, requestId: randomUUID() }
  await assert.rejects(
    resolveAlarm({ ctx: world.ctx, staff }, call, alarmId, '越权'),
    (error) => error instanceof Problem && error.code === 'payments.alarm_missing',
  )
  assert.equal(await world.fingerprint(), before)
})

test('POST /console/v1/payment-alarms/:alarmId/resolution · 403 for those whose role only reads', async () => {
  const { alarmId } = await alarmed()
  await refused(resolve(s01, alarmId), 'staff.not_allowed', 403)
})
