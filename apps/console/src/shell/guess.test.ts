import assert from 'node:assert/strict'
import { test } from 'node:test'

import { guessKind, markMatch, searchWord } from './guess.ts'

test('a searched word is guessed by its shape', () => {
  assert.equal(guessKind('6999911000015'), 'barcode')
  assert.equal(guessKind(' 3316 '), 'tail')
  assert.equal(guessKind('l02-3-2'), 'shelf')
  assert.equal(guessKind('2026112345678901'), 'order')
  assert.equal(guessKind('20261123 4567 8901'), 'order')
  assert.equal(guessKind('20261'), 'order')
  assert.equal(guessKind('苹果'), 'name')
  assert.equal(guessKind('pg'), 'name')
})

test('a number pasted in groups is one number, a name keeps its spaces', () => {
  assert.equal(searchWord(' 20261123 4567-8901 '), '2026112345678901')
  assert.equal(searchWord('可乐 330 ml'), '可乐 330 ml')
  assert.equal(searchWord('L02-3-2'), 'L02-3-2')
})

test('the match is cut out without changing a letter', () => {
  assert.deepEqual(markMatch('2026112233161', '3316'), ['20261122', '3316', '1'])
  assert.deepEqual(markMatch('Pg 苹果', 'pG'), ['', 'Pg', ' 苹果'])
  assert.deepEqual(markMatch('苹果', '梨'), ['苹果', '', ''])
  assert.deepEqual(markMatch('苹果', ''), ['苹果', '', ''])
})
