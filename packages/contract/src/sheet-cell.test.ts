import assert from 'node:assert/strict'
import { test } from 'node:test'
import { looksLikeSheet, sheetCell } from './sheet-cell.ts'

const CELLS: readonly [value: unknown, text: string][] = [
  [null, ''],
  [6999911000015, '6999911000015'],
  [12.300000000000001, '12.3'],
  [-0.5, '-0.5'],
  [0, '0'],
  [' 内丘苹果 ', '内丘苹果'],
  [true, 'true'],
  [new Date('2026-11-23T09:29:59.999Z'), '2026-11-23T09:30:00+08:00'],
]
for (const [value, text] of CELLS)
  test(`a cell of ${String(value)}`, () => {
    assert.equal(sheetCell(value), text)
  })

test('what begins as a ZIP', () => {
  assert.equal(looksLikeSheet(new Uint8Array([0x50, 0x4b, 3, 4, 20])), true)
  assert.equal(looksLikeSheet(new TextEncoder().encode('PK,门店')), false)
  assert.equal(looksLikeSheet(new Uint8Array()), false)
})
