import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuanParts, yuanShort, yuanSpoken, yuanText } from './money.ts'

test('a price tag has its yuan grouped and its fen in two digits', () => {
  const cases: [number, string][] = [
    [0, '¥0.00'],
    [5, '¥0.05'],
    [298, '¥2.98'],
    [1280, '¥12.80'],
    [100_000, '¥1,000.00'],
    [123_456_789, '¥1,234,567.89'],
  ]
  for (const [fen, text] of cases) assert.equal(yuanText(fen), text)
  assert.deepEqual(yuanParts(-350), { yuan: '-3', fen: '50' })
})

test('a price is spoken as people say it', () => {
  assert.equal(yuanSpoken(1990), '19 元 9 角')
  assert.equal(yuanSpoken(1200), '12 元')
  assert.equal(yuanSpoken(305), '3 元 0 角 5 分')
  assert.equal(yuanSpoken(8), '0 元 0 角 8 分')
})

test('a sum in a sentence is as short as it can be', () => {
  assert.deepEqual([500, 620, 100_000].map(yuanShort), ['¥5', '¥6.20', '¥1,000'])
})
