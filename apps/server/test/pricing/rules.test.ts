// One rule of the domain handbook (§2.1, 2.7, 2.8) a test.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quote } from '../../src/rooms/pricing/quote.ts'
import { wordsOf } from '../../src/rooms/pricing/words.ts'
import {
  AT,
  basket,
  coupon,
  EARN,
  line,
  off,
  offsBy,
  pays,
  points,
  pricing,
  step,
  steps,
  totalOf,
  whyOf,
} from './baskets.ts'

const TWO = [line('a', 1000, 2), line('b', 3000, 1, 'G')]

test('domain 2.8: limited-time and member price: the lower one, not both', () => {
  const rules = [
    pricing('限时八折', { offBp: 2000 }, { appliesTo: { skuIds: ['a'] } }),
    pricing('会员价', { a: 850, b: 2700 }, { appliesTo: { tiers: ['gold'] } }),
  ]
  const gold = quote(basket(TWO, { rules, tier: 'gold' }))
  assert.deepEqual(offsBy(gold, '限时八折'), [400, 0])
  assert.deepEqual(offsBy(gold, '会员价'), [0, 300])
  const plain = quote(basket(TWO, { rules }))
  assert.equal(plain.totalFen, 4600)
  assert.equal(whyOf(plain, '会员价')?.why, 'wrong_tier')
  const dearer = quote(basket([line('a', 700)], { rules: [pricing('会员价', { a: 850 })] }))
  assert.equal(dearer.totalFen, 700, 'a price above the shelf changes nothing')
  assert.deepEqual(whyOf(dearer, '会员价')?.by, { rule: 'shelf', label: '门店价' })
  const free = [pricing('全免', { offBp: 10_000 })]
  assert.equal(totalOf(basket(TWO, { rules: free })), 3, 'a price is one fen a piece at least')
})

test('domain 2.8: a campaign price stands alone: the line takes no 满减, no discount for collecting, no coupon', () => {
  const flash = pricing('秒杀', { a: 990 }, { stage: 'activity' })
  const priced = quote(
    basket(TWO, {
      rules: [
        flash,
        pricing('会员价', { a: 500 }),
        steps('满20减5', [step(2000, 500)]),
        steps('自提九五折', [{ atFen: 0, atPieces: 0, offFen: 0, offBp: 500 }], { stage: 'pickup' }),
      ],
      coupons: [coupon('券', off(0, 300))],
    }),
  )
  assert.deepEqual(offsBy(priced, '秒杀'), [20, 0], 'the campaign price though a member price were lower')
  assert.deepEqual(offsBy(priced, '满20减5'), [0, 500])
  assert.deepEqual(offsBy(priced, '自提九五折'), [0, 125])
  assert.deepEqual(pays(priced), [1980, 2075])
  const alone = quote(basket([line('a', 1000, 2)], { rules: [flash, steps('满10减1', [step(1000, 100)])] }))
  const why = whyOf(alone, '满10减1')
  assert.deepEqual([why?.why, why?.by?.rule], ['excluded', '秒杀'])
  assert.equal(why && wordsOf(why), '和「秒杀」不能同享')
})

test('domain 2.8: steps: the best one reached acts; the next one is named', () => {
  const rules = [steps('满减', [step(3000, 300), step(6000, 800), step(9900, 1500)])]
  const cases: readonly (readonly [unitFen: number, totalFen: number, words: string])[] = [
    [2999, 2999, '还差 ¥0.01 减 ¥3'],
    [3000, 2700, '减了 ¥3，还差 ¥30 减 ¥8'],
    [6000, 5200, '减了 ¥8，还差 ¥39 减 ¥15'],
    [20_000, 18_500, '减了 ¥15'],
  ]
  for (const [unitFen, totalFen, words] of cases) {
    const priced = quote(basket([line('a', unitFen)], { rules }))
    const why = whyOf(priced, '满减')
    assert.deepEqual([priced.totalFen, why && wordsOf(why)], [totalFen, words])
  }
})

