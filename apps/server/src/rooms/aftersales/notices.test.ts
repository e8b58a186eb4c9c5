import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf } from './notices.ts'
import { MOVES } from './states.ts'

test('what the shopper did is no news to them, and money that arrives is told as a refund', () => {
  for (const { verb, to, who } of MOVES) {
    const told = answerOf({ verb, to })
    if (who === 'member') assert.equal(told, undefined, verb)
  }
})

test('whatever the store answers is told, but for what the shopper stands by and sees', () => {
  const silent = MOVES.filter(({ who, verb, to }) => who === 'staff' && answerOf({ verb, to }) === undefined)
  assert.deepEqual([...new Set(silent.map(({ verb }) => verb))].toSorted(), [
    'give',
    'receive',
    'resend',
    'settle',
  ])
})
