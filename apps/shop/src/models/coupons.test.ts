import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  canDo,
  couponNumber,
  couponsLine,
  couponsOffFen,
  expiryOf,
  idleCoupons,
  pastText,
  stubOf,
  termsOf,
  wishAfter,
} from './coupons.ts'
import type { Coupon, CouponOption, Quote } from './wire.ts'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const coupon = (over: Partial<Coupon> = {}): Coupon => ({
  id: '01900000-0000-7000-8000-0000abcd1234',
  label: '满39减5',
  kind: 'steps',
  steps: [{ atFen: 3900, atPieces: 0, offFen: 500, offBp: 0 }],
  toFen: null,
  timesBp: null,
  maxOffFen: null,
  stackGroup: 'coupon',
  storeIds: null,
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
  someGoods: false,
  onlyFor: [],
  notFor: [],
  atTill: true,
  state: 'UNUSED',
  startsAt: '2026-11-01T00:00:00+08:00',
  expiresAt: '2026-12-01T00:00:00+08:00',
  orderId: null,
  receiptId: null,
  ...over,
})
const option = (id: string, over: Partial<CouponOption> = {}): CouponOption => ({
  ...coupon({ id }),
  acts: true,
  offFen: 500,
  words: '减了 ¥5',
  ...over,
})
const quote = (over: Partial<Quote> = {}): Pick<Quote, 'couponIds' | 'discounts' | 'explanation'> => ({
  couponIds: [],
  discounts: [],
  explanation: [],
  ...over,
})
const said = (rule: string, why: 'applied' | 'beaten', words: string): Quote['explanation'][number] => ({
  rule,
  label: rule,
  stage: 'coupon',
  why,
  offFen: 0,
  lines: [],
  by: null,
  next: null,
  words,
})

test('the stub says what a coupon takes off and from when on, whatever its kind', () => {
  const step = (over: Partial<Coupon['steps'][number]>) =>
    stubOf(coupon({ steps: [{ atFen: 0, atPieces: 0, offFen: 0, offBp: 0, ...over }] }))
  assert.deepEqual(stubOf(coupon()), { offFen: 500, words: '', note: '满 ¥39' })
  assert.deepEqual(step({ offFen: 620 }), { offFen: 620, words: '', note: '无门槛' })
  assert.deepEqual(step({ offBp: 1200, atPieces: 3 }), { offFen: null, words: '8.8 折', note: '满 3 件' })
  assert.deepEqual(stubOf(coupon({ kind: 'exchange', steps: [], toFen: 0 })), {
    offFen: null,
    words: '免费换',
    note: '一件商品',
  })
  assert.equal(stubOf(coupon({ kind: 'exchange', steps: [], toFen: 990 })).words, '¥9.90 换')
  assert.deepEqual(stubOf(coupon({ kind: 'earn', steps: [], timesBp: 15_000 })), {
    offFen: null,
    words: '1.5 倍',
    note: '积分',
  })
})

test('a coupon ends with the last minute of its last day, and says so when that is near', () => {
  assert.deepEqual(expiryOf(coupon(), NOW), { text: '11 月 30 日 23:59 到期', soon: false })
  const tomorrow = coupon({ expiresAt: '2026-11-24T00:00:00+08:00' })
  assert.deepEqual(expiryOf(tomorrow, NOW), { text: '明天 23:59 到期', soon: true })
  const gone = coupon({ expiresAt: '2026-11-22T00:00:00+08:00' })
  assert.equal(expiryOf(gone, NOW).soon, false)
})

test('what cannot be used says what became of it', () => {
  const past = (over: Partial<Coupon>) => pastText(coupon(over), NOW)
  assert.equal(past({}), null)
  assert.equal(past({ state: 'LOCKED' }), '订单占用中，没付款就退回')
  assert.equal(past({ state: 'USED' }), '已使用')
  assert.equal(past({ state: 'EXPIRED', expiresAt: '2026-11-21T00:00:00+08:00' }), '11 月 20 日 23:59 过期')
})

