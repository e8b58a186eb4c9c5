import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CampaignPlan as Plan, CampaignTermsOf as TermsOf } from '#room/campaigns'
import { dealOf, presale } from './index.ts'

type Terms = TermsOf<'presale'>
const deposit: NonNullable<Terms['deposit']> = {
  called: 'advance',
  bp: 2000,
  balanceFrom: '2026-12-08T00:00:00.000Z',
  balanceUntil: '2026-12-10T12:00:00.000Z',
}
const terms: Terms = {
  kind: 'presale',
  deposit,
  cutoff: '2026-12-09T12:00:00.000Z',
  pickupFrom: '2026-12-12T00:00:00.000Z',
  promisedBy: '2026-12-15T12:00:00.000Z',
}
const plan = (over: Partial<Terms> = {}, priceFen = 9800): Plan<Terms> => ({
  name: '内丘苹果 10 斤',
  items: [
    { skuId: '01900000-0000-7000-8000-000000000001', priceFen, quotas: [{ storeId: 'S01', quota: 100 }] },
  ],
  perMember: 2,
  payMinutes: 15,
  armMinutes: 0,
  tiers: null,
  firstOrder: false,
  funding: 'store',
  startsAt: new Date('2026-12-01T00:00:00Z'),
  endsAt: new Date('2026-12-07T12:00:00Z'),
  terms: { ...terms, ...over },
})
const codes = (over: Partial<Terms>, priceFen?: number) =>
  presale.faults(plan(over, priceFen), () => undefined).map(({ field, code }) => `${field} ${code}`)

test('domain 2.9: a presale hangs together, or says field by field what does not', () => {
  const table: [Partial<Terms>, string[]][] = [
    [{}, []],
    [{ deposit: null }, []],
    [{ deposit: { ...deposit, called: 'earnest' } }, []],
    [{ deposit: { ...deposit, called: 'earnest', bp: 2001 } }, ['terms/deposit/bp earnest_too_high']],
    [{ deposit: { ...deposit, bp: 4900 } }, []],
    [
      { deposit: { ...deposit, balanceFrom: '2026-12-07T12:14:59.999Z' } },
      ['terms/deposit/balanceFrom before_end'],
    ],
    [{ deposit: { ...deposit, balanceFrom: '2026-12-07T12:15:00.000Z' } }, []],
    [
      { deposit: { ...deposit, balanceUntil: '2026-12-08T23:59:59.999Z' } },
      ['terms/deposit/balanceUntil too_short'],
    ],
    [
      { deposit: { ...deposit, balanceUntil: '2026-12-15T12:00:00.001Z' } },
      ['terms/deposit/balanceUntil after_promise'],
    ],
    [{ cutoff: '2026-12-01T00:00:00.000Z' }, ['terms/cutoff before_start']],
    [{ cutoff: '2026-12-12T00:00:00.001Z' }, ['terms/cutoff after_pickup']],
    [
      { pickupFrom: '2026-12-07T11:59:59.999Z', cutoff: '2026-12-05T00:00:00Z' },
      ['terms/pickupFrom before_end'],
    ],
    [{ deposit: null, promisedBy: '2026-12-11T00:00:00.000Z' }, ['terms/promisedBy before_pickup']],
    [{ promisedBy: '2027-10-27T00:00:00.000Z' }, []],
    [{ promisedBy: '2027-10-27T00:00:00.001Z' }, ['terms/promisedBy too_late']],
  ]
  for (const [over, expected] of table) assert.deepEqual(codes(over), expected, JSON.stringify(over))
  assert.deepEqual(codes({}, 99), ['items/0/priceFen too_low'])
  assert.deepEqual(codes({ deposit: null }, 99), [])
})

test('goods of a presale are not taken off the shelf, and all of the quota may be ordered from the start', () => {
  assert.equal(presale.fromShelf, false)
  const { startsAt } = plan()
  assert.deepEqual(
    [new Date(startsAt.getTime() - 1), startsAt].map((at) => presale.releasedBp(plan(), at)),
    [0, 10_000],
  )
})

test('what is agreed is what the terms say, and moves with them as a whole', () => {
  const day = 86_400_000
  const later = presale.moved(terms, (at) => new Date(new Date(at).getTime() + day).toISOString())
  const [before, after] = [dealOf(terms), dealOf(later)]
  assert.ok(before && after)
  for (const key of ['cutoff', 'balanceFrom', 'balanceUntil', 'pickupFrom', 'promisedBy'] as const)
    assert.equal((after[key]?.getTime() ?? 0) - (before[key]?.getTime() ?? 0), day, key)
  assert.deepEqual([before.called, before.depositBp], ['advance', 2000])
  assert.equal(dealOf({ kind: 'flash', batches: [] }), null)
})

test('domain 2.9: what happens to a deposit is published in plain words before anybody pays', () => {
  const words = (called: 'advance' | 'earnest') =>
    presale
      .rules(plan({ deposit: { ...deposit, called } }))
      .map(({ title, words: each }) => `${title}：${each}`)
  assert.ok(words('advance').includes('没付尾款：订单关闭，预付款原路退回'))
  assert.ok(words('earnest').includes('没付尾款：订单关闭，定金不退（民法典第五百八十七条）'))
  assert.match(words('earnest').join(), /定金按法律再赔一份/)
  assert.doesNotMatch(words('advance').join(), /定金/)
  assert.match(
    presale
      .rules(plan({ deposit: null }))
      .map((rule) => rule.words)
      .join(),
    /下单付全款/,
  )
})
