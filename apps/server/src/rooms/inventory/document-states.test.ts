import { DOCUMENT_KINDS, DOCUMENT_STATES, DOCUMENT_VERBS } from '@linli/contract/console-stock-documents'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STEPS, stepTo } from './document-states.ts'

const ENDS = ['POSTED', 'RECEIVED', 'RECALLED', 'CANCELLED']

test('no path leads out of an end, and every state is reached from a birth', () => {
  for (const [, from] of STEPS) assert.ok(from === null || !ENDS.includes(from))
  for (const [kind, from] of STEPS)
    assert.ok(from === null || STEPS.some(([other, , , to]) => other === kind && to === from))
})

test('the table says one thing for each deed, and nothing for the rest', () => {
  let allowed = 0
  for (const kind of DOCUMENT_KINDS)
    for (const from of [null, ...DOCUMENT_STATES])
      for (const verb of DOCUMENT_VERBS) if (stepTo(kind, from, verb)) allowed++
  assert.equal(allowed, STEPS.length)
  assert.equal(stepTo('TRANSFER', 'REQUESTED', 'receive'), undefined)
  assert.equal(stepTo('RECEIVE', 'POSTED', 'cancel'), undefined)
})
