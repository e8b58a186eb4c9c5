// What holds for every basket under every set of rules (domain handbook §2.8).
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excludes } from '../../src/rooms/pricing/applies.ts'
import { quote } from '../../src/rooms/pricing/quote.ts'
import type { Basket, CouponTerm, PriceTerm, StepTerm, Term } from '../../src/rooms/pricing/terms.ts'
import { basket, coupon, EARN, line, points, pricing, steps } from './baskets.ts'

const CATEGORIES = ['V', 'G', 'L'] as const
const GROUPS = ['step', 'pickup', 'coupon', 'brand', 'points'] as const
const fen = (max: number) => fc.integer({ min: 0, max })

const scope = fc.record({
  categoryIds: fc.oneof(fc.constant([]), fc.subarray([...CATEGORIES])),
  exceptCategoryIds: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...CATEGORIES])),
})
const own = fc.record({
  appliesTo: scope,
  stackGroup: fc.constantFrom(...GROUPS),
  exclusiveWith: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray([...GROUPS])),
  maxOffFen: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3000 })),
})
const oneStep = fc.record({
  atFen: fen(12_000),
  atPieces: fen(6),
  offFen: fen(4000),
  offBp: fc.constantFrom(0, 0, 500, 3000),
})
const someSteps = fc.array(oneStep, { minLength: 1, maxLength: 3 })
const named = <T>(of: fc.Arbitrary<T>, name: string, maxLength: number) =>
  fc.array(of, { maxLength }).map((all) => all.map((each, i) => ({ each, id: `${name}-${i}` })))

const stepTerms = named(
  fc.record({ of: someSteps, terms: own, stage: fc.constantFrom('step' as const, 'pickup' as const) }),
  'rule',
  6,
).map((all) => all.map(({ each, id }): StepTerm => steps(id, each.of, { ...each.terms, stage: each.stage })))
const priceTerms = named(
  fc.record({
    prices: fc.oneof(
      fc.record({ offBp: fen(9000) }),
      fc.dictionary(fc.constantFrom('l0', 'l1', 'l2', 'l3'), fc.integer({ min: 1, max: 5000 })),
    ),
    terms: own,
    stage: fc.constantFrom('activity' as const, 'price' as const, 'price' as const),
  }),
  'price',
  3,
).map((all) =>
  all.map(({ each, id }): PriceTerm => pricing(id, each.prices, { ...each.terms, stage: each.stage })),
)
const effect: fc.Arbitrary<CouponTerm['effect']> = fc.oneof(
  someSteps.map((of) => ({ kind: 'steps' as const, steps: of })),
  fen(200).map((toFen) => ({ kind: 'exchange' as const, toFen })),
  fc.constant({ kind: 'freight' as const }),
  fc.constant({ kind: 'earn' as const, timesBp: 20_000 }),
)
const coupons = named(fc.record({ effect, terms: own }), 'coupon', 5).map((all) =>
  all.map(({ each, id }) => coupon(id, each.effect, each.terms)),
)
const lines = fc
  .array(
    fc.record({
      unitFen: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6000 })),
      quantity: fc.integer({ min: 1, max: 6 }),
      categoryId: fc.constantFrom(...CATEGORIES),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ unitFen, quantity, categoryId }, i) => line(`l${i}`, unitFen, quantity, categoryId)),
  )
const anyBasket: fc.Arbitrary<Basket> = fc
  .record({
    lines,
    rules: fc.tuple(stepTerms, priceTerms).map((both) => both.flat()),
    coupons,
    delivery: fc.boolean(),
    use: fc.oneof(fc.constant(0), fen(5000)),
    pointsOwn: fc.record({
      pointsPerYuan: fc.constantFrom(100, 30, 1000, 7),
      capBp: fc.constantFrom(10_000, 1000, 333),
    }),
    freeFromFen: fc.oneof(fc.constant(null), fen(9000)),
  })
  .map(({ delivery, use, pointsOwn, freeFromFen, ...of }) =>
    basket(of.lines, {
      rules: of.rules,
      coupons: of.coupons,
      fulfilment: delivery ? 'delivery' : 'pickup',
      points: use === 0 ? null : points(use, pointsOwn),
      freight: { label: '运费', feeFen: 400, freeFromFen },
      earn: EARN,
    }),
  )
const RUNS = { numRuns: 1500 }
const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0)

test('domain 2.8: property · whole fen, every fen of a discount on a line, no line below nothing', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      const priced = quote(wanted)
      for (const each of priced.lines) {
        assert.ok(Number.isInteger(each.payFen) && each.payFen >= 0 && each.payFen <= each.amountFen)
        assert.equal(each.amountFen - sum(each.shares, ({ offFen }) => offFen), each.payFen)
        for (const share of each.shares) assert.ok(Number.isInteger(share.offFen) && share.offFen > 0)
      }
      assert.equal(
        sum(priced.lines, ({ payFen }) => payFen) + priced.freightFen,
        priced.totalFen,
        'total = Σ line pay + freight',
      )
      assert.equal(priced.goodsFen - priced.discountFen + priced.freightFen, priced.totalFen)
      assert.equal(
        sum(priced.discounts, ({ offFen }) => offFen),
        priced.discountFen,
      )
      const shares = priced.lines.flatMap((each) => each.shares)
      assert.equal(
        sum(shares, (share) => share.points),
        priced.pointsUsed,
      )
      assert.equal(
        sum(priced.lines, ({ earnedPoints }) => earnedPoints),
        priced.pointsEarned,
      )
    }),
    RUNS,
  )
})

