// A bargain as it is published: every fen of its table, and what cannot be said.
import { BargainTerms } from '@linli/contract/campaign-rallies'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { secondsAfter } from '#kernel/clock'
import type { CampaignPlan, CampaignTermsOf } from '#room/campaigns'
import { bargainFaults } from './soundness.ts'
import { evenCuts, floorOf, priceAfter, tableRows, type Terms } from './table.ts'
import { bargainRules, spanWords } from './words.ts'

const start = new Date('2026-11-24T00:00:00Z')
const minutes = (n: number) => secondsAfter(start, n * 60)
const terms: Terms = {
  kind: 'bargain',
  startFen: 5990,
  cuts: [600, 500, 400, 400, 300, 300, 250, 250],
  hours: 24,
  holdMinutes: 30,
  helpsEach: 3,
  helpsPerDay: 2,
  helperTemplateId: null,
}
type Plan = CampaignPlan<CampaignTermsOf<'bargain'>>
const item = (priceFen: number, ...stores: string[]) => ({
  skuId: 'cup',
  priceFen,
  quotas: stores.map((storeId) => ({ storeId, quota: 5 })),
})
const plan: Plan = {
  name: '保温杯砍价',
  items: [item(2990, 'S01', 'S02')],
  perMember: 1,
  payMinutes: 10,
  armMinutes: 0,
  tiers: null,
  firstOrder: false,
  funding: 'hq',
  startsAt: start,
  endsAt: minutes(3 * 24 * 60),
  terms,
}
/** What stores ask: S03 another price than the others. */
const priceAt = (storeId: string): number | undefined =>
  new Map([
    ['S01', 5990],
    ['S02', 5990],
    ['S03', 5490],
  ]).get(storeId)

test('domain 2.4 砍价: a table falls with each friend and ends at the floor, to the fen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 100_000 }),
      (cuts, floorFen) => {
        const startFen = floorFen + cuts.reduce((sum, cut) => sum + cut, 0)
        const prices = [startFen, ...tableRows({ startFen, cuts }).map(({ priceFen }) => priceFen)]
        assert.ok(prices.every((price, k) => k === 0 || price < (prices[k - 1] ?? 0)))
        assert.equal(prices.at(-1), floorFen)
        assert.equal(floorOf({ startFen, cuts }), floorFen)
        assert.equal(priceAfter({ startFen, cuts }, cuts.length + 5), floorFen)
        const sound = { ...plan, items: [item(floorFen, 'S01')], terms: { ...terms, startFen, cuts } }
        assert.deepEqual(
          bargainFaults(sound, () => startFen),
          [],
        )
      },
    ),
  )
})

test('domain 2.4 砍价: even cuts add up, and differ by a fen at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 20 }), (off, helpers) => {
      const cuts = evenCuts(1 + off, 1, helpers)
      if (off < helpers) return assert.deepEqual(cuts, [])
      assert.equal(cuts.length, helpers)
      assert.equal(
        cuts.reduce((sum, cut) => sum + cut, 0),
        off,
      )
      assert.ok(Math.max(...cuts) - Math.min(...cuts) <= 1)
      return undefined
    }),
  )
})

const cuts = (...each: number[]): Partial<Plan> => ({ terms: { ...terms, cuts: each } })
const UNSOUND: readonly [what: string, change: Partial<Plan>, code: string][] = [
  ['a fen too much', cuts(...terms.cuts.slice(0, 7), 251), 'bargain_table_sum'],
  ['a fen too little', cuts(...terms.cuts.slice(0, 7), 249), 'bargain_table_sum'],
  ['a friend who cuts nothing', cuts(...terms.cuts, 0), 'bargain_cut_none'],
  ['a friend who makes it dearer', cuts(3100, -100), 'bargain_cut_none'],
  ['half a fen', cuts(2999.5, 0.5), 'bargain_cut_none'],
  ['a floor above the price', { items: [item(6000, 'S01')] }, 'bargain_floor_high'],
  ['a floor that is the price', { items: [item(5990, 'S01')] }, 'bargain_floor_high'],
  ['for nothing (砍价免费拿)', { items: [item(0, 'S01')], ...cuts(5990) }, 'bargain_floor_none'],
  ['a price that a store does not ask', { items: [item(2990, 'S01', 'S03')] }, 'bargain_start_price'],
  ['two kinds of goods', { items: [item(2990, 'S01'), item(2990, 'S02')] }, 'bargain_one_item'],
  ['no goods', { items: [] }, 'bargain_one_item'],
  ['a hold that outlasts the campaign', { endsAt: minutes(30) }, 'bargain_hold_long'],
]
for (const [what, change, code] of UNSOUND)
  test(`domain 2.4 砍价: terms are refused with ${what}`, () => {
    assert.deepEqual(bargainFaults(plan, priceAt), [])
    assert.ok(bargainFaults({ ...plan, ...change }, priceAt).some((each) => each.code === code))
  })

test('domain 2.4 砍价: chance cannot be said, nor a table without its rows', () => {
  assert.ok(Value.Check(BargainTerms, terms))
  for (const odd of [
    { randomMinFen: 1, randomMaxFen: 500 },
    { random: true },
    { cuts: [] },
    { cuts: [-1] },
    { cuts: [1.5] },
    { startFen: -1 },
    { helpsEach: -1 },
    { helpsPerDay: 0 },
    { virtualSales: 99 },
  ])
    assert.ok(!Value.Check(BargainTerms, { ...terms, ...odd }), JSON.stringify(odd))
})

test('domain 2.4 砍价: what is published says how many friends, every cut, every price and how long', () => {
  const text = bargainRules(terms)
    .map(({ title, words }) => `${title}:${words}`)
    .join('\n')
  assert.ok(text.includes('正好 8 位'))
  for (const { helper, cutFen, priceFen } of tableRows(terms)) {
    const [cut, price] = [cutFen, priceFen].map((fen) => (fen / 100).toFixed(2))
    assert.ok(text.includes(`第 ${helper} 位砍 ¥${cut}，到 ¥${price}`))
  }
  for (const words of ['没有随机', '24 小时', '留 30 分钟', '开始时不占库存'])
    assert.ok(text.includes(words), words)
  assert.equal(spanWords(90), '1 小时 30 分钟')
  assert.equal(spanWords(60), '1 小时')
})
