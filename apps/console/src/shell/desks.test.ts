import assert from 'node:assert/strict'
import { test } from 'node:test'

import { deskGroups } from './desks.ts'

test('every desk has an address and a letter of its own', () => {
  const desks = deskGroups.flatMap((group) => group.desks)
  assert.equal(new Set(desks.map(({ path }) => path)).size, desks.length)
  assert.equal(
    new Set(desks.map(({ letter }) => letter)).size,
    desks.length,
    'g and a letter lead to one desk',
  )
})
