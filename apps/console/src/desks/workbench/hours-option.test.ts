import assert from 'node:assert/strict'
import { test } from 'node:test'

import { axisLabel, barLabel } from './hours-option.ts'

test('a finished hour says how it compares, the running one that it runs, the rest nothing', () => {
  const hour = { hour: 9, paidFen: 11300, compareFen: 10000 }
  assert.equal(barLabel(hour, 10), '+13%')
  assert.equal(barLabel({ ...hour, paidFen: 9400 }, 10), '−6%')
  assert.equal(barLabel(hour, 9), '进行中')
  assert.equal(barLabel(hour, 8), '')
  assert.equal(barLabel({ ...hour, paidFen: 0 }, 9), '')
  assert.equal(barLabel({ ...hour, compareFen: 0 }, 10), '')
  assert.equal(barLabel({ ...hour, compareFen: 100 }, 10), '')
})

test('the axis is in yuan, 万 from ten thousand', () => {
  assert.deepEqual([0, 80_000, 200_000, 3_000_000].map(axisLabel), ['0', '800', '2k', '3万'])
})
