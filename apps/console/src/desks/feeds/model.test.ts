import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  ageWords,
  byWorry,
  emptySource,
  gapWords,
  packWords,
  percentOf,
  readLines,
  runFilters,
  runTag,
  sourceFaults,
  tallyWords,
  type Run,
  type SourceStore,
} from './model.ts'

const store = (storeId: string, standing: SourceStore['standing']): SourceStore => ({
  code: storeId,
  storeId,
  stock: true,
  toldAt: null,
  standing,
  since: null,
  buffered: 0,
})

test('the stores that need somebody come first', () =>
  assert.deepEqual(
    [store('S01', 'fresh'), store('S02', 'stale'), store('S03', 'stopped')]
      .sort(byWorry)
      .map((each) => each.storeId),
    ['S03', 'S02', 'S01'],
  ))

test('lines out of a spreadsheet: code, barcode, and how many of ours', () => {
  const { lines, faults } = readLines(
    'A1\t6999911000015\nB2,6999911000039,12\nC3,6999911000046,1000/380\nD4\n\n',
  )
  assert.deepEqual(faults, [])
  assert.deepEqual(lines, [
    { code: 'A1', barcode: '6999911000015' },
    { code: 'B2', barcode: '6999911000039', times: 12 },
    { code: 'C3', barcode: '6999911000046', times: 1000, per: 380 },
    { code: 'D4', barcode: null },
  ])
  assert.equal(readLines(',6999911000015\nA1,123\nA1,6999911000015,x').faults.length, 3)
})

test('words of gaps, packs, ages and tallies', () => {
  assert.equal(
    gapWords([
      { from: 3, to: 3, seenAt: '' },
      { from: 7, to: 9, seenAt: '' },
    ]),
    '3、7–9',
  )
  assert.equal(packWords({ times: 12, per: 1 }), '对方 1 = 我们 12')
  assert.equal(ageWords(null, 0), '从没报过')
  const run = { applied: 1200, same: 0, superseded: 3, duplicate: 0 } as Run
  assert.equal(tallyWords(run), '改了 1,200 · 已有更新的 3')
  assert.equal(percentOf({ rows: 0, seen: 0 }), 100)
  assert.equal(percentOf({ rows: 3, seen: 2 }), 66)
})

test('filters out of the address; a source that cannot be saved says why', () => {
  assert.deepEqual(runFilters(new URLSearchParams('source=erp&only=refused')), {
    source: 'erp',
    only: 'refused',
  })
  assert.deepEqual(runFilters(new URLSearchParams('source=A%20B&only=all')), {})
  assert.deepEqual(Object.keys(sourceFaults({ ...emptySource, stopMinutes: 60 })), [
    'code',
    'name',
    'stopMinutes',
  ])
})

test('a run that ended is green only where everything was taken in', () => {
  const tag = (rows: number, refused: number) => runTag({ state: 'DONE', rows, refused })
  assert.deepEqual(tag(3, 0), { word: '收完', tone: 'done' })
  assert.deepEqual(tag(3, 1), { word: '收了一部分', tone: 'waiting' })
  assert.deepEqual(tag(3, 3), { word: '全没收进', tone: 'alarm' })
  assert.equal(runTag({ state: 'WORKING', rows: 3, refused: 3 }).word, '正在收')
})
