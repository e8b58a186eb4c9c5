import assert from 'node:assert/strict'
import { test } from 'node:test'

import { safeNext } from './model.ts'

test('signing in leads back into the console and nowhere else', () => {
  assert.equal(safeNext('/orders?state=PAID'), '/orders?state=PAID')
  for (const bad of [
    null,
    '',
    'https://example.com',
    '//example.com',
    '/\\example.com',
    '/login?next=/login',
    'orders',
  ])
    assert.equal(safeNext(bad), '/', String(bad))
})
