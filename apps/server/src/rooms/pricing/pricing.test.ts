import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#kernel/problem'
import type { Sellable } from '#room/catalog'
import { NOTHING } from './benefits.ts'
import { price, type PriceSources, type Wish } from './pricing.ts'
import { EVERYTHING, type RuleTerm } from './terms.ts'

const good = (skuId: string, unitFen: number, onShelf = true): Sellable => ({
  skuId,
  productId: `product of ${skuId}`,
  categoryId: 'G',
  name: skuId,
  unit: '份',
  barcode: '6999911000015',
  shelf: null,
  pictureId: null,
  unitFen,
  shelfFen: unitFen,
  weight: null,
  components: null,
  onShelf,
})
const GOODS = new Map(
  [good('apple', 1280), good('pear', 1180), good('gone', 100, false), good('gold', 10_000_000)].map(
    (each) => [each.skuId, each],
  ),
)
const NOW = new Date('2026-11-23T04:00:00Z')
const from = (rules: readonly RuleTerm[] = []): PriceSources => ({
  clock: { now: () => NOW },
  stores: { require: () => ({}) as never },
  catalog: { sellable: (_: string, skuId: string) => GOODS.get(skuId) },
  rules: { rulesOf: () => rules },
  ledgers: { pointsTerms: () => null },
})
const wish = (lines: Wish['lines'], more: Partial<Wish> = {}): Wish => ({
  storeId: 'S01',
  fulfilment: { kind: 'pickup' },
  lines,
  ...more,
})
const BOTH: Wish['lines'] = [
  { skuId: 'apple', quantity: 2 },
  { skuId: 'pear', quantity: 1 },
]

test('a basket: lines, sums, and what each line is', () => {
  const { quote: priced, goods, explain } = price(from(), wish(BOTH))
  assert.deepEqual(
    priced.lines.map(({ skuId, amountFen, payFen }) => [skuId, amountFen, payFen]),
    [
      ['apple', 2560, 2560],
      ['pear', 1180, 1180],
    ],
  )
  assert.deepEqual(
    [priced.goodsFen, priced.discountFen, priced.freightFen, priced.totalFen],
    [3740, 0, 0, 3740],
  )
  assert.deepEqual(
    goods.map(({ skuId }) => skuId),
    ['apple', 'pear'],
  )
  assert.deepEqual(explain(), [])
})

test('a rule of the store lowers the basket, line by line, and says so', () => {
  const rule: RuleTerm = {
    id: 'r1',
    label: '满30减4',
    stage: 'step',
    stackGroup: 'step',
    exclusiveWith: [],
    appliesTo: EVERYTHING,
    funding: 'hq',
    maxOffFen: null,
    from: NOW,
    until: null,
    steps: [{ atFen: 3000, atPieces: 0, offFen: 400, offBp: 0 }],
  }
  const { quote: priced, explain } = price(from([rule]), wish(BOTH))
  // 400 × 2560 / 3740 = 273.8; 400 × 1180 / 3740 = 126.2
  assert.deepEqual(
    priced.lines.map(({ discounts, payFen }) => [discounts, payFen]),
    [
      [[{ rule: 'r1', label: '满30减4', offFen: 274, points: 0 }], 2286],
      [[{ rule: 'r1', label: '满30减4', offFen: 126, points: 0 }], 1054],
    ],
  )
  assert.deepEqual(priced.discounts, [{ rule: 'r1', label: '满30减4', offFen: 400, points: 0 }])
  assert.equal(priced.totalFen, 3340)
  const [why] = explain()
  assert.deepEqual([why?.why, why?.offFen, why?.words], ['applied', 400, '减了 ¥4'])
  assert.deepEqual(why?.lines, [
    { skuId: 'apple', offFen: 274 },
    { skuId: 'pear', offFen: 126 },
  ])
})

