// The list that `npm run mutants` works through is true: each guard stands where it says, once, and its tests exist.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { guards } from '../mutants/guards.ts'

const SERVER = path.join(import.meta.dirname, '..')

for (const { name, file, find, replace, tests } of guards)
  test(`guard: ${name}`, () => {
    assert.equal(readFileSync(path.join(SERVER, file), 'utf8').split(find).length, 2, `${file}: ${find}`)
    assert.notEqual(find, replace)
    for (const each of tests) assert.ok(existsSync(path.join(SERVER, each)), each)
  })
test('no guard is listed twice', () => {
  assert.equal(new Set(guards.map(({ file, find }) => `${file} ${find}`)).size, guards.length)
})
