import assert from 'node:assert/strict'
import { test } from 'node:test'
import { remembered } from './remembered.ts'

test('a value is made once for its version, and again for the next one', () => {
  const kept = remembered<number>()
  let made = 0
  const ask = (version: string) => kept('a', version, () => ++made)
  assert.deepEqual([ask('1'), ask('1'), ask('2'), ask('2')], [1, 1, 2, 2])
})

test('one key more than fit costs one value, not all of them', () => {
  const kept = remembered<string>(3)
  const made: string[] = []
  const ask = (key: string) => kept(key, '1', () => (made.push(key), key))
  for (const key of ['a', 'b', 'c', 'd', 'b', 'c', 'd', 'a']) ask(key)
  assert.deepEqual(made, ['a', 'b', 'c', 'd', 'a'])
})