test('domain 2.8: property · the order of lines, rules and coupons changes nothing', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      const [priced, turned] = [
        quote(wanted),
        quote({
          ...wanted,
          lines: wanted.lines.toReversed(),
          rules: wanted.rules.toReversed(),
          coupons: wanted.coupons.toReversed(),
        }),
      ]
      assert.deepEqual(turned.lines.toReversed(), priced.lines)
      assert.deepEqual([turned.totalFen, turned.pointsUsed], [priced.totalFen, priced.pointsUsed])
      assert.deepEqual(
        turned.outcomes.map(({ rule, why, offFen }) => [rule, why, offFen]),
        priced.outcomes.map(({ rule, why, offFen }) => [rule, why, offFen]),
      )
    }),
    RUNS,
  )
})

test('domain 2.8: property · one coupon more, or more points, never makes an order dearer', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      let before = Infinity
      for (let held = 0; held <= wanted.coupons.length; held++) {
        const { totalFen } = quote({ ...wanted, coupons: wanted.coupons.slice(0, held) })
        assert.ok(totalFen <= before, `${held} coupons: ${totalFen} after ${before}`)
        before = totalFen
      }
      assert.ok(before <= quote({ ...wanted, points: null }).totalFen)
    }),
    RUNS,
  )
})

test('domain 2.8: property · excluding terms never meet on a line; one term of a stack group at most', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      const terms = new Map<string, Term>([...wanted.rules, ...wanted.coupons].map((term) => [term.id, term]))
      const priced = quote(wanted)
      for (const { shares } of priced.lines) {
        const acting = shares.flatMap(({ rule }) => terms.get(rule) ?? [])
        for (const [i, a] of acting.entries())
          for (const b of acting.slice(i + 1)) assert.ok(!excludes(a, b), `${a.id} beside ${b.id}`)
        if (shares.some(({ rule }) => rule === 'points'))
          for (const term of acting) assert.ok(!term.exclusiveWith.includes('points'))
      }
      const stacked = priced.outcomes
        .filter(({ why, stage }) => why === 'applied' && ['step', 'pickup', 'coupon'].includes(stage))
        .map(({ rule, stage }) => `${stage} ${terms.get(rule)?.stackGroup}`)
      assert.equal(new Set(stacked).size, stacked.length)
    }),
    RUNS,
  )
})

test('domain 2.1.5: property · one fen of the goods remains, unless an exchange coupon acted', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      const priced = quote(wanted)
      const gifts = new Set(
        wanted.coupons.filter((each) => each.effect.kind === 'exchange').map(({ id }) => id),
      )
      const gave = priced.discounts.some(({ rule }) => gifts.has(rule))
      if (!gave) assert.ok(priced.totalFen - priced.freightFen >= 1)
    }),
    RUNS,
  )
})

test('domain 2.8: property · every term is explained once, and what it says is what it did', () => {
  fc.assert(
    fc.property(anyBasket, (wanted) => {
      const priced = quote(wanted)
      const ids = [...wanted.rules, ...wanted.coupons].map(({ id }) => id)
      const told = priced.outcomes.map(({ rule }) => rule)
      assert.equal(new Set(told).size, told.length)
      for (const id of ids) assert.ok(told.includes(id), id)
      for (const { rule, why, offFen, lines: on, by, next } of priced.outcomes) {
        const taken = priced.discounts.find((discount) => discount.rule === rule)?.offFen ?? 0
        assert.equal(
          sum(on, (each) => each.offFen),
          taken,
          rule,
        )
        if (why !== 'applied') assert.equal(offFen, 0)
        // A step that is not reached may name what it would replace.
        if (why !== 'below_threshold')
          assert.equal(why === 'excluded' || why === 'beaten', by !== null, `${rule}: ${why}`)
        if (why === 'below_threshold') assert.ok(next && next.missingFen + next.missingPieces > 0)
      }
    }),
    RUNS,
  )
})

test('speed, for the record: 50 lines, 20 rules and 10 coupons', (t) => {
  const many = Array.from({ length: 50 }, (_, i) =>
    line(`l${i}`, 300 + i * 37, 1 + (i % 4), CATEGORIES[i % 3]),
  )
  const rules = Array.from({ length: 20 }, (_, i) =>
    steps(
      `r${i}`,
      [
        { atFen: 3000 + i * 100, atPieces: 0, offFen: 100 + i, offBp: 0 },
        { atFen: 9000, atPieces: 3, offFen: 0, offBp: 300 },
      ],
      { stage: i % 4 === 0 ? 'pickup' : 'step', stackGroup: `g${i % 5}` },
    ),
  )
  const held = Array.from({ length: 10 }, (_, i) =>
    coupon(`c${i}`, { kind: 'steps', steps: [{ atFen: 0, atPieces: 0, offFen: 50 + i, offBp: 0 }] }),
  )
  const wanted = basket(many, { rules, coupons: held, points: points(800), earn: EARN })
  for (let i = 0; i < 200; i++) quote(wanted)
  // Time of the processor, so that what else runs on the machine does not count.
  const before = process.cpuUsage()
  for (let i = 0; i < 200; i++) quote(wanted)
  const { user, system } = process.cpuUsage(before)
  assert.ok(quote(wanted).discountFen > 0)
  t.diagnostic(`${((user + system) / 200_000).toFixed(2)} ms for one quote`)
})
