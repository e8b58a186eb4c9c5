import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  changeWords,
  exampleWords,
  formFault,
  formOf,
  givenBackWords,
  inputOf,
  type Posting,
  switched,
  type Terms,
  termsSentences,
} from './model.ts'

const terms: Terms = {
  id: '3',
  pointsPerYuan: 100,
  capBp: 5000,
  capPoints: null,
  minOrderFen: 1000,
  exceptCategoryIds: ['B'],
  fenPerPoint: 100,
  frozenDays: 7,
  validMonths: 12,
  active: true,
  since: '2026-11-01T00:00:00.000Z',
  by: 'staff:hq',
}

test('terms are told as sentences, with what they give away', () => {
  assert.deepEqual(
    termsSentences(terms, () => '酒水饮料'),
    [
      '实付每 ¥1 得 1 分，券和积分付掉的不算',
      '100 分抵 ¥1，一单最多抵商品钱的 50%',
      '商品满 ¥10 才能抵',
      '取货后第 8 天起能用：售后期过了才生效',
      '生效后用到第 12 个月的月底',
      '酒水饮料不得也不抵',
    ],
  )
  assert.equal(givenBackWords(terms), '相当于让利 1%')
  assert.equal(exampleWords(terms), '付 ¥100 得 100 分；买 ¥100 最多用 5000 分抵 ¥50.00')
  assert.equal(
    exampleWords({ ...terms, capBp: 10_000 }),
    '付 ¥100 得 100 分；买 ¥100 最多用 9999 分抵 ¥99.99',
    'one fen of an order is always paid',
  )
})

test('what is typed is what is sent, and what cannot be read is said', () => {
  const form = formOf(terms)
  assert.equal(formFault(form), undefined)
  const { id: _, by: __, since: ___, ...same } = terms
  assert.deepEqual(inputOf(form), { ...same, since: null })
  assert.equal(formFault({ ...form, fenPerPoint: '0' }), '付多少得 1 分写得不对，¥0.01 到 ¥10,000')
  assert.equal(formFault({ ...form, cap: '101' }), '最多抵百分之几写得不对，0 到 100')
  assert.equal(inputOf({ ...form, validMonths: '0' }), undefined)
  assert.equal(inputOf({ ...form, cap: '0' })?.capBp, 0)
  assert.deepEqual(switched(terms, false), { ...same, active: false, since: null })
})

test('a posting says each part that it moved', () => {
  const posting = { available: 0, frozen: 0, debt: 0 } as Posting
  assert.equal(changeWords({ ...posting, available: 20, frozen: -20 }), '+20，待生效 −20')
  assert.equal(changeWords({ ...posting, debt: 5 }), '欠 +5')
})
