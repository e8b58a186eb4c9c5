// Who has a coupon of those that many want at once.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '#kernel/clock'
import { type Claim, type ClaimView, claimKey, decideClaims, type DeskTemplate, leftOf } from './claims.ts'

const NOON = new Date('2026-11-22T04:00:00Z')
const TODAY = '2026-11-22'
const template = (over: Partial<DeskTemplate> = {}): DeskTemplate => ({
  id: 't',
  way: 'claim',
  validDays: 30,
  most: 5,
  mostEach: 1,
  mostPerDay: null,
  budgetFen: null,
  budgetOn: null,
  worthFen: null,
  needsPhone: false,
  firstOrder: false,
  opensAt: null,
  closesAt: null,
  endedAt: null,
  granted: 0,
  grantedDay: null,
  grantedToday: 0,
  ...over,
})
let serial = 0
const claim = (over: Partial<Claim> = {}): Claim => ({
  couponId: `c${++serial}`,
  templateId: 't',
  memberId: 'm',
  phone: null,
  key: `claim:${serial}`,
  by: 'test',
  at: NOON,
  ...over,
})
const view = (templates: readonly DeskTemplate[], had: [string, number][] = []): ClaimView => ({
  templates: new Map(templates.map((each) => [each.id, each])),
  had: new Map(had),
  keys: new Map(),
})
const answersTo = (claims: readonly Claim[], of: Partial<DeskTemplate> = {}, had: [string, number][] = []) =>
  decideClaims(view([template(of)], had), claims).answers.map((answer) =>
    answer.kind === 'claimed' ? 'claimed' : answer.problem.code,
  )

const REFUSALS: readonly [
  what: string,
  of: Partial<DeskTemplate>,
  claim: Partial<Claim>,
  had: number,
  answer: string,
][] = [
  ['open to all', {}, {}, 0, 'claimed'],
  ['another template', {}, { templateId: 'x' }, 0, 'coupons.offer_missing'],
  ['only staff give it', { way: 'grant' }, {}, 0, 'coupons.offer_missing'],
  ['ended', { endedAt: NOON }, {}, 0, 'coupons.offer_over'],
  ['not open yet', { opensAt: secondsAfter(NOON, 1) }, {}, 0, 'coupons.offer_over'],
  ['open from this moment', { opensAt: NOON }, {}, 0, 'claimed'],
  ['closed', { closesAt: NOON }, {}, 0, 'coupons.offer_over'],
  ['about to close', { closesAt: secondsAfter(NOON, 1) }, {}, 0, 'claimed'],
  ['no phone', { needsPhone: true }, {}, 0, 'coupons.phone_needed'],
  ['a phone', { needsPhone: true }, { phone: 'aa' }, 0, 'claimed'],
  ['as many as one may have', { mostEach: 2 }, {}, 2, 'coupons.limit_reached'],
  ['one less', { mostEach: 2 }, {}, 1, 'claimed'],
  ['all gone', { granted: 5 }, {}, 0, 'coupons.gone'],
  [
    'all of today gone',
    { mostPerDay: 2, granted: 2, grantedDay: TODAY, grantedToday: 2 },
    {},
    0,
    'coupons.gone_today',
  ],
  [
    'yesterday counts no more',
    { mostPerDay: 2, granted: 2, grantedDay: '2026-11-21', grantedToday: 2 },
    {},
    0,
    'claimed',
  ],
  [
    'the budget is promised',
    { budgetOn: 'granted', budgetFen: 1000, worthFen: 300, granted: 3 },
    {},
    0,
    'coupons.gone',
  ],
  [
    'the budget is enough',
    { budgetOn: 'granted', budgetFen: 1000, worthFen: 300, granted: 2 },
    {},
    0,
    'claimed',
  ],
]
for (const [what, of, over, had, answer] of REFUSALS)
  test(`claim · ${what}: ${answer}`, () =>
    assert.deepEqual(answersTo([claim(over)], of, [['t m', had]]), [answer]))

