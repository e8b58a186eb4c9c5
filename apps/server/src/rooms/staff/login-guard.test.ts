import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '#kernel/clock'
import { lockSeconds, nextTry, type Tries } from './login-guard.ts'

const START = new Date('2026-11-23T00:00:00Z')
const NONE: Tries = { tries: 0, lockedUntil: null, lastTryAt: START }

const GROWTH: readonly [tries: number, seconds: number][] = [
  [1, 0],
  [4, 0],
  [5, 60],
  [6, 120],
  [7, 240],
  [10, 1920],
  [11, 3600],
  [60, 3600],
]
for (const [tries, seconds] of GROWTH)
  test(`after try ${tries} in a row the name is locked for ${seconds} s`, () =>
    assert.equal(lockSeconds(tries), seconds))

test('the fifth try happens and locks; the sixth waits for the lock and locks twice as long', () => {
  let state = NONE
  for (let i = 0; i < 5; i++) state = nextTry(state, START) ?? assert.fail(`try ${i + 1} refused`)
  assert.deepEqual(state.lockedUntil, secondsAfter(START, 60))
  assert.equal(nextTry(state, secondsAfter(START, 59)), null)
  const sixth = nextTry(state, secondsAfter(START, 60))
  assert.deepEqual(sixth?.lockedUntil, secondsAfter(START, 180))
})

test('a day of quiet forgets the tries', () => {
  const later = secondsAfter(START, 86_401)
  assert.deepEqual(nextTry({ tries: 9, lockedUntil: null, lastTryAt: START }, later), {
    tries: 1,
    lockedUntil: null,
    lastTryAt: later,
  })
})