test('domain 2.8: a step that would replace another of its group says so, and is not praised if it brings no more', () => {
  const rules = [
    steps('粮油满59减5', [step(5900, 500)], { appliesTo: { categoryIds: ['L'] } }),
    steps('满99减8', [step(9900, 800)]),
    steps('满98减4', [step(9800, 400)]),
  ]
  const priced = quote(
    basket([line('大豆油', 5290, 1, 'L'), line('陈醋', 690, 2, 'L'), line('鸭梨', 1180, 2)], { rules }),
  )
  assert.deepEqual(
    priced.outcomes.map((outcome) => [outcome.rule, wordsOf(outcome)]),
    [
      ['粮油满59减5', '减了 ¥5'],
      ['满98减4', '同类优惠只用一个，「粮油满59减5」更省'],
      ['满99减8', '还差 ¥8.70 减 ¥8（代替「粮油满59减5」）'],
    ],
  )
  const coupons = [coupon('5 元', off(0, 500)), coupon('满99减10', off(9900, 1000))]
  const held = quote(basket([line('a', 9000)], { coupons }))
  assert.equal(wordsOf(whyOf(held, '满99减10') ?? assert.fail()), '还差 ¥9 减 ¥10（代替「5 元」）')
})

test('domain 2.8: steps by pieces and by rate, with a cap in fen', () => {
  const rules = [steps('三件九折', [{ atFen: 0, atPieces: 3, offFen: 0, offBp: 1000 }], { maxOffFen: 250 })]
  const two = quote(basket([line('a', 999, 2)], { rules }))
  assert.equal(whyOf(two, '三件九折')?.next?.missingPieces, 1)
  assert.equal(wordsOf(whyOf(two, '三件九折') ?? assert.fail()), '还差 1 件 打 9 折')
  assert.equal(
    totalOf(basket([line('a', 333, 3)], { rules })),
    999 - 99,
    'the rate is rounded down to the fen',
  )
  assert.equal(totalOf(basket([line('a', 999, 3)], { rules })), 2997 - 250)
})

test('domain 2.8: applies to: categories, SKUs, exceptions, store, fulfilment, channel, tier, time', () => {
  const only = (own: Parameters<typeof steps>[2], of: Parameters<typeof basket>[1] = {}) => {
    const priced = quote(basket(TWO, { rules: [steps('r', [step(0, 100)], own)], ...of }))
    return [offsBy(priced, 'r'), whyOf(priced, 'r')?.why]
  }
  assert.deepEqual(only({ appliesTo: { categoryIds: ['G'] } }), [[0, 100], 'applied'])
  assert.deepEqual(only({ appliesTo: { skuIds: ['a'] } }), [[100, 0], 'applied'])
  assert.deepEqual(only({ appliesTo: { skuIds: ['a'], categoryIds: ['G'] } }), [[40, 60], 'applied'])
  assert.deepEqual(only({ appliesTo: { exceptSkuIds: ['a'] } }), [[0, 100], 'applied'])
  assert.deepEqual(only({ appliesTo: { exceptCategoryIds: ['G'] } }), [[100, 0], 'applied'])
  assert.deepEqual(only({ appliesTo: { categoryIds: ['L'] } }), [[0, 0], 'goods_not_eligible'])
  assert.deepEqual(only({ appliesTo: { storeIds: ['S02'] } }), [[0, 0], 'wrong_store'])
  assert.deepEqual(only({ appliesTo: { fulfilments: ['delivery'] } }), [[0, 0], 'delivery_only'])
  assert.deepEqual(only({ appliesTo: { fulfilments: ['pickup'] } }, { fulfilment: 'delivery' }), [
    [0, 0],
    'pickup_only',
  ])
  assert.deepEqual(only({ appliesTo: { channels: ['till'] } }), [[0, 0], 'wrong_channel'])
  assert.deepEqual(only({ appliesTo: { channels: ['online'] } }), [[40, 60], 'applied'])
  assert.deepEqual(only({ appliesTo: { tiers: ['gold'] } }), [[0, 0], 'wrong_tier'])
  assert.deepEqual(only({ appliesTo: { tiers: ['gold'] } }, { tier: 'silver' }), [[0, 0], 'wrong_tier'])
  assert.deepEqual(only({ appliesTo: { tiers: ['gold'] } }, { tier: 'gold' }), [[40, 60], 'applied'])
  assert.deepEqual(only({ appliesTo: { firstOrder: true } }), [[40, 60], 'applied'])
  assert.deepEqual(only({ appliesTo: { firstOrder: true } }, { boughtBefore: true }), [
    [0, 0],
    'first_order_only',
  ])
  assert.deepEqual(only({ from: new Date(AT.getTime() + 1) }), [[0, 0], 'not_now'])
  assert.deepEqual(only({ until: AT }), [[0, 0], 'not_now'])
  assert.deepEqual(only({ from: AT, until: new Date(AT.getTime() + 1) }), [[40, 60], 'applied'])
})

