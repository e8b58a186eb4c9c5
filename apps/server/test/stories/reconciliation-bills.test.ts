// Bills that are odd, late, wrong or missing: read all the same, asked for again, or refused as a whole.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter, instantOf } from '../../src/kernel/clock.ts'
import { confirm, promoter, TERMS, withdraw } from '../commissions.ts'
import { only, paid, rows } from '../payments/purchase.ts'
import { type Days, openDays } from '../reconciling.ts'
import { wrongInTheBooks } from '../shopping.ts'
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

test('domain 2.13: extra and moved columns, and names with commas, quotes, line breaks, are read all the same', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  for (const action of ['bill-extra-column', 'bill-reordered', 'bill-odd-names']) {
    await days.spoil(['tradebill', action])
    const { state, billRows, open } = await days.runAgain(day)
    assert.deepEqual([state, billRows, open], ['DONE', 1, 0], action)
  }
  await days.spoil()
})

test('domain 2.13: a bill is believed whole or not at all, and a person hears of it', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const kept = await rows(world, 'select * from bill_line where day = $1', [day])
  const wrong: [rule: [string, string], trouble: string][] = [
    [['tradebill', 'bill-hash-mismatch'], 'BILL_HASH'],
    [['tradebill', 'bill-summary-wrong'], 'summary_differs'],
    [['bill-download', 'bill-truncated'], 'BILL_CUT'],
    [['tradebill', 'bill-url-expired'], 'INVALID_REQUEST'],
    [['tradebill', 'bad-signature'], 'UNVERIFIED'],
    [['bill-download', 'html'], 'UNREADABLE'],
    [['fundflowbill', 'bill-hash-mismatch'], 'BILL_HASH'],
  ]
  for (const [rule, trouble] of wrong) {
    await days.spoil(rule)
    const failed = await days.runAgain(day)
    assert.deepEqual([failed.state, failed.trouble], ['FAILED', trouble])
    assert.ok(failed.nextTryAt && new Date(failed.nextTryAt) > world.clock.now(), 'tried again later')
    assert.deepEqual(await rows(world, 'select * from bill_line where day = $1', [day]), kept, 'nothing half')
  }
  const alarm = { kind: 'bill_failed', subject: `wechat ${day}` }
  const open = 'select resolved_at from payment_alarm where kind = $1 and subject = $2'
  assert.equal(
    (await only<{ resolved_at: Date | null }>(world, open, Object.values(alarm))).resolved_at,
    null,
  )
  await days.spoil()
  assert.equal((await days.runAgain(day)).state, 'DONE')
  assert.ok(
    (await only<{ resolved_at: Date | null }>(world, open, Object.values(alarm))).resolved_at,
    'alarm closed',
  )
})

test('domain 2.13: a bill that is still being made is asked for again, and after two in the afternoon a person hears of it', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-not-ready'])
  await days.run()
  const early = await days.dayOf(day)
  assert.deepEqual([early.state, early.trouble, early.tries], ['DUE', 'creating', 0])
  await days.run()
  const alarms = () =>
    rows(world, `select id from payment_alarm where kind = 'bill_failed' and subject = $1`, [`wechat ${day}`])
  assert.equal((await alarms()).length, 0)
  await days.goTo(dayAfter(day, 1), '14:00')
  await days.run()
  assert.equal((await alarms()).length, 1)
  await days.spoil()
  await days.goTo(dayAfter(day, 1), '14:11')
  await days.run()
  assert.equal((await days.dayOf(day)).state, 'DONE')
})

test('domain 2.13: “no statement” of a day on which we booked payments is given until two, then believed', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  const none = { kind: 'status', status: 400, code: 'NO_STATEMENT_EXIST' }
  await days.spoil(['tradebill', none])
  await days.run()
  assert.deepEqual([(await days.dayOf(day)).state, await days.differencesOf(day)], ['DUE', []])
  await days.goTo(dayAfter(day, 1), '14:00')
  await days.run()
  assert.equal((await days.dayOf(day)).state, 'DONE')
  assert.deepEqual(
    (await days.differencesOf(day)).map(({ kind, state }) => `${kind} ${state}`),
    ['local_only WAITING'],
  )
  await days.spoil()
  assert.deepEqual([(await days.runAgain(day)).waiting, (await days.dayOf(day)).closed], [0, 1])
})

