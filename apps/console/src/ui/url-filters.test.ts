import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pageOf, withChange } from './url-filters.ts'

test('a changed filter returns to page one and leaves the others alone', () => {
  const now = new URLSearchParams('store=S01&state=PAID&page=4')
  assert.equal(withChange(now, { state: 'READY' }).toString(), 'store=S01&state=READY')
  assert.equal(withChange(now, { state: undefined }).toString(), 'store=S01')
  assert.equal(withChange(now, { state: '' }).toString(), 'store=S01')
  assert.equal(withChange(now, { page: '5' }).toString(), 'store=S01&state=PAID&page=5')
  assert.equal(now.toString(), 'store=S01&state=PAID&page=4')
})

test('a page number that cannot be right is page one', () => {
  for (const bad of ['0', '-1', '2.5', 'x', '10001', ''])
    assert.equal(pageOf(new URLSearchParams({ page: bad })), 1, bad)
  assert.equal(pageOf(new URLSearchParams('page=7')), 7)
  assert.equal(pageOf(new URLSearchParams()), 1)
})
