import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstFault, standingOf, takenWords, whole } from './model.ts'

test('a version holds now, later or before', () => {
  const now = Date.parse('2026-11-23T00:00:00Z')
  const since = '2026-11-01T00:00:00.000Z'
  assert.equal(standingOf({ id: '3', since }, '3', now).word, '现在')
  assert.equal(standingOf({ id: '4', since: '2027-01-01T00:00:00Z' }, '3', now).word, '还没到')
  assert.equal(standingOf({ id: '2', since }, '3', now).word, '过去')
  assert.equal(takenWords({ since: '2027-01-01T00:00:00Z' }, now), '排上了，到点自己换')
  assert.equal(takenWords({ since }, now), '从现在起按这一版')
})

test('a number is read within its bounds, and nothing is not something', () => {
  assert.equal(whole(' 7 ', 0, 60), 7)
  for (const typed of ['', '-1', '1.5', '61', '7天', '1e1'])
    assert.equal(whole(typed, 0, 60), undefined, typed)
})

test('the first thing that is missing is said; zero is there', () => {
  assert.equal(
    firstFault([
      [0, 'a'],
      [undefined, 'b'],
      [false, 'c'],
    ]),
    'b',
  )
  assert.equal(
    firstFault([
      [0, 'a'],
      [true, 'b'],
    ]),
    undefined,
  )
})
