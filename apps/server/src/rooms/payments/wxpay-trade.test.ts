import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparePayment } from './wxpay-trade.ts'
import type { Trade } from './wxpay-bodies.ts'

const US = { mchId: '1900000001', appId: 'wx0123456789abcdef' }
const ATTEMPT = { outTradeNo: 'A1', amountFen: 1280, payer: 'o-payer' }
const TRADE: Trade = {
  appid: US.appId,
  mchid: US.mchId,
  out_trade_no: 'A1',
  trade_state: 'SUCCESS',
  transaction_id: '4200000000000000000000000001',
  success_time: '2026-03-01T12:00:00+08:00',
  payer: { openid: 'o-payer' },
  amount: { total: 1280, currency: 'CNY' },
}

test('the payment we asked for', () => {
  assert.deepEqual(comparePayment(ATTEMPT, TRADE, US), {
    transactionId: '4200000000000000000000000001',
    paidAt: new Date('2026-03-01T04:00:00Z'),
  })
})

test('a coupon of WeChat changes what the payer paid, not what we are owed', () => {
  const trade = { ...TRADE, amount: { total: 1280, currency: 'CNY', payer_total: 1000 } }
  assert.ok('transactionId' in comparePayment(ATTEMPT, trade, US))
})

test('an unreadable time is no reason to refuse money', () => {
  for (const success_time of ['', 'soon'])
    assert.deepEqual(comparePayment(ATTEMPT, { ...TRADE, success_time }, US), {
      transactionId: TRADE.transaction_id,
      paidAt: null,
    })
})

const others: [what: string, over: Partial<Trade>, kind: string][] = [
  ['another merchant', { mchid: '1900000002' }, 'merchant_mismatch'],
  ['another app', { appid: 'wx1' }, 'merchant_mismatch'],
  ['another trade', { out_trade_no: 'A2' }, 'merchant_mismatch'],
  ['another payer', { payer: { openid: 'o-other' } }, 'merchant_mismatch'],
  ['an unnamed payer', { payer: {} }, 'merchant_mismatch'],
  ['a fen less', { amount: { total: 1279, currency: 'CNY' } }, 'amount_mismatch'],
  ['a fen more', { amount: { total: 1281, currency: 'CNY' } }, 'amount_mismatch'],
  ['no amount', { amount: {} }, 'amount_mismatch'],
  ['another currency', { amount: { total: 1280, currency: 'USD' } }, 'amount_mismatch'],
  ['no currency', { amount: { total: 1280 } }, 'amount_mismatch'],
  ['no transaction', { transaction_id: '' }, 'merchant_mismatch'],
]
for (const [what, over, kind] of others)
  test(`not ours · ${what}`, () => {
    const answer = comparePayment(ATTEMPT, { ...TRADE, ...over }, US)
    assert.ok('kind' in answer)
    assert.equal(answer.kind, kind)
    assert.match(answer.detail, /未入账/)
    assert.doesNotMatch(answer.detail, /o-other/)
  })
