import assert from 'node:assert/strict'
import { test } from 'node:test'
import { benefitLines, cancelBrings, offLines, refundBrings } from './benefit-words.ts'
import type { Order } from './wire.ts'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const EXPIRES = '2026-12-01T00:00:00+08:00'
const order = (over: Partial<Order> = {}) => ({
  state: 'PAID' as const,
  payState: 'PAID' as const,
  completedAt: null,
  discounts: [],
  coupons: [],
  pointsUsed: 0,
  pointsEarned: 0,
  pointsBack: 0,
  pointsTaken: 0,
  ...over,
})
const coupon = (where: 'with_order' | 'back' | 'over') => ({
  id: where,
  label: '满39减5',
  where,
  expiresAt: EXPIRES,
})

test('each thing that took something off has its line; points say how many', () => {
  assert.deepEqual(
    offLines({
      discounts: [
        { rule: 'c', label: '满39减5', offFen: 500, points: 0 },
        { rule: 'points', label: '积分抵扣', offFen: 1347, points: 1347 },
      ],
    }),
    [
      { name: '满39减5', value: '−¥5.00' },
      { name: '积分抵扣（1,347 积分）', value: '−¥13.47' },
    ],
  )
})

test('an order says where its coupon went and which points moved; nothing while nothing did', () => {
  assert.deepEqual(benefitLines(order({ coupons: [coupon('with_order')] }), NOW), [])
  const back = order({
    state: 'CLOSED_REFUND',
    coupons: [coupon('back')],
    pointsEarned: 31,
    pointsBack: 347,
    pointsTaken: 31,
  })
  assert.deepEqual(benefitLines(back, NOW), [
    { name: '券「满39减5」', value: '退回来了，11 月 30 日 23:59 到期' },
    { name: '退回积分', value: '+347' },
    { name: '收回这一单得的积分', value: '−31' },
  ])
  assert.deepEqual(benefitLines(order({ coupons: [coupon('over')] }), NOW), [
    { name: '券「满39减5」', value: '已过期，没有退回' },
  ])
})

test('points earned are promised before paying, wait after it, and are not promised by a closed order', () => {
  const earned = (over: Partial<Order>) => benefitLines(order({ pointsEarned: 31, ...over }), NOW)[0]
  assert.deepEqual(earned({ state: 'PENDING_PAY', payState: 'UNPAID' }), { name: '付完得积分', value: '+31' })
  assert.equal(earned({})?.value, '+31，取货且售后期过后可用')
  assert.equal(earned({ state: 'COMPLETED', completedAt: EXPIRES })?.value, '+31，售后期过后可用')
  assert.equal(earned({ state: 'CANCELLED', payState: 'UNPAID' }), undefined)
})

test('cancelling says what it brings back; an order without coupons and points says nothing', () => {
  assert.equal(
    cancelBrings({ coupons: [coupon('with_order')], pointsUsed: 347 }),
    '取消后退回券「满39减5」和 347 积分',
  )
  assert.equal(cancelBrings({ coupons: [], pointsUsed: 0 }), null)
})

test('a refund says what the server previews of points and coupons', () => {
  const label = '满39减5'
  assert.deepEqual(
    refundBrings(
      {
        pointsBack: 115,
        pointsTaken: 10,
        coupons: [
          { id: 'a', label, expiresAt: EXPIRES },
          { id: 'b', label, expiresAt: null },
        ],
      },
      NOW,
    ),
    [
      { name: '退回积分', value: '+115' },
      { name: '收回得的积分', value: '−10' },
      { name: '券「满39减5」', value: '退回，11 月 30 日 23:59 到期' },
      { name: '券「满39减5」', value: '已过期，不退回' },
    ],
  )
  assert.deepEqual(refundBrings({ pointsBack: 0, pointsTaken: 0, coupons: [] }, NOW), [])
})
