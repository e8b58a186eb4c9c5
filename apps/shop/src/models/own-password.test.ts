import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownPasswordFault } from './own-password.ts'

test('a new password is long enough and typed twice alike', () => {
  assert.match(ownPasswordFault('short', 'short') ?? '', /10/)
  assert.match(ownPasswordFault('three pears', 'three plums') ?? '', /不一样/)
  assert.equal(ownPasswordFault('three pears', 'three pears'), null)
})
