import assert from 'node:assert/strict'
import { test } from 'node:test'
import { darkPauseBefore, pauseBefore } from './waiting.ts'

test('the result page asks soon, then less often, and stops within half a minute', () => {
  const pauses: number[] = []
  for (let n = 0; ; n++) {
    const pause = pauseBefore(n)
    if (pause === null) break
    assert.ok(pause >= (pauses.at(-1) ?? 0))
    pauses.push(pause)
  }
  assert.ok((pauses[0] ?? Infinity) < 1000)
  const total = pauses.reduce((sum, each) => sum + each, 0)
  assert.ok(total > 20_000 && total <= 30_000, String(total))
})

test('while nobody answers the questions get rarer, and never stop', () => {
  const pauses = Array.from({ length: 20 }, (_, n) => darkPauseBefore(n))
  pauses.forEach((pause, n) => assert.ok(pause >= (pauses[n - 1] ?? 0)))
  assert.ok((pauses[0] ?? Infinity) < 1000, 'a page that is shown again asks at once')
  assert.equal(pauses.at(-1), 30_000)
})
