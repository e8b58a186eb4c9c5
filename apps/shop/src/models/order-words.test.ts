import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headline, isWaiting, pickupSpan, stateWord, timeline } from './order-words.ts'
import type { Order } from './wire.ts'

const now = Date.parse('2026-11-22T03:32:00Z')
const order = (change: Partial<Order>): Order => ({
  id: '019aa000-0000-7000-8000-000000000001',
  no: '20261122103804175',
  storeId: 'S01',
  storeName: '襄都旗舰店',
  state: 'PAID',
  payState: 'PAID',
  refundState: 'NONE',
  fulfilment: { kind: 'pickup', slotStart: '2026-11-22T03:30:00Z', slotEnd: '2026-11-22T04:00:00Z' },
  totalFen: 3123,
  storedValueFen: 0,
  dueFen: 0,
  goodsBy: null,
  presale: null,
  refundedFen: 0,
  pieces: 5,
  placedAt: '2026-11-22T02:37:00Z',
  expiresAt: null,
  pictures: [],
  goodsFen: 3123,
  discountFen: 0,
  freightFen: 0,
  discounts: [],
  pointsUsed: 0,
  pointsEarned: 0,
  coupons: [],
  pointsBack: 0,
  pointsTaken: 0,
  lines: [],
  remark: '',
  ifShort: 'refund',
  tenders: [],
  paidAt: '2026-11-22T02:38:00Z',
  completedAt: null,
  cancelledAt: null,
  cancelReason: null,
  events: [],
  ...change,
})
const ready = order({
  state: 'READY',
  events: [{ verb: 'ready', from: 'PAID', to: 'READY', at: '2026-11-22T03:16:00Z', by: 'staff' }],
})

test('each state has a headline that says what to do', () => {
  const unpaid = order({
    state: 'PENDING_PAY',
    payState: 'UNPAID',
    paidAt: null,
    expiresAt: '2026-11-22T02:52:00Z',
  })
  assert.deepEqual(headline(unpaid, now), {
    title: '还没付款',
    note: '今天 10:52 前付款，货给您留着',
    tone: 'wait',
  })
  assert.deepEqual(headline(ready, now), {
    title: '备好了，来取吧',
    note: '今天 11:30 至 12:00，到襄都旗舰店取',
    tone: 'go',
  })
  assert.equal(headline(order({ state: 'CANCELLED', payState: 'UNPAID' }), now).note, '没有扣款')
  assert.equal(
    headline(order({ state: 'CANCELLED', payState: 'UNPAID', cancelReason: '不想要了' }), now).note,
    '不想要了，没有扣款',
  )
  assert.equal(headline(order({ state: 'CANCELLED', payState: 'PAID' }), now).note, '付款按原路退回')
  assert.equal(headline(order({ state: 'CLOSED_REFUND', refundState: 'PENDING' }), now).title, '正在退款')
})

test('the timeline shows what happened and what is next', () => {
  assert.deepEqual(
    timeline(ready, now).map((step) => [step.name, step.at, step.state]),
    [
      ['已下单', '10:37', 'done'],
      ['备货中', '10:38', 'done'],
      ['待自提', '11:16', 'now'],
      ['已取走', null, 'later'],
    ],
  )
  const handed = order({ state: 'COMPLETED', completedAt: '2026-11-22T03:31:00Z' })
  assert.ok(timeline(handed, now).every((step) => step.state === 'done' && step.at !== null))
  assert.deepEqual(timeline(order({ state: 'CANCELLED' }), now), [])
})

test('a code opens the bag only between paying and collecting', () => {
  assert.ok(isWaiting(ready) && isWaiting(order({})))
  for (const state of ['PENDING_PAY', 'COMPLETED', 'CANCELLED', 'CLOSED_REFUND'] as const)
    assert.equal(isWaiting({ state }), false)
})

test('an order without a slot can be collected any time', () => {
  assert.equal(
    pickupSpan(order({ fulfilment: { kind: 'pickup', slotStart: null, slotEnd: null } }), now),
    '营业时间内',
  )
})

test('a whole refund is called done only when it is', () => {
  const closed = (refundState: Order['refundState']) => stateWord({ state: 'CLOSED_REFUND', refundState })
  assert.deepEqual([closed('PENDING'), closed('FAILED'), closed('FULL')], ['退款中', '退款中', '已退款'])
  assert.equal(stateWord(ready), '待自提')
})
