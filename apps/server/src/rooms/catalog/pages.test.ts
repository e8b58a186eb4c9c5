import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPages } from './pages.ts'

const stamp = { catalog: 1, levels: 1, asOf: 1 }

test('a page is made once until what it shows changes', () => {
  const pages = createPages()
  let made = 0
  const take = (change: Partial<typeof stamp> = {}) => pages.take('a', { ...stamp, ...change }, () => ++made)
  assert.equal(take(), take())
  assert.equal(made, 1)
  for (const change of [{ catalog: 2 }, { levels: 2 }, { asOf: 2 }]) take(change)
  assert.equal(made, 4)
})

test('the oldest pages go when the bytes are used up', () => {
  const pages = createPages(100)
  const take = (key: string) => pages.take(key, stamp, () => 'x'.repeat(28))
  const [a, b] = [take('a'), take('b')]
  take('c')
  assert.equal(pages.bytes(), 90)
  take('d')
  assert.equal(pages.bytes(), 90)
  assert.equal(take('b'), b)
  assert.notEqual(take('a'), a)
})
