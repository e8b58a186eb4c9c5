import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grantable, looksAfter, type Post, sees, storesFit } from './reach.ts'

const HQ: Post = { role: 'hq', storeIds: null }
const MANAGER: Post = { role: 'manager', storeIds: ['S01', 'S02'] }
const CLERK: Post = { role: 'clerk', storeIds: ['S01'] }

const CASES: readonly [who: Post, whom: Post, sees: boolean, looksAfter: boolean][] = [
  [HQ, HQ, true, true],
  [HQ, { role: 'picker', storeIds: ['S09'] }, true, true],
  [MANAGER, CLERK, true, true],
  [MANAGER, { role: 'picker', storeIds: ['S02', 'S01'] }, true, true],
  [MANAGER, { role: 'clerk', storeIds: ['S01', 'S03'] }, true, false],
  [MANAGER, { role: 'clerk', storeIds: ['S03'] }, false, false],
  [MANAGER, { role: 'manager', storeIds: ['S01'] }, true, false],
  [MANAGER, HQ, false, false],
  [CLERK, CLERK, true, false],
  [{ role: 'unheard-of', storeIds: null }, CLERK, true, false],
]
const worded = ({ role, storeIds }: Post) => `${role} of ${storeIds?.join(', ') ?? 'all'}`
for (const [who, whom, seen, changed] of CASES)
  test(`${worded(who)} and ${worded(whom)}: ${seen ? (changed ? 'changes' : 'sees') : 'knows nothing'}`, () => {
    assert.equal(sees(who, whom), seen)
    assert.equal(looksAfter(who, whom), changed)
  })

test('a manager gives no role as high as the own', () => {
  assert.deepEqual(grantable('manager'), ['clerk', 'picker'])
  assert.deepEqual(grantable('clerk'), [])
})

test('head office names no store, the others at least one', () => {
  assert.equal(storesFit('hq', []), true)
  assert.equal(storesFit('hq', ['S01']), false)
  assert.equal(storesFit('clerk', []), false)
  assert.equal(storesFit('manager', ['S01', 'S02']), true)
})
