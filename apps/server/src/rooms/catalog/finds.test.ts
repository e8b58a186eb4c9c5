import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFinds, type Hit } from './finds.ts'

const hits = (count: number): Hit[] => Array.from({ length: count }, (_, i) => ({ id: String(i), score: 1 }))

test('words are looked for once, until something is called otherwise', () => {
  const finds = createFinds()
  let looked = 0
  const ask = () => finds.of('苹果', () => (looked++, hits(3))).length
  assert.deepEqual([ask(), ask()], [3, 3])
  assert.equal(looked, 1)
  finds.forget()
  ask()
  assert.equal(looked, 2)
})

test('what is kept is bounded by what was found; a word that fits more than all of it is answered and not kept', () => {
  const finds = createFinds(50)
  const looked: string[] = []
  const ask = (words: string, count: number) =>
    finds.of(words, () => (looked.push(words), hits(count))).length
  for (const [words, count] of [
    ['a', 4],
    ['b', 4],
    ['b', 4],
    ['c', 4],
    ['b', 4],
    ['a', 4],
    ['all', 90],
    ['all', 90],
  ] as const)
    assert.equal(ask(words, count), count)
  assert.deepEqual(looked, ['a', 'b', 'c', 'a', 'all', 'all'])
})
