import assert from 'node:assert/strict'
import { test } from 'node:test'

import { growth, headline, mergeTodo, shownHours, storeTotals, todoWords, type Workbench } from './model.ts'

const bench = (change: Partial<Workbench>): Workbench => ({
  asOf: '2026-11-22T02:42:07Z',
  day: '2026-11-22',
  compareDay: '2026-11-15',
  today: { paidFen: 2137280, orders: 372, averageFen: 5745, pickupShare: 6880 },
  compare: { paidFen: 1971640, orders: 347, averageFen: 5682, pickupShare: 6660 },
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, paidFen: 0, compareFen: 0 })),
  unpaidOrders: 14,
  stores: [],
  todo: [],
  ...change,
})

test('the headline says how today compares, in one sentence', () => {
  assert.equal(headline('王敏', bench({})), '上午好，王敏。今天已卖 ¥21,372.80，比上周日此时多 8.4%')
  const none = { paidFen: 0, orders: 0, averageFen: null, pickupShare: null }
  assert.equal(headline('王敏', bench({ today: none })), '上午好，王敏。今天还没有付款的订单')
  assert.equal(headline('王敏', bench({ compare: none })), '上午好，王敏。今天已卖 ¥21,372.80')
  const same = bench({}).today
  assert.match(headline('王敏', bench({ compare: same })), /持平$/)
  assert.match(headline('王敏', bench({ compare: { ...same, paidFen: 4274560 } })), /少 50\.0%$/)
})

test('growth needs something to compare with', () => {
  assert.equal(growth(372, 347), 72)
  assert.equal(growth(0, 100), -1000)
  assert.equal(growth(5, 0), undefined)
  assert.equal(growth(null, 5), undefined)
})

test('hours outside opening time are drawn only when something was sold then', () => {
  const quiet = bench({}).hours
  assert.deepEqual([shownHours(quiet)[0]?.hour, shownHours(quiet).at(-1)?.hour], [7, 21])
  const late = quiet.map((each) => (each.hour === 23 ? { ...each, compareFen: 100 } : each))
  assert.equal(shownHours(late).at(-1)?.hour, 23)
})

test('the total row is the sum of the stores', () => {
  const store = {
    storeId: 'S01',
    name: '襄都',
    orders: 3,
    paidFen: 500,
    toPack: 1,
    ready: 1,
    handed: 1,
    soldOut: 2,
  }
  assert.deepEqual(storeTotals([store, { ...store, storeId: 'S02', paidFen: 1 }]), {
    orders: 6,
    paidFen: 501,
    toPack: 2,
    ready: 2,
    handed: 2,
    soldOut: 4,
  })
})

test('sold-out goods of several stores are one errand', () => {
  const item = { kind: 'sold_out' as const, count: 4, storeId: 'S01', since: null, detail: '' }
  const refund = { ...item, kind: 'refund_failed' as const }
  assert.deepEqual(mergeTodo([item, refund]), [item, refund])
  const merged = mergeTodo([item, refund, { ...item, storeId: 'S02', count: 3 }])
  assert.deepEqual(
    merged.map((each) => [each.kind, each.count, each.storeId]),
    [
      ['refund_failed', 4, 'S01'],
      ['sold_out', 7, null],
    ],
  )
})

test('a to-do row leads to the list behind it, within its store', () => {
  const item = { kind: 'sold_out' as const, count: 6, storeId: 'S02', since: null, detail: '' }
  assert.deepEqual(todoWords(item), {
    title: '6 个在架商品卖完了',
    detail: '顾客看得到，买不了',
    act: { verb: '看库存', to: '/stock?only=sold_out&store=S02' },
  })
  const sums = { ...item, kind: 'points_sums' as const, storeId: null, detail: '和流水对不上' }
  assert.equal(todoWords(sums).title, '积分有 6 个数和流水对不上')
  assert.equal(todoWords(sums).act?.to, '/points')
  assert.equal(todoWords({ ...item, kind: 'job_failing', storeId: null }).act, undefined)
})
