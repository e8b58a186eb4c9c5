import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, hear, type Numbers, wasHeard } from './gaps.ts'

const NONE: Numbers = { top: 0, gaps: [] }

test('numbers that were jumped over are gaps until they come', () => {
  const jumped = hear(NONE, [1, 2, 6])
  assert.deepEqual(jumped, { top: 6, gaps: [{ from: 3, to: 5 }] })
  assert.deepEqual(hear(jumped, [4]), {
    top: 6,
    gaps: [
      { from: 3, to: 3 },
      { from: 5, to: 5 },
    ],
  })
  assert.deepEqual(hear(jumped, [5, 3, 4]), { top: 6, gaps: [] })
})
test('what changes between two lists', () =>
  assert.deepEqual(
    changesOf([{ from: 3, to: 5 }], hear({ top: 6, gaps: [{ from: 3, to: 5 }] }, [5, 9]).gaps),
    {
      gone: [3],
      new: [
        { from: 3, to: 4 },
        { from: 7, to: 8 },
      ],
    },
  ))
test('property: any order, any repetition, cut into any calls: missing is what was not said', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      (seqs, cut) => {
        let numbers = NONE
        for (let i = 0; i < seqs.length; i += cut) numbers = hear(numbers, seqs.slice(i, i + cut))
        assert.equal(numbers.top, Math.max(...seqs))
        for (let seq = 1; seq <= numbers.top; seq++) assert.equal(wasHeard(numbers, seq), seqs.includes(seq))
      },
    ),
  ))