const ONE: Wish['lines'] = [{ skuId: 'apple', quantity: 1 }]
const REFUSALS: readonly [what: string, wish: Wish, code: string][] = [
  ['unknown SKU', wish([{ skuId: 'nothing', quantity: 1 }]), 'catalog.sku_missing'],
  ['off the shelf', wish([{ skuId: 'gone', quantity: 1 }]), 'catalog.sku_missing'],
  ['a SKU twice', wish([...ONE, ...ONE]), 'pricing.line_repeated'],
  ['beyond any order', wish([{ skuId: 'gold', quantity: 901 }]), 'pricing.amount_too_large'],
  ['delivery', wish(ONE, { fulfilment: { kind: 'delivery' } }), 'fulfilment.delivery_unavailable'],
]
for (const [what, asked, code] of REFUSALS) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => price(from(), asked),
      (error) => error instanceof Problem && error.code === code,
    )
  })
}
test('an unknown store is asked for before anything else', () => {
  const stores: PriceSources['stores'] = {
    require(id) {
      throw new Error(`no store ${id}`)
    },
  }
  assert.throws(() => price({ ...from(), stores }, wish([])), /no store S01/)
})

const GOLD = {
  code: 'gold',
  name: '金柿',
  pointsTimesBp: 15_000,
  offBp: 500,
  exceptCategoryIds: [] as string[],
  since: new Date('2026-01-01T00:00:00Z'),
}
const MEMBER_PRICES: readonly [
  what: string,
  shelfFen: number,
  unitFen: number,
  except: string[],
  payFen: number,
  why: string,
][] = [
  ['5% off the store price, rounded down to the fen', 1290, 1290, [], 1226, 'applied'],
  ['domain 2.8: an online price that is lower holds, not both', 1290, 1200, [], 1200, 'beaten'],
  [
    'domain 2.8: an online price that is higher gives way, and nothing is taken off it',
    1290,
    1250,
    [],
    1226,
    'applied',
  ],
  ['goods without a member price', 1290, 1290, ['G'], 1290, 'goods_not_eligible'],
  ['never below a fen', 1, 1, [], 1, 'beaten'],
]
for (const [what, shelfFen, unitFen, exceptCategoryIds, payFen, why] of MEMBER_PRICES)
  test(`member price: ${what}`, () => {
    const catalog = { sellable: () => ({ ...good('apple', unitFen), shelfFen }) }
    const { quote: priced, explain } = price(
      { ...from(), catalog },
      wish([{ skuId: 'apple', quantity: 1 }]),
      {
        ...NOTHING,
        tier: { ...GOLD, exceptCategoryIds },
      },
    )
    assert.equal(priced.totalFen, payFen)
    assert.equal(explain().find(({ rule }) => rule === 'tier')?.why, why)
  })
test('a tier without a member price, and nobody in particular, pay what everybody pays', () => {
  const lines: Wish['lines'] = [{ skuId: 'apple', quantity: 3 }]
  const anybody = price(from(), wish(lines)).quote
  assert.deepEqual(price(from(), wish(lines), { ...NOTHING, tier: { ...GOLD, offBp: 0 } }).quote, anybody)
})
test('domain 2.7: a tier multiplies the points that are earned, rounded down', () => {
  const terms = {
    pointsPerYuan: 100,
    capBp: 5000,
    capPoints: null,
    minOrderFen: 0,
    exceptCategoryIds: [],
    fenPerPoint: 100,
    frozenDays: 7,
    validMonths: 12,
    active: true,
    since: NOW,
  }
  const lines: Wish['lines'] = [{ skuId: 'apple', quantity: 1 }]
  const at = { ...from(), ledgers: { pointsTerms: () => terms } }
  const tier = { ...GOLD, offBp: 0 }
  assert.equal(price(at, wish(lines)).quote.pointsEarned, 12)
  assert.equal(price(at, wish(lines), { ...NOTHING, tier }).quote.pointsEarned, 19)
})
