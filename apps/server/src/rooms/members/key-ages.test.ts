import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueKeys } from './key-ages.ts'

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000)
const key = (id: string, signs: number, retired: number | null = null) => ({
  id,
  signsFrom: day(signs),
  retiredAt: retired === null ? null : day(retired),
})

test('a chain without a key makes one that signs at once', () => {
  assert.deepEqual(dueKeys([], day(0)), { next: { signsFrom: day(0) }, retire: [] })
  assert.deepEqual(dueKeys([key('a', -400, -1)], day(0)).next, { signsFrom: day(0) })
})
test('the next key is published two days before it signs, and only once', () => {
  assert.equal(dueKeys([key('a', 0)], day(87)).next, null)
  assert.deepEqual(dueKeys([key('a', 0)], day(88)).next, { signsFrom: day(90) })
  assert.equal(dueKeys([key('b', 90), key('a', 0)], day(89)).next, null)
})
test('an old key is retired a month after its successor began to sign', () => {
  const keys = [key('c', 180), key('b', 90), key('a', 0)]
  assert.deepEqual(dueKeys(keys, day(119)).retire, [])
  assert.deepEqual(dueKeys(keys, day(120)).retire, ['a'])
  assert.deepEqual(dueKeys(keys, day(210)).retire, ['b', 'a'])
})
