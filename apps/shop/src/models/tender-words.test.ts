import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backLines } from './tender-words.ts'

test('each part of a refund says where it goes', () => {
  assert.deepEqual(
    backLines([
      { provider: 'cash', amountFen: 700 },
      { provider: 'stored_value', amountFen: 1 },
    ]).map(({ name }) => name),
    ['到柜台领现金', '退回储值余额'],
  )
})
