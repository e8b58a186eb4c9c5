import assert from 'node:assert/strict'
import { test } from 'node:test'

import { keyName, stepKeys } from './keys.ts'

const bound = ['g o', 'g t', 'j', '/', 'mod+k']

test('a two-key binding waits for its second key', () => {
  assert.deepEqual(stepKeys('', 'g', bound), { pending: 'g' })
  assert.deepEqual(stepKeys('g', 'o', bound), { hit: 'g o', pending: '' })
})

test('a slip starts over with the key that was pressed', () => {
  assert.deepEqual(stepKeys('g', 'j', bound), { hit: 'j', pending: '' })
  assert.deepEqual(stepKeys('g', 'g', bound), { pending: 'g' })
  assert.deepEqual(stepKeys('g', 'z', bound), { pending: '' })
  assert.deepEqual(stepKeys('', 'o', bound), { pending: '' })
})

test('keys are named alike on every keyboard', () => {
  assert.equal(keyName({ key: 'K', metaKey: true, ctrlKey: false }), 'mod+k')
  assert.equal(keyName({ key: 'k', metaKey: false, ctrlKey: true }), 'mod+k')
  assert.equal(keyName({ key: 'Enter', metaKey: false, ctrlKey: false }), 'Enter')
})
