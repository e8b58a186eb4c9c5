import assert from 'node:assert/strict'
import { test } from 'node:test'

import { looksWrong, parseGrams, weighedAs, weightWords, type LineWeight } from './weigh-model.ts'

const ribs: LineWeight = { estimateGrams: 1000, payFen: 5180, toleranceBp: 300, finalGrams: null, backFen: 0 }

test('what the scales said of a line, and what becomes of the difference', () => {
  assert.equal(weightWords(ribs, false), '约 1 kg，还没称')
  assert.equal(weightWords(weighedAs(ribs, 940), false), '约 1 kg，实称 940 g，轻 60 g，交接时退 ¥3.11')
  assert.equal(weightWords(weighedAs(ribs, 940), true), '约 1 kg，实称 940 g，轻 60 g，已退 ¥3.11')
  assert.equal(weightWords(weighedAs(ribs, 980), false), '约 1 kg，实称 980 g，轻 20 g，在 3% 以内，不退')
  assert.equal(weightWords(weighedAs(ribs, 1085), true), '约 1 kg，实称 1.085 kg，重 85 g，不另收')
})

test('grams are whole numbers from 1 to a million', () => {
  assert.equal(parseGrams(' 486 '), 486)
  for (const none of ['', '0', '12.5', '-3', '1000001', '一斤'])
    assert.equal(parseGrams(none), undefined, none)
})

test('half or double looks like a slip', () => {
  assert.ok(looksWrong(ribs, 94) && looksWrong(ribs, 2001))
  assert.ok(!looksWrong(ribs, 500) && !looksWrong(ribs, 2000))
})
