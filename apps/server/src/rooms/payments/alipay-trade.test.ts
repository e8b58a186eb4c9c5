import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { yuan } from '#kernel/money'
import type { TradeNotice, TradeReply } from './alipay-bodies.ts'
import { compareParty, fenOf, paymentTold, tellsOfPayment, tellsOfRefund, tradeSeen } from './alipay-trade.ts'

const US = { appId: '2021000000000001', sellerId: '2088000000000001' }
const ATTEMPT = { outTradeNo: 'A1', amountFen: 1280 }
const REPLY: TradeReply = {
  out_trade_no: 'A1',
  trade_no: '2026030122001400000000000001',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '12.80',
  send_pay_date: '2026-03-01 12:00:00',
}
const NOTICE: TradeNotice = {
  notify_id: 'n1',
  notify_type: 'trade_status_sync',
  app_id: US.appId,
  seller_id: US.sellerId,
  out_trade_no: 'A1',
  trade_no: REPLY.trade_no,
  trade_status: 'TRADE_SUCCESS',
  total_amount: '12.80',
  gmt_payment: '2026-03-01 12:00:00',
}
const PAID = {
  state: 'paid',
  payment: { transactionId: REPLY.trade_no, paidAt: new Date('2026-03-01T04:00:00Z') },
}

test('yuan in decimals become fen without a float', () => {
  const cases: [string | undefined, number | null][] = [
    ['0.01', 1],
    ['0.1', 10],
    ['12', 1200],
    ['12.80', 1280],
    // 8.2 × 100 is 819.9999999999999 in floats.
    ['8.20', 820],
    ['1.005', null],
    ['-1.00', null],
    ['1e2', null],
    ['1,000.00', null],
    [' 1.00', null],
    ['1.', null],
    ['.5', null],
    ['', null],
    [undefined, null],
    ['99999999999.00', null],
  ]
  for (const [text, fen] of cases) assert.equal(fenOf(text), fen, String(text))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (fen) => {
      assert.equal(fenOf(yuan(fen)), fen)
    }),
  )
})

test('what a query says', () => {
  const seen = (over: Partial<TradeReply>) => tradeSeen(ATTEMPT, { ...REPLY, ...over })
  assert.deepEqual(seen({}), PAID)
  assert.deepEqual(seen({ trade_status: 'TRADE_FINISHED' }), PAID)
  assert.deepEqual(seen({ trade_status: 'WAIT_BUYER_PAY' }), { state: 'waiting' })
  assert.deepEqual(seen({ trade_status: 'TRADE_CLOSED' }), { state: 'returned' })
  const { send_pay_date: _, ...unpaid } = REPLY
  assert.deepEqual(tradeSeen(ATTEMPT, { ...unpaid, trade_status: 'TRADE_CLOSED' }), { state: 'closed' })
  assert.deepEqual(seen({ trade_status: 'TRADE_OF_TOMORROW' }), { state: 'unclear' })
})

test('mode 101 · another account, another app, another number or another sum is no payment of ours', () => {
  const told = (over: Partial<TradeNotice>) => {
    const seen = paymentTold(ATTEMPT, { ...NOTICE, ...over }, US)
    return seen.state === 'mismatch' ? seen.mismatch.kind : seen
  }
  assert.deepEqual(told({}), PAID)
  assert.equal(told({ app_id: '2021000000000002' }), 'merchant_mismatch')
  assert.equal(told({ seller_id: '2088000000000002' }), 'merchant_mismatch')
  assert.equal(told({ out_trade_no: 'A2' }), 'merchant_mismatch')
  for (const sum of ['12.79', '12.81', '1280', '12.8.0', ''])
    assert.equal(told({ total_amount: sum }), 'amount_mismatch', sum)
  assert.equal(compareParty(NOTICE, US), null)
})

test('mode 97 · what tells of a refund is no payment, whatever its state is called', () => {
  for (const over of [{ refund_fee: '1.00' }, { gmt_refund: '2026-03-02 12:00:00.123' }]) {
    const notice = { ...NOTICE, ...over }
    assert.deepEqual([tellsOfPayment(notice), tellsOfRefund(notice)], [false, true])
  }
  assert.deepEqual([tellsOfPayment(NOTICE), tellsOfRefund(NOTICE)], [true, false])
  assert.equal(tellsOfPayment({ ...NOTICE, trade_status: 'TRADE_FINISHED' }), true)
  for (const trade_status of ['WAIT_BUYER_PAY', 'TRADE_CLOSED'])
    assert.equal(tellsOfPayment({ ...NOTICE, trade_status }), false)
})
