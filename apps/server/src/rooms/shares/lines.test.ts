import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { breakLines } from './lines.ts'

/** Every letter is ten wide, Latin ones five. */
const measure = (text: string) =>
  Array.from(text).reduce((sum, letter) => sum + (letter.charCodeAt(0) < 256 ? 5 : 10), 0)
const broken = (text: string, most: number, lines: number) => breakLines(text, { most, lines, measure })

test('lines break where they are full, never before a comma and not within a figure', () => {
  assert.deepEqual(broken('', 100, 2), [])
  assert.deepEqual(broken('内丘苹果', 40, 2), ['内丘苹果'])
  assert.deepEqual(broken('内丘富岗苹果', 40, 2), ['内丘富岗', '苹果'])
  assert.deepEqual(broken('内丘富岗，苹果', 40, 2), ['内丘富', '岗，苹果'])
  assert.deepEqual(broken('家庭装 1000 克', 40, 2), ['家庭装', '1000 克'])
  assert.deepEqual(broken('  两\n行  ', 100, 2), ['两 行'])
})

test('what does not fit ends in an ellipsis; one word that is too long is broken all the same', () => {
  assert.deepEqual(broken('内丘富岗苹果脆甜多汁', 40, 2), ['内丘富岗', '苹果脆…'])
  assert.deepEqual(broken('ABCDEFGHIJKL', 30, 2), ['ABCDEF', 'GHIJKL'])
})

test('whatever the text: no line is wider than it may be, none too many, and nothing is invented', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 60 }),
      fc.integer({ min: 30, max: 300 }),
      fc.integer({ min: 1, max: 4 }),
      (text, most, lines) => {
        const result = broken(text, most, lines)
        assert.ok(result.length <= lines)
        for (const line of result) assert.ok(measure(line) <= most, line)
        const said = result.join('').replace(/…$/u, '').replace(/\s/gu, '')
        assert.ok(text.replace(/\s/gu, '').startsWith(said), JSON.stringify([text, result]))
      },
    ),
  )
})
