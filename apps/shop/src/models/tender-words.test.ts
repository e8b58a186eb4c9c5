import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backLines, lastSum, paidLines, sumsOf } from './tender-words.ts'

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

test('the sums of an order end in what matters now', () => {
  const order = {
    state: 'PENDING_PAY',
    payState: 'UNPAID',
    totalFen: 5000,
    storedValueFen: 0,
    refundedFen: 0,
  } as const
  const said = (over: Partial<Parameters<typeof sumsOf>[0]>) => {
    const each = { ...order, ...over }
    const { name, fen } = lastSum(each)
    return [...sumsOf(each).map(({ name: before, value }) => `${before} ${value}`), `${name} ${fen}`]
  }
  assert.deepEqual(said({}), ['应付 5000'])
  assert.deepEqual(said({ storedValueFen: 2000 }), ['应付 ¥50.00', '余额先付 −¥20.00', '还要付 3000'])
  assert.deepEqual(said({ storedValueFen: 2000, state: 'CANCELLED' }), ['订单金额 5000'])
  const paid = { state: 'PAID', payState: 'PAID', storedValueFen: 2000 } as const
  assert.deepEqual(said(paid), ['实付 5000'])
  assert.deepEqual(said({ ...paid, refundedFen: 800 }), ['实付 ¥50.00', '已退回 −¥8.00', '最后花了 4200'])
})