test('domain 2.13: days that were missed are caught up, oldest first, and a day without trades is level', async () => {
  const first = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(first, 4), '11:00')
  await paid(world, days.shopper())
  await days.goTo(dayAfter(first, 5), '10:05')
  await days.run()
  const list = await days.hq()('GET /console/v1/reconciliation/days', { query: { limit: 5 } })
  assert.deepEqual(
    list.items.map(({ day, state, billRows, open, waiting }) => [day, state, billRows, open + waiting]),
    [4, 3, 2, 1, 0].map((ahead) => [dayAfter(first, ahead), 'DONE', ahead % 4 === 0 ? 1 : 0, 0]),
  )
  assert.equal(list.failed, 0)
  assert.equal(list.nextFetchAt, instantOf(dayAfter(first, 6), '10:05').toISOString())
})

test('domain 2.13: two processes run a day at the same time, and the books are as after one', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.spoil(['tradebill', 'bill-off-by-one'])
  const second = await world.another()
  const other = second.linli.sweeps.find(({ name }) => name === 'reconciliation.days')
  await Promise.all([days.run(), other?.run()])
  await Promise.all([days.runAgain(day), other?.run()])
  await second.close()
  await days.spoil()
  assert.equal((await rows(world, 'select number from bill_line where day = $1', [day])).length, 1)
  assert.deepEqual(
    (await days.differencesOf(day)).map(({ no }) => no.slice(-2)),
    ['01', '02'],
  )
})

test('mode 65 · a bill of twenty thousand rows is read as it comes, and every row is accounted for', async () => {
  const day = days.today()
  await paid(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  await days.spoil(['tradebill', { kind: 'bill-large', rows: 20_000 }])
  const { state, billRows } = await days.runAgain(day)
  assert.deepEqual([state, billRows], ['DONE', 20_001])
  await days.spoil()
  const { open } = await days.runAgain(day)
  assert.equal(open, 0, 'what the true bill does not show closes by itself')
})

test('domain 2.13: transfers to promoters are compared one by one: without a row and without a transfer are differences', async () => {
  await days.goTo(dayAfter(days.today(), 1), '12:00')
  const day = days.today()
  const hq = days.hq()
  await hq('POST /console/v1/commission-terms', { body: TERMS })
  const earner = async (name: string, no: number) => {
    const who = await promoter(hq, await world.member(name))
    await rows(
      world,
      `insert into commission_posting (account_id, reason, available_fen, guide_reward_id, by, at)
       select account_id, 'guide', 5000, $2, 'test', now() from promoter where member_id = $1`,
      [who.memberId, no],
    )
    const asked = await withdraw(who, 5000)
    await confirm(world, who, asked)
    return asked.withdrawal.outBillNo
  }
  const level = await earner('shopper-0021', 1)
  const lost = await earner('shopper-0022', 2)
  // At WeChat: one never was, and one came out of the merchant console.
  const { transfers } = world.sandbox.world.store
  const gone = transfers.get(lost)
  assert.ok(gone)
  transfers.delete(lost)
  transfers.set('byHand0001', { ...gone, outBillNo: 'byHand0001', billNo: '1030000000001' })
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const found = async () =>
    (await days.differencesOf(day))
      .filter(({ source }) => source === 'transfer')
      .map(({ kind, state, ourNo, oursFen, theirsFen }) => [kind, state, ourNo, oursFen, theirsFen])
      .toSorted(([a], [b]) => String(a).localeCompare(String(b)))
  const byHand = ['remote_only', 'OPEN', 'byHand0001', null, 5000]
  assert.deepEqual(await found(), [['local_only', 'WAITING', lost, 5000, null], byHand])
  const { payments, refunds, settleFen } = await days.dayOf(day)
  assert.deepEqual([payments.theirs, refunds.theirs, settleFen], [0, 0, 0], 'trades know nothing of it')
  await days.goTo(dayAfter(day, 2), '10:05')
  await days.run()
  assert.deepEqual(await found(), [['local_only', 'OPEN', lost, 5000, null], byHand])
  const [first] = (await days.differencesOf(day)).filter(({ ourNo }) => ourNo === lost)
  const { ours, theirs } = await days.detailOf(first?.id ?? '')
  assert.deepEqual([ours?.state, ours?.amountFen, theirs], ['PAID', 5000, null])
  // It was in the bill after all: the difference is none.
  transfers.set(lost, gone)
  await days.runAgain(day)
  assert.deepEqual(await found(), [['local_only', 'CLOSED', lost, 5000, null], byHand])
  assert.ok(!(await found()).some(([, , ourNo]) => ourNo === level))
})
