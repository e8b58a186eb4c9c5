import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backLines, paidLines } from './tender-words.ts'

test('each part of a refund says where it goes', () => {
  assert.deepEqual(
    backLines([
      { provider: 'cash', amountFen: 700 },
      { provider: 'stored_value', amountFen: 1 },
    ]).map(({ name }) => name),
    ['到柜台领现金', '退回储值余额'],
  )
})

test('each tender of an order says what it paid, and what of that is back', () => {
  assert.deepEqual(
    paidLines({
      tenders: [
        { provider: 'stored_value', paidFen: 500, refundedFen: 0 },
        { provider: 'wechat', paidFen: 780, refundedFen: 280 },
      ],
    }),
    [
      { name: '储值余额', value: '¥5.00' },
      { name: '微信支付', value: '¥7.80，已退 ¥2.80' },
    ],
  )
})
