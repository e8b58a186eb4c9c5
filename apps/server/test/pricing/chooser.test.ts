// The best set of coupons, against trying every set there is.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quote } from '../../src/rooms/pricing/quote.ts'
import type { Basket, CouponTerm } from '../../src/rooms/pricing/terms.ts'
import { basket, coupon, EARN, line, points } from './baskets.ts'

const CATEGORIES = ['V', 'G', 'L'] as const
const GROUPS = ['a', 'b', 'c', 'd', 'e'] as const
const effect: fc.Arbitrary<CouponTerm['effect']> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('steps' as const),
      steps: fc.array(
        fc.record({
          atFen: fc.integer({ min: 0, max: 6000 }),
          atPieces: fc.integer({ min: 0, max: 4 }),
          offFen: fc.constantFrom(0, 100, 300, 300, 777, 5000),
          offBp: fc.constantFrom(0, 0, 1000, 3333),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('exchange' as const), toFen: fc.constantFrom(0, 1, 99) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'freight' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('earn' as const), timesBp: fc.constantFrom(15_000, 20_000) }),
  },
)
const coupons = fc
  .array(
    fc.record({
      effect,
      stackGroup: fc.constantFrom(...GROUPS),
      categoryIds: fc.oneof(fc.constant([]), fc.subarray([...CATEGORIES])),
      exclusiveWith: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray([...GROUPS, 'points'])),
      maxOffFen: fc.constantFrom(null, null, 50, 400),
    }),
    { maxLength: 7 },
  )
  .map((all) =>
    all.map(({ effect: does, categoryIds, ...own }, i) =>
      coupon(`c${i}`, does, { ...own, appliesTo: { categoryIds } }),
    ),
  )
const order: fc.Arbitrary<Basket> = fc
  .record({
    lines: fc.array(
      fc.record({
        unitFen: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 50, max: 3000 })),
        quantity: fc.integer({ min: 1, max: 4 }),
        categoryId: fc.constantFrom(...CATEGORIES),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    coupons,
    delivered: fc.boolean(),
    use: fc.constantFrom(0, 0, 300, 5000),
    capBp: fc.constantFrom(3000, 10_000),
    exceptCategoryIds: fc.constantFrom([], ['V']),
  })
  .map(({ lines, delivered, use, capBp, exceptCategoryIds, ...rest }) =>
    basket(
      lines.map(({ unitFen, quantity, categoryId }, i) => line(`l${i}`, unitFen, quantity, categoryId)),
      {
        ...rest,
        fulfilment: delivered ? 'delivery' : 'pickup',
        freight: { label: '运费', feeFen: 600, freeFromFen: 9000 },
        points: points(use, { capBp }),
        earn: { ...EARN, goods: { ...EARN.goods, exceptCategoryIds } },
      },
    ),
  )

const acting = ({ outcomes }: ReturnType<typeof quote>): number =>
  outcomes.filter(({ stage, why }) => stage === 'coupon' && why === 'applied').length
interface Sums {
  totalFen: number
  pointsEarned: number
  coupons: number
}
const isBetter = (a: Sums, b: Sums): boolean => {
  if (a.totalFen !== b.totalFen) return a.totalFen < b.totalFen
  return a.pointsEarned === b.pointsEarned ? a.coupons < b.coupons : a.pointsEarned > b.pointsEarned
}
/** Cheapest, then what earns more, then fewer coupons: of every set of up to three in which each one acts. */
function byHand(of: Basket): Sums {
  const all = of.coupons
  const sets = Array.from({ length: 1 << all.length }, (_, set) =>
    all.filter((__, i) => (set & (1 << i)) !== 0),
  )
  const [first, ...others] = sets
    .filter((set) => set.length <= 3 && new Set(set.map(({ stackGroup }) => stackGroup)).size === set.length)
    .flatMap((set): Sums[] => {
      const priced = quote({ ...of, coupons: set })
      const { totalFen, pointsEarned } = priced
      return acting(priced) === set.length ? [{ totalFen, pointsEarned, coupons: set.length }] : []
    })
  assert.ok(first)
  return others.reduce((best, each) => (isBetter(each, best) ? each : best), first)
}

test('domain 2.8: the best set of coupons is that of trying every one', () => {
  fc.assert(
    fc.property(order, (of) => {
      const priced = quote(of)
      const { totalFen, pointsEarned } = priced
      assert.deepEqual({ totalFen, pointsEarned, coupons: acting(priced) }, byHand(of))
    }),
    { numRuns: 1500 },
  )
})

test('which coupons act does not depend on the order in which they are brought', () => {
  fc.assert(
    fc.property(order, fc.infiniteStream(fc.nat()), (of, dice) => {
      const shuffled = of.coupons
        .map((each) => ({ each, at: dice.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }) => each)
      assert.deepEqual(quote({ ...of, coupons: shuffled }), quote(of))
    }),
    { numRuns: 300 },
  )
})

test('of coupons that do the same, the one that is over sooner acts', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 11, n))
  const coupons = [3, 1, 2].map((n) =>
    coupon(
      `c${n}`,
      { kind: 'steps', steps: [{ atFen: 0, atPieces: 0, offFen: 100, offBp: 0 }] },
      { until: day(9 - n) },
    ),
  )
  const { outcomes } = quote(basket([line('a', 999)], { coupons }))
  assert.equal(outcomes.find(({ why }) => why === 'applied')?.rule, 'c3')
})
