import assert from 'node:assert/strict'
import { test } from 'node:test'

import { fenToField, formatFen, formatFenBare, parseFen } from './fen.ts'

test('fen are drawn with thousands, two decimals and a real minus', () => {
  assert.equal(formatFen(2137280), '¥21,372.80')
  assert.equal(formatFen(5), '¥0.05')
  assert.equal(formatFen(-800), '−¥8.00')
  assert.equal(formatFenBare(-1), '−0.01')
})

test('a typed price becomes fen without a float in between', () => {
  assert.equal(parseFen('12'), 1200)
  assert.equal(parseFen('12.8'), 1280)
  assert.equal(parseFen('¥ 1,280.05'), 128005)
  assert.equal(parseFen('0.29'), 29)
  assert.equal(parseFen('1.005'), undefined)
  assert.equal(parseFen('-3'), undefined)
  assert.equal(parseFen(''), undefined)
  assert.equal(parseFen('12元'), undefined)
})

test('every fen survives the way into a field and back', () => {
  for (let fen = 0; fen < 30_000; fen += 7) assert.equal(parseFen(fenToField(fen)), fen)
})