test('in one batch too: the last one goes to who came first, and nobody has two', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((memberId) => claim({ memberId }))
  assert.ok(a && b && c)
  const once = ['claimed', 'coupons.limit_reached', 'claimed', 'coupons.gone']
  assert.deepEqual(answersTo([a, claim({ memberId: 'a' }), b, c], { most: 2 }), once)
  assert.deepEqual(answersTo([a, a], { most: 2 }), ['claimed', 'claimed'], 'the same key')
  const both = [claim({ memberId: 'a', phone: 'aa' }), claim({ memberId: 'b', phone: 'aa' })]
  assert.deepEqual(answersTo(both), ['claimed', 'coupons.limit_reached'], 'another account, the same phone')
})

test('a coupon is good from the day it was claimed on, to the end of its last day', () => {
  const { writes } = decideClaims(view([template({ validDays: 2, firstOrder: true })]), [claim()])
  const [made] = writes?.made ?? []
  assert.deepEqual([made?.expiresAt.toISOString(), made?.firstOrder], ['2026-11-23T16:00:00.000Z', true])
})

const limits = fc.record({
  most: fc.integer({ min: 1, max: 8 }),
  mostEach: fc.integer({ min: 1, max: 3 }),
  mostPerDay: fc.option(fc.integer({ min: 1, max: 6 })),
  worthFen: fc.option(fc.integer({ min: 1, max: 500 })),
})
const wishes = fc.array(
  fc.record({
    templateId: fc.constantFrom('t', 'u', 'x'),
    memberId: fc.constantFrom('a', 'b', 'c', 'd'),
    phone: fc.constantFrom(null, 'aa', 'bb'),
    key: fc.constantFrom('k1', 'k2', 'k3'),
    later: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 30 },
)
test('law: a batch of claims decides as its claims would one by one, and no limit is passed', () => {
  fc.assert(
    fc.property(limits, wishes, ({ worthFen, ...own }, asked) => {
      const budget = worthFen === null ? {} : { worthFen, budgetOn: 'granted' as const, budgetFen: 1000 }
      const templates = ['t', 'u'].map((id) => template({ ...own, ...budget, id }))
      // A day goes by between some of them; they come in the order of time.
      const claims = asked
        .toSorted((a, b) => a.later - b.later)
        .map(({ later, ...each }) => claim({ ...each, at: secondsAfter(NOON, later * 86_400) }))
      const batch = decideClaims(view(templates), claims)
      const single = view(templates)
      const made: Claim[] = []
      const apart = claims.map((each) => {
        const had = made.filter(
          (other) =>
            other.templateId === each.templateId &&
            (other.memberId === each.memberId || (each.phone !== null && other.phone === each.phone)),
        ).length
        const now: ClaimView = {
          templates: single.templates,
          had: new Map([[`${each.templateId} ${each.memberId}`, had]]),
          keys: new Map(made.map((other) => [claimKey(other), other.couponId])),
        }
        const { answers, writes } = decideClaims(now, [each])
        for (const [id, row] of writes?.templates ?? [])
          (single.templates as Map<string, DeskTemplate>).set(id, row)
        made.push(...(writes?.made ?? []))
        return answers[0]
      })
      assert.deepEqual(batch.answers, apart)
      assert.deepEqual(
        batch.writes?.made.map(({ couponId }) => couponId) ?? [],
        made.map(({ couponId }) => couponId),
      )
      for (const row of single.templates.values()) {
        const mine = made.filter(({ templateId }) => templateId === row.id)
        assert.equal(row.granted, mine.length)
        assert.ok(row.granted <= row.most && row.granted * (row.worthFen ?? 0) <= 1000)
        assert.ok(row.grantedToday <= (row.mostPerDay ?? row.most))
        for (const memberId of ['a', 'b', 'c', 'd'])
          assert.ok(mine.filter((each) => each.memberId === memberId).length <= row.mostEach)
        assert.ok(leftOf(row, TODAY).left >= 0)
      }
    }),
    { numRuns: 300 },
  )
})
