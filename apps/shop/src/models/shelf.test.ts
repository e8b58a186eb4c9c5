import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aisleOf, aislesOf, aisleSpan, shelfOf, shelfPhrase } from './shelf.ts'

test('a shelf code says zone, aisle, bay and level', () => {
  assert.deepEqual(shelfOf('L02-4-2'), { code: 'L02-4-2', zone: 'L', aisle: 2, bay: 4, level: 2 })
  assert.equal(aisleOf('F02-2-3'), 'F02')
  for (const other of [null, '', 'L2-4-2', 'L02', '货架']) assert.equal(shelfOf(other), null)
})

test('a shelf is told in words', () => {
  const shelf = shelfOf('F02-2-3')
  assert.ok(shelf)
  assert.equal(shelfPhrase(shelf, '速食冷冻'), '速食冷冻 2 号货架，第 2 组，从下往上第 3 层')
})

test('the aisles of a zone are said once, alone or from first to last', () => {
  const shelves = [
    { zone: 'V', aisle: 3 },
    { zone: 'V', aisle: 1 },
    { zone: 'G', aisle: 2 },
    { zone: 'V', aisle: 1 },
  ]
  assert.deepEqual(aislesOf(shelves, 'V'), [1, 3])
  assert.equal(aisleSpan('V', [1, 3]), 'V01–V03')
  assert.equal(aisleSpan('G', aislesOf(shelves, 'G')), 'G02')
  assert.equal(aisleSpan('H', aislesOf(shelves, 'H')), '')
})
