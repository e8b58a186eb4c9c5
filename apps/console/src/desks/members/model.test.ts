import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  benefitWords,
  formFault,
  formOf,
  inputOf,
  memberFilters,
  moveWords,
  type Terms,
  withOneMore,
} from './model.ts'

const tier = (code: string, name: string, atGrowth: number, pointsTimesBp = 10_000, offBp = 0) => ({
  code,
  name,
  atGrowth,
  pointsTimesBp,
  offBp,
})
const terms: Terms = {
  id: '1',
  growthPerYuan: 1,
  periodMonths: 12,
  exceptCategoryIds: ['L'],
  tiers: [tier('green', '青柿', 0), tier('gold', '金柿', 500, 12_000, 250)],
  active: true,
  since: '2026-11-01T00:00:00.000Z',
  by: 'staff:hq',
}

test('what is shown in the form is what is sent', () => {
  const { id: _, by: __, since: ___, ...same } = terms
  assert.deepEqual(inputOf(formOf(terms)), { ...same, since: null })
})
test('one more tier has a code of its own and begins above the highest', () => {
  const [, , third] = withOneMore(formOf(terms).tiers)
  assert.deepEqual([third?.code, third?.atGrowth, third?.times], ['tier1', '1000', '1.2'])
  assert.equal(formFault({ ...formOf(terms), tiers: withOneMore(formOf(terms).tiers) }), '每个等级都要有名字')
})
const [green, gold] = formOf(terms).tiers
const FAULTS: readonly [change: Partial<ReturnType<typeof formOf>['tiers'][number]>, said: RegExp][] = [
  [{ name: ' ' }, /名字/],
  [{ atGrowth: '0' }, /门槛高/],
  [{ atGrowth: '五百' }, /成长值起/],
  [{ times: '0.5' }, /几倍/],
  [{ rate: '4' }, /几折/],
  [{ name: '青柿' }, /同名/],
]
for (const [change, said] of FAULTS)
  test(`said before it is sent: ${JSON.stringify(change)}`, () => {
    assert.ok(green && gold)
    const fault = formFault({ ...formOf(terms), tiers: [green, { ...gold, ...change }] })
    assert.match(fault ?? '', said)
  })
test('a higher tier never gets less', () => {
  assert.ok(green && gold)
  assert.match(formFault({ ...formOf(terms), tiers: [{ ...green, rate: '9' }, gold] }) ?? '', /不能比/)
})
test('benefits and moves in words', () => {
  assert.equal(benefitWords(tier('red', '红柿', 1000, 15_000, 500)), '会员价 9.5 折，积分 1.5 倍')
  assert.equal(benefitWords(tier('green', '青柿', 0)), '和大家一样')
  const names = { from: (code: string) => code, to: (code: string) => code.toUpperCase() }
  assert.deepEqual(
    moveWords(
      [
        { from: 'a', to: 'b', members: 2 },
        { from: 'b', to: 'b', members: 7 },
        { from: 'b', to: 'c', members: 5 },
      ],
      names,
    ),
    ['5 人从b到C', '2 人从a到B', '7 人等级不变'],
  )
  assert.deepEqual(moveWords([], names), ['还没有人有成长值'])
})
test('an address that says nonsense filters nothing', () => {
  assert.deepEqual(memberFilters(new URLSearchParams('tier=A%20B&sort=age&q=%20')), {})
  assert.deepEqual(memberFilters(new URLSearchParams('tier=gold&sort=points&q=0318')), {
    q: '0318',
    tier: 'gold',
    sort: 'points',
  })
})
