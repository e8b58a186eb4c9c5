// Takings: whatever an order is paid with, the shopper reads it on the order and head office in the sums of the day, and WeChat's bill is asked about
// WeChat's money alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayAfter } from '../../src/kernel/clock.ts'
import { handBack, take, waitingAt } from '../counter.ts'
import { paidByAlipay } from '../payments/alipay.ts'
import { orderOf, paid, place, type Purchase } from '../payments/purchase.ts'
import { type Days, giveBack, openDays } from '../reconciling.ts'
import { refused } from '../refused.ts'
import { wrongInTheBooks } from '../shopping.ts'
import { until } from '../until.ts'
import type { LinliApi, World } from '../world.ts'

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

const clerk = (): Promise<LinliApi> => world.staff('clerk01', 'floor')
async function takenByHand(provider: 'cash' | 'card'): Promise<Purchase> {
  const purchase = await place(days.shopper())
  const { orderId, totalFen: dueFen } = purchase
  await take(await clerk(), { orderId, dueFen }, provider === 'card' ? { provider, slip: '000123' } : {})
  return purchase
}
const takings = (day: string, who = days.hq(), storeId?: string) =>
  who('GET /console/v1/takings', { query: { from: day, to: day, ...(storeId ? { storeId } : {}) } })
const entries = (day: string, query: object = {}) =>
  days.hq()('GET /console/v1/takings/:day/entries', { params: { day }, query })

test('domain 2.13: sums by tender are what moved that day; WeChat’s bill misses neither cash nor cards nor Alipay', async () => {
  const day = days.today()
  const shopper = days.shopper()
  const wechat = await paid(world, shopper, 2)
  const alipay = await paidByAlipay(world, shopper)
  const [cash, card] = [await takenByHand('cash'), await takenByHand('card')]
  for (const each of [wechat, alipay, cash]) await giveBack(days, each, 'takings')
  await world.sweep('payments.refunds')
  const [waiting] = await waitingAt(await clerk())
  assert.ok(waiting)
  await handBack(await clerk(), waiting.id, waiting.amountFen)
  for (const each of [wechat, alipay, cash])
    await until(async () => (await orderOf(each)).refundState === 'FULL', 'given back')

  const one = { count: 1, fen: 1280 }
  const none = { count: 0, fen: 0 }
  const sums = [
    { day, storeId: 'S01', provider: 'alipay', in: one, out: one },
    { day, storeId: 'S01', provider: 'card', in: one, out: none },
    { day, storeId: 'S01', provider: 'cash', in: one, out: one },
    { day, storeId: 'S01', provider: 'wechat', in: { count: 1, fen: 2560 }, out: { count: 1, fen: 2560 } },
  ]
  assert.deepEqual((await takings(day)).rows, sums)
  assert.deepEqual((await takings(day, days.hq(), 'S02')).rows, [])
  assert.deepEqual((await takings(day, await world.staff('s01'))).rows, sums)
  await refused(takings(day, await world.staff('s01'), 'S02'), 'staff.out_of_scope', 403)

  assert.deepEqual(
    (await Promise.all([wechat, card].map(orderOf))).map(({ tenders }) => tenders),
    [
      [{ provider: 'wechat', paidFen: 2560, refundedFen: 2560 }],
      [{ provider: 'card', paidFen: 1280, refundedFen: 0 }],
    ],
  )

  await days.goTo(dayAfter(day, 1), '10:05')
  await days.run()
  const level = await days.dayOf(day)
  assert.deepEqual(
    [level.state, level.open, level.waiting, level.payments.ours, level.refunds.ours],
    ['DONE', 0, 0, 1, 1],
  )
  await days.assertSidesExplained(day)
})

test('behind each sum stand its payments and refunds, the last first, a page at a time', async () => {
  const day = days.today()
  const first = await takenByHand('cash')
  await giveBack(days, first, 'entries')
  const [waiting] = await waitingAt(await clerk())
  world.clock.advance(1)
  await handBack(await clerk(), waiting?.id ?? '', first.totalFen)
  world.clock.advance(1)
  const second = await takenByHand('cash')
  const all = await entries(day, { provider: 'cash', storeId: 'S01' })
  assert.deepEqual(
    all.items.map(({ way, orderId, amountFen }) => [way, orderId, amountFen]),
    [
      ['in', second.orderId, 1280],
      ['out', first.orderId, 1280],
      ['in', first.orderId, 1280],
    ],
  )
  const page = await entries(day, { provider: 'cash', page: 2, limit: 2 })
  assert.deepEqual([page.total, page.items.map(({ way }) => way)], [3, ['in']])
  assert.deepEqual(await entries(day, { provider: 'card' }), { items: [], total: 0 })
})

test('an unpaid order names no tender, and days that do not exist or are too many are refused', async () => {
  assert.deepEqual((await orderOf(await place(days.shopper()))).tenders, [])
  const ask = (from: string, to: string) => days.hq()('GET /console/v1/takings', { query: { from, to } })
  assert.ok(await ask('2026-09-01', '2026-12-01'))
  for (const [from, to] of [
    ['2026-09-01', '2026-12-02'],
    ['2026-12-02', '2026-12-01'],
    ['2026-02-30', '2026-03-01'],
  ] as const)
    await refused(ask(from, to), 'request.invalid', 400)
  await refused(entries('2026-02-30'), 'request.invalid', 400)
})
