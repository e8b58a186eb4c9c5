import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDocument } from './document.ts'

test('the last digit of an identity card checks the others', () => {
  // The example of the standard.
  assert.ok(isDocument('11010519491231002X'))
  assert.ok(!isDocument('110105194912310021'))
  assert.ok(!isDocument('11010519491231020X'), 'two digits swapped')
  assert.ok(!isDocument('1101051949123100'))
})
