import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dayLines, netOf, rowsOf, tendersIn, totalOf, type TakingsRow } from './model.ts'

const row = (over: Partial<TakingsRow>): TakingsRow => ({
  day: '2026-11-22',
  storeId: 'S01',
  provider: 'wechat',
  in: { count: 2, fen: 3000 },
  out: { count: 1, fen: 500 },
  ...over,
})
const rows = [
  row({}),
  row({ storeId: 'S02' }),
  row({ provider: 'cash', in: { count: 0, fen: 0 }, out: { count: 1, fen: 700 } }),
  row({ day: '2026-11-23', provider: 'alipay' }),
]

test('what is kept of a row may be less than nothing: only money of other days went back', () => {
  assert.equal(netOf(row({})), 2500)
  assert.deepEqual(
    rows.map((each) => netOf(each)),
    [2500, 2500, -700, 2500],
  )
})

test('days add up their stores and tenders, the last day first', () => {
  assert.deepEqual(dayLines(rows), [
    { day: '2026-11-23', nets: { alipay: 2500 }, inFen: 3000, outFen: 500 },
    { day: '2026-11-22', nets: { wechat: 5000, cash: -700 }, inFen: 6000, outFen: 1700 },
  ])
})

test('tenders stand in one order, and only those that moved', () => {
  assert.deepEqual(tendersIn(rows), ['wechat', 'alipay', 'cash'])
})

test('a day is listed store by store, and in each the tenders in that order', () => {
  const mixed = [row({ provider: 'cash' }), row({ storeId: 'S02' }), row({}), row({ day: '2026-11-21' })]
  assert.deepEqual(
    rowsOf(mixed, '2026-11-22').map(({ storeId, provider }) => `${storeId} ${provider}`),
    ['S01 wechat', 'S01 cash', 'S02 wechat'],
  )
})

test('the total of a day counts payments and refunds apart', () => {
  assert.deepEqual(totalOf(rows.slice(0, 3)), {
    in: { count: 4, fen: 6000 },
    out: { count: 3, fen: 1700 },
  })
  assert.deepEqual(totalOf([]), { in: { count: 0, fen: 0 }, out: { count: 0, fen: 0 } })
})
