import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences } from './audit.ts'

test('the trail keeps only what changed', () =>
  assert.deepEqual(differences({ a: 1, b: [1, 2], c: 'x' }, { a: 1, b: [1, 3], d: null }), {
    before: { b: [1, 2], c: 'x', d: null },
    after: { b: [1, 3], c: null, d: null },
  }))
test('what is not a record is kept whole', () =>
  assert.deepEqual(differences(undefined, { a: 1 }), { before: undefined, after: { a: 1 } }))
