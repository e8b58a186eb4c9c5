import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aheadText, fromText, periodNotes, shareOf } from './membership.ts'
import type { Standing } from './wire.ts'

const NOW = Date.parse('2026-11-23T03:00:00Z')
const rung = (code: string, name: string, atGrowth: number) => ({ code, name, atGrowth, benefits: [] })
const standing = (over: Partial<Standing> = {}): Standing => ({
  code: 'gold',
  growth: 614,
  periodUntil: '2027-11-30',
  next: { code: 'red', missing: 386, missingFen: 38_600 },
  keeps: 'gold',
  waiting: { purchases: 0, from: null },
  growthPerYuan: 1,
  periodMonths: 12,
  rungs: [rung('green', '青柿', 0), rung('gold', '金柿', 500), rung('red', '红柿', 1000)],
  ...over,
})

test('what is missing is said in yuan', () => {
  assert.equal(aheadText(standing()), '再买 ¥386 升红柿会员')
  assert.equal(aheadText(standing({ code: 'red', next: null })), '已是最高等级，红柿会员')
})
test('the ladder has equal steps, and nobody stands outside of it', () => {
  assert.equal(shareOf(standing({ growth: 500 })), 0.5)
  assert.equal(shareOf(standing({ growth: 750 })), 0.75)
  assert.equal(shareOf(standing({ growth: 100 })), 0.5, 'a tier that is kept keeps its place')
  assert.equal(shareOf(standing({ code: 'green', growth: -40 })), 0)
  assert.equal(shareOf(standing({ code: 'red', growth: 5 })), 1)
  assert.equal(shareOf(standing({ code: 'green', growth: 9, rungs: [rung('green', '青柿', 0)] })), 0)
})
test('the period is told with what it would bring, and what waits', () => {
  assert.deepEqual(periodNotes(standing(), NOW), ['本期成长值 614，到 2027 年 11 月 30 日'])
  assert.deepEqual(periodNotes(standing({ keeps: 'green', growth: 20, periodUntil: '2026-11-30' }), NOW), [
    '本期成长值 20，到 11 月 30 日，照现在的成长值，下期是青柿',
  ])
  assert.deepEqual(periodNotes(standing({ periodUntil: null, waiting: { purchases: 2, from: null } }), NOW), [
    '有 2 笔购物，售后期过后计入成长值',
  ])
})
test('a rung begins at so many yuan, rounded up to what reaches it', () => {
  assert.equal(fromText(rung('gold', '金柿', 500), 1), '¥500 起')
  assert.equal(fromText(rung('gold', '金柿', 100), 3), '¥33.34 起')
})
