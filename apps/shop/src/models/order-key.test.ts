import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOrderKey, randomKey } from './order-key.ts'

test('the same wish keeps its key; another wish gets another', () => {
  let made = 0
  const keyOf = createOrderKey(() => `key-${++made}`)
  const wish = { lines: [{ skuId: 'a', quantity: 1 }] }
  assert.equal(keyOf(wish), 'key-1')
  assert.equal(keyOf(structuredClone(wish)), 'key-1')
  assert.equal(keyOf({ lines: [{ skuId: 'a', quantity: 2 }] }), 'key-2')
})

test('keys fit the contract and do not repeat', () => {
  const keys = new Set(Array.from({ length: 1000 }, () => randomKey(Date.UTC(2026, 10, 22))))
  assert.equal(keys.size, 1000)
  for (const key of keys) assert.match(key, /^[a-z0-9]{26}$/)
})
