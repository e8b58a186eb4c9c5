import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCell } from './cell.ts'

test('a cell tells those who watch, once per change, until they leave', () => {
  const cell = createCell(1)
  const seen: number[] = []
  const leave = cell.subscribe(() => seen.push(cell.get()))
  cell.set(2)
  cell.set(2)
  leave()
  cell.set(3)
  assert.deepEqual(seen, [2])
  assert.equal(cell.get(), 3)
})

test('a listener may leave while being told', () => {
  const cell = createCell(0)
  const seen: string[] = []
  const leave = cell.subscribe(() => {
    seen.push('first')
    leave()
  })
  cell.subscribe(() => seen.push('second'))
  cell.set(1)
  cell.set(2)
  assert.deepEqual(seen, ['first', 'second', 'second'])
})
