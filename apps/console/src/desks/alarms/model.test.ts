import assert from 'node:assert/strict'
import { test } from 'node:test'

import { adviceOf, cardDigits, eventWords, isCard, looksMistyped, type Alarm } from './model.ts'

const refund = {
  id: '01900000-0000-7000-8000-000000000000',
  outRefundNo: 'R1',
  amountFen: 1280,
  state: 'ABNORMAL',
  trouble: 'ABNORMAL',
  redirectedTo: null,
  redirectedAt: null,
} as const
const alarm: Alarm = {
  id: '01900000-0000-7000-8000-000000000001',
  kind: 'refund_failed',
  detail: '退款没有到账',
  orderId: null,
  orderNo: null,
  at: '2026-11-23T08:00:00Z',
  resolvedAt: null,
  resolution: null,
  owner: null,
  refund: null,
  deeds: [],
}

test('advice follows the refund as it stands, not the words of the day it failed', () => {
  assert.match(adviceOf(alarm), /联系顾客/)
  assert.match(adviceOf({ ...alarm, refund }), /银行卡/)
  assert.match(adviceOf({ ...alarm, refund: { ...refund, state: 'PROCESSING' } }), /受理/)
  const back = { ...refund, state: 'SUCCESS', redirectedTo: 'merchant_account' } as const
  assert.match(adviceOf({ ...alarm, refund: back }), /顾客还没拿到/)
})

test('a card number may be typed with spaces; a slip in one digit is seen', () => {
  assert.equal(cardDigits('6222 0209 0300 1483 077'), '6222020903001483077')
  assert.ok(isCard('6222 0209 0300 1483 077'))
  assert.ok(!looksMistyped('6222 0209 0300 1483 077'))
  assert.ok(looksMistyped('6222 0209 0300 1483 078'))
  for (const wrong of ['', '6222', '6222020903001483O77', '62220209030014830776222020903'])
    assert.ok(!isCard(wrong), wrong)
})

test('an event says what happened; a code of WeChat is put into words', () => {
  assert.equal(eventWords({ verb: 'noted', note: '已打电话' }), '记了一笔：已打电话')
  assert.equal(eventWords({ verb: 'redirection_failed', note: 'NO_ANSWER' }), '改退没成：微信支付没有回应')
  assert.equal(eventWords({ verb: 'assigned', note: null }), '接了过来')
})
