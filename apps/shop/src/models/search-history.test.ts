import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HISTORY_MAX, remember } from './search-history.ts'

test('the newest word comes first, once', () => {
  assert.deepEqual(remember(['牛奶', '苹果'], '苹果'), ['苹果', '牛奶'])
  assert.deepEqual(remember(['牛奶'], '  五常   大米 '), ['五常 大米', '牛奶'])
  assert.deepEqual(remember(['牛奶'], '   '), ['牛奶'])
})

test('history is bounded', () => {
  const full = Array.from({ length: HISTORY_MAX }, (_, i) => `词${i}`)
  const next = remember(full, '新词')
  assert.equal(next.length, HISTORY_MAX)
  assert.equal(next[0], '新词')
  assert.ok(!next.includes(`词${HISTORY_MAX - 1}`))
})
