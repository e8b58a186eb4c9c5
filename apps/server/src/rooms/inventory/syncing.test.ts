import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelAfter } from './syncing.ts'

const AT = new Date('2026-11-23T08:00:00Z')
const LATER = new Date('2026-11-23T09:00:00Z')
const level = (onHand: number, reserved = 0) => ({ onHand, reserved })
const counted = (quantity: number) => ({ quantity, at: AT, knownThrough: null })
const word = { counted: null, moved: 0, fresh: [], owed: 0 }

const CASES: readonly [
  what: string,
  given: Parameters<typeof levelAfter>,
  result: ReturnType<typeof levelAfter>,
][] = [
  ['a count', [level(7), { ...word, counted: counted(10) }], { after: 10, owed: 0, short: false }],
  [
    'a count, and what we handed over since',
    [level(7), { ...word, counted: counted(10) }, { pieces: -3, correctedAt: null }],
    { after: 7, owed: 0, short: false },
  ],
  [
    'a count, and what they moved since, heard before or now',
    [level(7), { ...word, counted: counted(10), moved: 4, fresh: [{ pieces: 4, at: LATER }] }],
    { after: 14, owed: 0, short: false },
  ],
  [
    'fewer than shoppers have ordered: theirs stays reserved, the store is short',
    [level(7, 5), { ...word, counted: counted(2) }],
    { after: 2, owed: 0, short: true },
  ],
  [
    'below nothing: none, and the rest is owed',
    [level(7), { ...word, counted: counted(1) }, { pieces: -3, correctedAt: null }],
    { after: 0, owed: 2, short: false },
  ],
  [
    'a change alone',
    [level(7), { ...word, fresh: [{ pieces: -2, at: AT }] }],
    { after: 5, owed: 0, short: false },
  ],
  [
    'a change that is more than there is',
    [level(1), { ...word, fresh: [{ pieces: -3, at: AT }] }],
    { after: 0, owed: 2, short: false },
  ],
  [
    'what was owed is paid before anything is on hand',
    [level(0), { ...word, owed: 2, fresh: [{ pieces: 5, at: AT }] }],
    { after: 3, owed: 0, short: false },
  ],
  [
    'our people counted after them: only what they moved after that is added',
    [
      level(4),
      {
        ...word,
        counted: counted(10),
        moved: 9,
        fresh: [
          { pieces: 8, at: AT },
          { pieces: 1, at: new Date('2026-11-23T10:00:00Z') },
        ],
      },
      { pieces: -1, correctedAt: LATER },
    ],
    { after: 5, owed: 0, short: false },
  ],
]
for (const [what, given, result] of CASES)
  test(`domain 2.11: ${what}`, () => assert.deepEqual(levelAfter(...given), result))