test('the terms say every step, the most, the goods and the stores', () => {
  const terms = termsOf(
    coupon({
      steps: [
        { atFen: 3900, atPieces: 0, offFen: 500, offBp: 0 },
        { atFen: 9900, atPieces: 2, offFen: 0, offBp: 1000 },
      ],
      maxOffFen: 2000,
      onlyFor: ['水果', '蔬菜'],
      notFor: ['西红柿'],
      someGoods: true,
      storeIds: ['S02'],
      fulfilments: ['pickup'],
    }),
    () => '桥西店',
  )
  assert.deepEqual(terms, [
    '满 ¥39，减 ¥5',
    '满 ¥99、2 件，打 9 折',
    '最多减 ¥20',
    '适用：水果、蔬菜',
    '不含：西红柿',
    '门店：桥西店',
    '到店自提才能用',
    '同类券一单用一张；整单退款时退回，已过期的不退',
  ])
  const names = Array.from({ length: 9 }, (_, i) => `菜${i}`)
  assert.ok(
    termsOf(coupon({ onlyFor: names }), String).includes('适用：菜0、菜1、菜2、菜3、菜4、菜5 等 9 种'),
  )
  assert.ok(termsOf(coupon({ someGoods: true }), String).includes('只限部分商品'))
})

test('a coupon can be read out by the end of its number', () => {
  assert.equal(couponNumber(coupon()), 'ABCD 1234')
})

test('a press takes a coupon in the place of those of its group, or takes it back', () => {
  const options = [option('a'), option('b'), option('c', { stackGroup: 'fruit' })]
  assert.deepEqual(wishAfter(options, [], 'a'), ['a'])
  assert.deepEqual(wishAfter(options, ['a'], 'b'), ['b'])
  assert.deepEqual(wishAfter(options, ['a'], 'c'), ['a', 'c'])
  assert.deepEqual(wishAfter(options, ['a', 'c'], 'a'), ['c'])
})

test('the line of the checkout says what acts, or how many could', () => {
  const options = [option('a'), option('b', { acts: false, words: '还差 ¥6' })]
  assert.deepEqual(couponsLine(quote(), options, NOW), { value: '可用 1 张', note: null, acts: false })
  assert.equal(couponsLine(quote(), options.slice(1), NOW).value, '没有可用的')
  const acting = quote({
    couponIds: ['a'],
    discounts: [
      { rule: 'a', label: '满39减5', offFen: 500, points: 0 },
      { rule: 'points', label: '积分抵扣', offFen: 347, points: 347 },
    ],
  })
  assert.equal(couponsOffFen(acting), 500)
  assert.deepEqual(couponsLine(acting, options, NOW), {
    value: '−¥5.00',
    note: '满39减5，11 月 30 日 23:59 到期',
    acts: true,
  })
  // A coupon that multiplies points takes nothing off; one whose list did not come has no name.
  assert.deepEqual(couponsLine(quote({ couponIds: ['a'] }), [], NOW), {
    value: '已用上',
    note: '',
    acts: true,
  })
})

test('each coupon that does nothing has its reason: the server’s where it weighed it, else what it could do', () => {
  const options = [
    option('a'),
    option('b', { label: '满10减3', offFen: 300 }),
    option('c', { label: '咖啡券', acts: false, words: '这单没有能参加的商品' }),
    option('d', { label: '翻倍', kind: 'earn', timesBp: 20_000, offFen: 0 }),
  ]
  const priced = quote({
    couponIds: ['a'],
    explanation: [said('a', 'applied', '减了 ¥5'), said('b', 'beaten', '同类优惠只用一个，「满39减5」更省')],
  })
  assert.deepEqual(
    idleCoupons(priced, options).map(({ label, words }) => `${label}，${words}`),
    [
      '满10减3，同类优惠只用一个，「满39减5」更省',
      '咖啡券，这单没有能参加的商品',
      '翻倍，没选，积分变成 2 倍',
    ],
  )
  assert.equal(canDo(option('b', { offFen: 320 })), '能减 ¥3.20')
})
