import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createShuffle } from './shuffle.ts'

const key = (name: string) => createHash('sha256').update(name).digest()
const { hide, reveal } = createShuffle(key('key'), 10_000_000)

test('the shuffle maps ten million numbers one to one', () => {
  const seen = new Uint8Array(10_000_000)
  for (let value = 0; value < seen.length; value++) {
    const hidden = hide(value)
    assert.ok(hidden >= 0 && hidden < seen.length && seen[hidden] === 0, `${value} → ${hidden}`)
    seen[hidden] = 1
  }
})
test('neighbours lie far apart and another key shuffles otherwise', () => {
  const steps = Array.from({ length: 1000 }, (_, i) => Math.abs(hide(i + 1) - hide(i)))
  assert.ok(new Set(steps).size > 990)
  const other = createShuffle(key('other'), 10_000_000)
  assert.ok(Array.from({ length: 1000 }, (_, i) => hide(i) === other.hide(i)).filter(Boolean).length < 5)
})
for (const space of [2, 1000, 10_000_000, 100_000_000])
  test(`what was hidden among ${space} can be revealed`, () => {
    const shuffle = createShuffle(key('key'), space)
    for (let i = 0; i < 2000; i++) {
      const value = (i * 7_919_333) % space
      assert.equal(shuffle.reveal(shuffle.hide(value)), value)
    }
    assert.equal(reveal(hide(5)), 5)
  })
