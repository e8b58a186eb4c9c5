import assert from 'node:assert/strict'
import { test } from 'node:test'

import { whoWords } from './who.ts'

test('a doer is named without telling who the shopper is', () => {
  assert.equal(whoWords('member:0199-aa'), '顾客')
  assert.equal(whoWords('staff:s01'), 's01')
  assert.equal(whoWords('system'), '系统')
  assert.equal(whoWords('POS'), 'POS')
})
