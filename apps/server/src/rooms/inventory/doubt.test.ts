import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bufferOf, type DoubtTerms } from './doubt.ts'

const CASES: readonly [
  what: string,
  terms: DoubtTerms,
  standing: 'stale' | 'stopped',
  level: { onHand: number; perDay: number },
  kept: number,
][] = [
  ['a fixed number', { widen: 'pieces', widenBy: 3, fastPerDay: 5 }, 'stale', { onHand: 10, perDay: 1 }, 3],
  [
    'a share, rounded up',
    { widen: 'percent', widenBy: 20, fastPerDay: 5 },
    'stale',
    { onHand: 11, perDay: 1 },
    3,
  ],
  ['days of cover', { widen: 'days', widenBy: 2, fastPerDay: 5 }, 'stale', { onHand: 10, perDay: 1.4 }, 3],
  [
    'fast goods while stale',
    { widen: 'pieces', widenBy: 3, fastPerDay: 5 },
    'stale',
    { onHand: 10, perDay: 9 },
    3,
  ],
  [
    'fast goods when very stale',
    { widen: 'pieces', widenBy: 3, fastPerDay: 5 },
    'stopped',
    { onHand: 10, perDay: 5 },
    10,
  ],
  [
    'slow goods when very stale',
    { widen: 'pieces', widenBy: 3, fastPerDay: 5 },
    'stopped',
    { onHand: 10, perDay: 4.9 },
    3,
  ],
]
for (const [what, terms, standing, level, kept] of CASES)
  test(`domain 2.11: stale stock keeps back ${what}`, () =>
    assert.equal(bufferOf(terms, standing, level), kept))