test('domain 2.8: of one stack group one acts, of two groups both, unless one excludes the other', () => {
  const [big, small] = [steps('more', [step(0, 500)]), steps('a little', [step(0, 300)])]
  const same = quote(basket(TWO, { rules: [small, big] }))
  assert.deepEqual([same.discountFen, whyOf(same, 'a little')?.why], [500, 'beaten'])
  const other = steps('also', [step(0, 300)], { stackGroup: 'brand' })
  assert.equal(quote(basket(TWO, { rules: [other, big] })).discountFen, 800)
  for (const exclusive of [
    [{ ...other, exclusiveWith: ['step'] }, big],
    [other, { ...big, exclusiveWith: ['also'] }],
  ]) {
    const priced = quote(basket(TWO, { rules: exclusive }))
    assert.deepEqual([priced.discountFen, whyOf(priced, 'also')?.why], [500, 'excluded'])
    assert.equal(whyOf(priced, 'also')?.by?.rule, 'more')
  }
})

test('domain 2.8: exclusion is by line: what another rule did not touch may still take part', () => {
  const rules = [
    steps('粮油', [step(0, 200)], { appliesTo: { skuIds: ['a'] }, exclusiveWith: ['coupon', 'points'] }),
  ]
  const priced = quote(basket(TWO, { rules, coupons: [coupon('券', off(3000, 300))], points: points(100) }))
  assert.deepEqual(offsBy(priced, '券'), [0, 300])
  assert.deepEqual(offsBy(priced, 'points'), [0, 100])
  const below = quote(basket(TWO, { rules, coupons: [coupon('券', off(3001, 300))] }))
  assert.equal(whyOf(below, '券')?.next?.missingFen, 1, 'only lines that take part count for a threshold')
})

test('domain 2.8: pickup discount for those who collect', () => {
  const rules = [
    steps('自提98折', [{ atFen: 0, atPieces: 0, offFen: 0, offBp: 200 }], {
      stage: 'pickup',
      appliesTo: { fulfilments: ['pickup'] },
    }),
  ]
  assert.equal(totalOf(basket(TWO, { rules })), 4900)
  const home = quote(basket(TWO, { rules, fulfilment: 'delivery' }))
  assert.deepEqual([home.totalFen, wordsOf(whyOf(home, '自提98折') ?? assert.fail())], [5000, '到店自提才有'])
})

test('domain 2.8: coupons come after 满减: a threshold is counted on what is left', () => {
  const rules = [steps('满50减5', [step(5000, 500)])]
  const coupons = [coupon('满50减10', off(5000, 1000))]
  assert.equal(whyOf(quote(basket(TWO, { rules, coupons })), '满50减10')?.next?.missingFen, 500)
})

test('domain 2.1.5: rules, coupons and points leave one fen; only an exchange coupon makes an order free', () => {
  const cheap = [line('a', 300)]
  assert.equal(totalOf(basket(cheap, { rules: [steps('r', [step(0, 500)])] })), 1)
  assert.equal(totalOf(basket(cheap, { coupons: [coupon('c', off(0, 500))] })), 1)
  assert.equal(totalOf(basket(cheap, { points: points(10_000) })), 1)
  const gone = quote(
    basket(cheap, {
      rules: [steps('r', [step(0, 500)])],
      coupons: [coupon('c', off(0, 500))],
      points: points(9),
    }),
  )
  assert.equal(gone.totalFen, 1)
  assert.deepEqual([whyOf(gone, 'c')?.why, whyOf(gone, 'points')?.why], ['nothing_left', 'nothing_left'])
  const gift = coupon('新品体验券', { kind: 'exchange', toFen: 0 }, { appliesTo: { skuIds: ['a'] } })
  assert.equal(totalOf(basket(cheap, { coupons: [gift] })), 0)
})

test('an exchange coupon gives one piece of the dearest goods it names', () => {
  const gift = coupon('兑换券', { kind: 'exchange', toFen: 10 }, { appliesTo: { categoryIds: ['V'] } })
  const priced = quote(
    basket([line('a', 900), line('b', 3000, 1, 'G'), line('c', 1000, 2)], { coupons: [gift] }),
  )
  assert.deepEqual(pays(priced), [900, 3000, 1010])
})

