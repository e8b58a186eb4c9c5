import assert from 'node:assert/strict'
import { test } from 'node:test'
import { troubleOf } from './rules.ts'

const CASES = [
  { quantity: 1, onShelf: true, available: 1, trouble: null },
  { quantity: 2, onShelf: true, available: 1, trouble: 'short' },
  { quantity: 1, onShelf: true, available: 0, trouble: 'sold_out' },
  { quantity: 3, onShelf: true, available: 0, trouble: 'sold_out' },
  { quantity: 1, onShelf: false, available: 9, trouble: 'off_shelf' },
  { quantity: 1, onShelf: false, available: 0, trouble: 'off_shelf' },
] as const
for (const { trouble, ...line } of CASES)
  test(`a line of ${JSON.stringify(line)} → ${trouble}`, () =>
    assert.equal(troubleOf(line.quantity, line.onShelf, line.available), trouble))
