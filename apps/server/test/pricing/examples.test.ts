// Whole orders with every fen written out; the first two are the orders that the screens were drawn with.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quote } from '../../src/rooms/pricing/quote.ts'
import { wordsOf } from '../../src/rooms/pricing/words.ts'
import { basket, coupon, EARN, line, off, offsBy, pays, points, step, steps, whyOf } from './baskets.ts'

test('domain 2.8: 自提券满39减5 and 347 points over five lines, as on the checkout screen', () => {
  const five = [
    line('猪前腿肉', 1390, 1, 'M'),
    line('沃柑', 1090, 1, 'G'),
    line('北豆腐', 350, 1, 'D'),
    line('馒头', 450, 1, 'D'),
    line('陈醋', 690, 1, 'L'),
  ]
  const priced = quote(
    basket(five, {
      coupons: [
        coupon('自提满39减5', off(3900, 500), { appliesTo: { fulfilments: ['pickup'] } }),
        coupon('积分翻倍券', { kind: 'earn', timesBp: 20_000 }),
        coupon('咖啡体验券', { kind: 'exchange', toFen: 0 }, { appliesTo: { skuIds: ['速溶咖啡'] } }),
      ],
      points: points(1286, { capBp: 1000 }),
      earn: EARN,
    }),
  )
  assert.deepEqual(offsBy(priced, '自提满39减5'), [175, 137, 44, 57, 87])
  assert.deepEqual(offsBy(priced, 'points'), [122, 95, 31, 39, 60])
  assert.deepEqual(pays(priced), [1093, 858, 275, 354, 543])
  assert.deepEqual([priced.goodsFen, priced.discountFen, priced.totalFen], [3970, 847, 3123])
  assert.deepEqual([priced.pointsUsed, priced.pointsEarned], [347, 31])
  assert.deepEqual(
    priced.outcomes.map((outcome) => [outcome.rule, outcome.why, wordsOf(outcome)]),
    [
      ['自提满39减5', 'applied', '减了 ¥5'],
      ['咖啡体验券', 'goods_not_eligible', '这单没有能参加的商品'],
      ['积分翻倍券', 'beaten', '同类优惠只用一个，「自提满39减5」更省'],
      ['points', 'applied', '减了 ¥3.47'],
    ],
  )
})

test('domain 2.8: 满减, then coupon, then points, as on the console’s order', () => {
  const five = [
    line('鲜鸡蛋', 2490),
    line('宁晋鸭梨', 1180, 2),
    line('鲜牛奶', 1590, 2),
    line('西红柿', 399, 3),
    line('三鲜水饺', 1590),
  ]
  const priced = quote(
    basket(five, {
      rules: [steps('满99减8', [step(9900, 800)])],
      coupons: [coupon('自提券满39减5', off(3900, 500), { funding: 'store' })],
      points: points(386),
      earn: EARN,
    }),
  )
  assert.deepEqual(offsBy(priced, '满99减8'), [184, 175, 235, 88, 118])
  assert.deepEqual(offsBy(priced, '自提券满39减5'), [115, 109, 147, 55, 74])
  assert.deepEqual(offsBy(priced, 'points'), [89, 84, 113, 43, 57])
  assert.deepEqual(pays(priced), [2102, 1992, 2685, 1011, 1341])
  assert.deepEqual([priced.goodsFen, priced.totalFen, priced.pointsEarned], [10_817, 9131, 91])
  assert.deepEqual(
    priced.discounts.map(({ rule, offFen, points: used, funding }) => [rule, offFen, used, funding]),
    [
      ['满99减8', 800, 0, 'hq'],
      ['自提券满39减5', 500, 0, 'store'],
      ['points', 386, 386, 'hq'],
    ],
  )
})

test('domain 2.8: 新人满29减10 is worth more than 沉睡无门槛 5 元: of one group the better acts, the other says why', () => {
  const coupons = [coupon('新人满29减10', off(2900, 1000)), coupon('沉睡 5 元', off(0, 500))]
  const rich = quote(basket([line('a', 2900)], { coupons }))
  assert.equal(rich.totalFen, 1900)
  assert.equal(whyOf(rich, '沉睡 5 元')?.by?.label, '新人满29减10')
  const poor = quote(basket([line('a', 2280)], { coupons }))
  assert.equal(poor.totalFen, 1780)
  const missing = whyOf(poor, '新人满29减10')
  assert.deepEqual(missing?.next, { missingFen: 620, missingPieces: 0, offFen: 1000, offBp: 0 })
  assert.equal(missing && wordsOf(missing), '还差 ¥6.20 减 ¥10（代替「沉睡 5 元」）')
})
