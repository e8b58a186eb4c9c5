import assert from 'node:assert/strict'
import { test } from 'node:test'

import { givenName, whoWords } from './who.ts'

test('a doer is named without telling who the shopper is', () => {
  assert.equal(whoWords('member:0199-aa'), '顾客')
  assert.equal(whoWords('staff:s01'), 's01')
  assert.equal(whoWords('system'), '系统')
  assert.equal(whoWords('POS'), 'POS')
})

test('a person is greeted by name, not by department', () => {
  assert.equal(givenName('总部 · 林知微'), '林知微')
  assert.equal(givenName('王敏'), '王敏')
})
