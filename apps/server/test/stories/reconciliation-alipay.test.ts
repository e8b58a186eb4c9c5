// Alipay's bills: fetched as a zip in GBK, proved by their own sums, compared in the same ledger as WeChat's and never mixed up with it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter } from '../../src/kernel/clock.ts'
import { paidByAlipay, paidUnheardAtAlipay, openAlipay } from '../payments/alipay.ts'
import { orderOf, paid, rows, stateOf } from '../payments/purchase.ts'
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

const provider = 'alipay' as const
const dayOf = (day: string) =>
  days.hq()('GET /console/v1/reconciliation/days/:day', { params: { day }, query: { provider } })
const differencesOf = async (day: string) =>
  (await days.hq()('GET /console/v1/reconciliation/differences', { query: { day, provider, limit: 100 } }))
    .items
async function runAgain(day: string) {
  await days.hq()('POST /console/v1/reconciliation/days/:day/runs', { params: { day }, query: { provider } })
  await days.run()
  return dayOf(day)
}
/** Lives until five past ten of the next day, when bills are fetched. */
async function nextMorning(day: string) {
  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
}
const linesOf = (day: string) =>
  rows(world, `select * from bill_line where provider = 'alipay' and day = $1 order by number`, [day])

test('domain 2.13: a day of both is level on both sides, each with its own bill', async () => {
  const day = days.today()
  const alipay = await paidByAlipay(world, days.shopper(), 2)
  await paid(world, days.shopper())
  await giveBack(days, alipay, 'level')
  await until(async () => {
    await world.sweep('payments.refunds')
    return (await orderOf(alipay)).refundState === 'FULL'
  }, 'given back')
  await nextMorning(day)
  const level = await dayOf(day)
  assert.deepEqual(
    [level.provider, level.state, level.billRows, level.open, level.waiting, level.trouble],
    ['alipay', 'DONE', 2, 0, 0, null],
  )
  assert.deepEqual(level.payments, { ours: 1, oursFen: 2560, theirs: 1, theirsFen: 2560 })
  assert.deepEqual(level.refunds, { ours: 1, oursFen: 2560, theirs: 1, theirsFen: 2560 })
  assert.deepEqual([level.settleFen, level.fundRows, level.fundsAt], [0, 0, null])
  assert.deepEqual((await days.dayOf(day)).payments, { ours: 1, oursFen: 1280, theirs: 1, theirsFen: 1280 })
  assert.deepEqual(await days.differencesOf(day), [], 'neither of them misses the other’s money')
  const listed = await days.hq()('GET /console/v1/reconciliation/days', { query: { provider } })
  assert.deepEqual(listed.providers, ['wechat', 'alipay'])
  assert.deepEqual(
    listed.items.map((each) => [each.provider, each.day]),
    [['alipay', day]],
  )
})

test('domain 2.13: a lost notification of Alipay closes by itself: Alipay is asked, the order is paid', async () => {
  const day = days.today()
  const purchase = await openAlipay(days.shopper())
  await paidUnheardAtAlipay(world, purchase)
  await rows(world, `update payment_attempt set next_check_at = null where order_id = $1`, [purchase.orderId])
  assert.equal(await stateOf(purchase), 'PENDING_PAY')
  await nextMorning(day)
  assert.equal(await stateOf(purchase), 'PAID')
  const [lost, ...more] = await differencesOf(day)
  assert.deepEqual(
    [lost?.provider, lost?.kind, lost?.state, lost?.resolution, more.length],
    ['alipay', 'remote_only', 'CLOSED', 'booked', 0],
  )
  const { payments } = await dayOf(day)
  assert.equal(payments.oursFen, payments.theirsFen)
})

test('modes 60, 61, 62 · a row too many, one too few, one fen more: named differences, and gone once the bill is right', async () => {
  const day = days.today()
  await paidByAlipay(world, days.shopper())
  await days.goTo(dayAfter(day, 1), '10:05')
  const found = async (action: string) => {
    await days.spoil(['alipay-bill', action])
    await runAgain(day)
    return (await differencesOf(day))
      .filter(({ state }) => state !== 'CLOSED')
      .map(({ source, kind, oursFen, theirsFen }) => [source, kind, oursFen, theirsFen])
  }
  assert.deepEqual(await found('bill-off-by-one'), [['payment', 'amount_diff', 1280, 1281]])
  assert.deepEqual(await found('bill-missing-row'), [['payment', 'local_only', 1280, null]])
  assert.deepEqual(await found('bill-extra-row'), [['payment', 'remote_only', null, 4680]])
  await days.spoil()
  const level = await runAgain(day)
  assert.deepEqual([level.open, level.waiting], [0, 0])
})

test('modes 57, 58 · more columns, other places, commas and quotes in names: read all the same', async () => {
  const day = days.today()
  await paidByAlipay(world, days.shopper())
  await nextMorning(day)
  const kept = await linesOf(day)
  assert.equal(kept.length, 1)
  for (const action of ['bill-extra-column', 'bill-reordered', 'bill-odd-names']) {
    await days.spoil(['alipay-bill', action])
    const again = await runAgain(day)
    assert.deepEqual([again.state, again.open, again.waiting], ['DONE', 0, 0], action)
    assert.deepEqual(await linesOf(day), kept, action)
  }
  await days.spoil()
})

test('modes 53, 56, 64 and a file that is cut · a named problem, nothing kept of it, and an alarm that ends by itself', async () => {
  const day = days.today()
  await paidByAlipay(world, days.shopper())
  await nextMorning(day)
  const kept = await linesOf(day)
  const bad: [route: string, action: string | object, trouble: string][] = [
    ['alipay-bill', 'bill-summary-wrong', 'summary_differs'],
    ['alipay-bill', 'bad-signature', 'UNVERIFIED'],
    ['alipay-bill', 'bill-url-expired', 'UNREADABLE'],
    ['alipay-bill-download', 'bill-truncated', 'BILL_CUT'],
    ['alipay-bill-download', 'html', 'BILL_CUT'],
  ]
  for (const [route, action, trouble] of bad) {
    await days.spoil([route, action])
    const failed = await runAgain(day)
    if (action === 'html') assert.equal(failed.state, 'FAILED')
    else assert.deepEqual([failed.state, failed.trouble], ['FAILED', trouble], trouble)
    assert.deepEqual(await linesOf(day), kept, 'nothing half')
  }
  const open = () =>
    rows(
      world,
      `select id from payment_alarm where kind = 'bill_failed' and subject = $1 and resolved_at is null`,
      [`alipay ${day}`],
    )
  assert.equal((await open()).length, 1)
  await days.spoil(['alipay-bill', 'bill-not-ready'])
  assert.equal((await runAgain(day)).trouble, 'creating', 'we booked payments: it is late, not empty')
  await days.spoil()
  assert.equal((await runAgain(day)).state, 'DONE')
  assert.deepEqual(await open(), [])
})
