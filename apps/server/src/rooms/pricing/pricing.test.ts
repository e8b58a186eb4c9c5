import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '#kernel/problem'
import type { Sellable } from '#room/catalog'
import { price, type Wish } from './pricing.ts'
import { quote } from './quote.ts'

const good = (skuId: string, unitFen: number, onShelf = true): Sellable => ({
  skuId,
  productId: `product of ${skuId}`,
  name: skuId,
  unit: '份',
  barcode: '6999911000015',
  shelf: null,
  pictureId: null,
  unitFen,
  weighed: false,
  onShelf,
})
const GOODS = new Map(
  [good('apple', 1280), good('pear', 1180), good('gone', 100, false), good('gold', 10_000_000)].map(
    (each) => [each.skuId, each],
  ),
)
const deps = {
  stores: {
    require: (id: string): never => {
      throw new Error(`no store ${id}`)
    },
  },
  catalog: { sellable: (_: string, skuId: string) => GOODS.get(skuId) },
}
const open = { ...deps, stores: { require: () => ({}) as never } }
const wish = (lines: Wish['lines'], more: Partial<Wish> = {}): Wish => ({
  storeId: 'S01',
  fulfilment: { kind: 'pickup' },
  lines,
  ...more,
})

test('a basket: lines, sums, and what each line is', () => {
  const { quote: priced, goods } = price(
    open,
    wish([
      { skuId: 'apple', quantity: 2 },
      { skuId: 'pear', quantity: 1 },
    ]),
  )
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
})

const ONE: Wish['lines'] = [{ skuId: 'apple', quantity: 1 }]
const COUPON = '01900000-0000-7000-8000-000000000000'
const REFUSALS: readonly [what: string, wish: Wish, code: string][] = [
  ['unknown SKU', wish([{ skuId: 'nothing', quantity: 1 }]), 'catalog.sku_missing'],
  ['off the shelf', wish([{ skuId: 'gone', quantity: 1 }]), 'catalog.sku_missing'],
  ['a SKU twice', wish([...ONE, ...ONE]), 'pricing.line_repeated'],
  ['beyond any order', wish([{ skuId: 'gold', quantity: 901 }]), 'pricing.amount_too_large'],
  ['a coupon', wish(ONE, { couponIds: [COUPON] }), 'coupons.unusable'],
  ['points', wish(ONE, { usePoints: 1 }), 'points.unusable'],
  ['delivery', wish(ONE, { fulfilment: { kind: 'delivery' } }), 'fulfilment.delivery_unavailable'],
]
for (const [what, asked, code] of REFUSALS) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => price(open, asked),
      (error) => error instanceof Problem && error.code === code,
    )
  })
}
test('no coupons and no points are no wish at all', () => {
  assert.equal(price(open, wish(ONE, { couponIds: [], usePoints: 0 })).quote.totalFen, 1280)
})
test('an unknown store is asked for before anything else', () => {
  assert.throws(() => price(deps, wish([])), /no store S01/)
})
test('property: whole fen, parts add up, the order of lines does not matter', () => {
  const line = fc.record({
    skuId: fc.uuid(),
    name: fc.string(),
    quantity: fc.integer({ min: 1, max: 999 }),
    unitFen: fc.integer({ min: 1, max: 90_000 }),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 100 }), (lines) => {
      const priced = quote({ storeId: 'S01', lines })
      const sum = (of: (each: (typeof priced.lines)[number]) => number) =>
        priced.lines.reduce((total, each) => total + of(each), 0)
      assert.equal(
        sum((each) => each.amountFen),
        priced.goodsFen,
      )
      assert.equal(
        sum((each) => each.payFen),
        priced.totalFen - priced.freightFen,
      )
      assert.equal(priced.goodsFen - priced.discountFen + priced.freightFen, priced.totalFen)
      assert.equal(quote({ storeId: 'S01', lines: lines.toReversed() }).totalFen, priced.totalFen)
    }),
  )
})
