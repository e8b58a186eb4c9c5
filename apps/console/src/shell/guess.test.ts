import assert from 'node:assert/strict'
import { test } from 'node:test'

import { guessKind, markMatch } from './guess.ts'

test('a searched word is guessed by its shape', () => {
  assert.equal(guessKind('6999911000015'), 'barcode')
  assert.equal(guessKind(' 3316 '), 'tail')
  assert.equal(guessKind('l02-3-2'), 'shelf')
  assert.equal(guessKind('XH261122-0371-3316'), 'order')
  assert.equal(guessKind('2611220371'), 'order')
  assert.equal(guessKind('苹果'), 'name')
  assert.equal(guessKind('pg'), 'name')
})

test('the match is cut out without changing a letter', () => {
  assert.deepEqual(markMatch('XH261122-3316', '3316'), ['XH261122-', '3316', ''])
  assert.deepEqual(markMatch('Pg 苹果', 'pG'), ['', 'Pg', ' 苹果'])
  assert.deepEqual(markMatch('苹果', '梨'), ['苹果', '', ''])
  assert.deepEqual(markMatch('苹果', ''), ['苹果', '', ''])
})