test('domain 2.7: points: balance, cap by share and by count, least order, goods that are left out', () => {
  const pay = (own: Parameters<typeof points>[1], use = 5000) => {
    const priced = quote(basket(TWO, { points: points(use, own) }))
    return [priced.discountFen, priced.pointsUsed, whyOf(priced, 'points')?.why]
  }
  assert.deepEqual(pay({}, 700), [700, 700, 'applied'])
  assert.deepEqual(pay({ balance: 30 }), [30, 30, 'applied'])
  assert.deepEqual(pay({ capBp: 1000 }), [500, 500, 'applied'])
  assert.deepEqual(pay({ capPoints: 120 }), [120, 120, 'applied'])
  assert.deepEqual(pay({ minOrderFen: 5001 }), [0, 0, 'below_threshold'])
  assert.deepEqual(pay({ balance: -20 }), [0, 0, 'nothing_left'], 'a debt spends nothing')
  const onlyG = { categoryIds: ['G'], skuIds: [], exceptCategoryIds: [], exceptSkuIds: [] }
  assert.deepEqual(pay({ goods: onlyG, capBp: 5000 }), [1500, 1500, 'applied'])
  assert.deepEqual(pay({ goods: { ...onlyG, categoryIds: ['L'] } }), [0, 0, 'goods_not_eligible'])
  // 30 points a yuan: 100 points are worth 333 fen, for which 100 points are really needed.
  assert.deepEqual(pay({ pointsPerYuan: 30 }, 100), [333, 100, 'applied'])
  assert.deepEqual(pay({ pointsPerYuan: 30, capBp: 10 }, 100), [5, 2, 'applied'])
})

test('domain 2.7: points and their value are spread by the same routine', () => {
  const priced = quote(basket(TWO, { points: points(100, { pointsPerYuan: 30 }) }))
  // 333 fen over 2000 : 3000, then 100 points over 133 : 200.
  assert.deepEqual(
    priced.lines.map(({ shares }) => shares.map((share) => [share.offFen, share.points])),
    [[[133, 40]], [[200, 60]]],
  )
})

test('domain 2.7: points are earned on what is really paid, not on coupons, points or freight', () => {
  const priced = quote(
    basket(TWO, {
      fulfilment: 'delivery',
      coupons: [coupon('券', off(0, 1000))],
      points: points(150),
      freight: { label: '运费', feeFen: 400, freeFromFen: null },
      earn: EARN,
    }),
  )
  assert.deepEqual([priced.totalFen, priced.pointsEarned], [3850 + 400, 38])
  assert.deepEqual(
    priced.lines.map(({ earnedPoints }) => earnedPoints),
    [15, 23],
  )
})

test('a coupon that doubles points acts when none is cheaper', () => {
  const double = coupon('积分翻倍券', { kind: 'earn', timesBp: 20_000 })
  const priced = quote(basket(TWO, { coupons: [double], earn: EARN }))
  assert.deepEqual(
    [priced.totalFen, priced.pointsEarned, whyOf(priced, '积分翻倍券')?.why],
    [5000, 100, 'applied'],
  )
})

test('freight: free from a sum, by coupon, and never dearer because of a coupon', () => {
  const freight = { label: '运费', feeFen: 400, freeFromFen: 5000 }
  const home = { fulfilment: 'delivery', freight } as const
  const free = quote(basket(TWO, home))
  assert.deepEqual([free.freightFen, wordsOf(whyOf(free, 'freight') ?? assert.fail())], [0, '免了运费 ¥4'])
  assert.equal(totalOf(basket(TWO, { ...home, coupons: [coupon('券', off(0, 300))] })), 4700)
  const small = quote(basket([line('a', 4380)], home))
  assert.deepEqual(
    [small.totalFen, wordsOf(whyOf(small, 'freight') ?? assert.fail())],
    [4780, '还差 ¥6.20 免运费'],
  )
  const gift = coupon('免运费券', { kind: 'freight' })
  assert.equal(totalOf(basket([line('a', 4380)], { ...home, coupons: [gift] })), 4380)
  const collected = quote(basket([line('a', 4380)], { coupons: [gift], freight }))
  assert.deepEqual([collected.totalFen, whyOf(collected, '免运费券')?.why], [4380, 'delivery_only'])
})

test('coupons: the set under which the whole order is cheapest, of those that may stand together', () => {
  const coupons = [
    coupon('a', off(0, 300)),
    coupon('b', off(0, 500), { exclusiveWith: ['brand'] }),
    coupon('c', off(0, 400), { stackGroup: 'brand' }),
  ]
  const priced = quote(basket(TWO, { coupons }))
  assert.equal(priced.discountFen, 700, 'a and c together beat b alone, and b excludes c')
  assert.equal(whyOf(priced, 'b')?.why, 'beaten')
  const four = ['d', 'e', 'f', 'g'].map((id) => coupon(id, off(0, 100), { stackGroup: id }))
  assert.equal(quote(basket(TWO, { coupons: four })).discountFen, 300, 'three together at most')
  assert.throws(
    () => quote(basket(TWO, { coupons: Array.from({ length: 31 }, (_, i) => coupon(`c${i}`, off(0, 1))) })),
    RangeError,
  )
})
