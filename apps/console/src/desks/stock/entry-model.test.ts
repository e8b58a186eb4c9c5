import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  addBatch,
  addScan,
  emptyDraft,
  faultsByLine,
  lineFault,
  meant,
  parseDay,
  parseExpiry,
  parseScan,
  shortLines,
  totalsOf,
  wayOf,
  type DraftLine,
} from './entry-model.ts'
import type { Level } from './model.ts'

const level = (skuId: string, barcode: string): Level => ({
  storeId: 'S01',
  skuId,
  productId: 'p',
  name: skuId,
  barcode,
  unit: '份',
  picture: null,
  shelf: null,
  onHand: 10,
  reserved: 3,
  safety: 0,
  locked: 0,
  expired: 0,
  buffer: 0,
  available: 7,
  coverDays: null,
  updatedAt: '2026-11-22T02:00:00Z',
})
const apple = level('apple', '6999911000015')
const pear = level('pear', '6999911000039')
const line = (over: Partial<DraftLine> = {}): DraftLine => ({
  ...(addScan([], apple, 1, 'a')[0] as DraftLine),
  ...over,
})
const today = '2026-11-22'

test('a scan is one piece, a typed count and a star are many', () => {
  assert.deepEqual(parseScan('6999911000015'), { quantity: 1, text: '6999911000015' })
  assert.deepEqual(parseScan(' 12*6999911000015 '), { quantity: 12, text: '6999911000015' })
  assert.deepEqual(parseScan('3×苹果'), { quantity: 3, text: '苹果' })
  assert.deepEqual(parseScan('0*苹果'), { quantity: 1, text: '0*苹果' })
})

test('a whole barcode is meant though others begin alike; several names are a choice', () => {
  assert.equal(meant([pear, apple], apple.barcode), apple)
  assert.equal(meant([pear], '梨'), pear)
  assert.equal(meant([pear, apple], '果'), undefined)
  assert.equal(meant([], '果'), undefined)
})

test('scanning again adds to the line and brings it to the top; a second batch stands below the first', () => {
  const once = addScan(addScan([], apple, 1, 'a'), pear, 2, 'b')
  const again = addScan(once, apple, 5, 'c')
  assert.deepEqual(
    again.map(({ id, quantity }) => [id, quantity]),
    [
      ['a', 6],
      ['b', 2],
    ],
  )
  const batches = addBatch(again, again[0] as DraftLine, 'd')
  assert.deepEqual(
    batches.map(({ id, quantity }) => [id, quantity]),
    [
      ['a', 6],
      ['d', null],
      ['b', 2],
    ],
  )
  assert.deepEqual(totalsOf(batches), { skus: 2, pieces: 8 })
})

test('days are read as they stand on packs', () => {
  for (const typed of ['20261122', '261122', '2026-11-22', '2026.11.22', '2026/11/22', '2026年11月22日'])
    assert.equal(parseDay(typed), '2026-11-22', typed)
  for (const typed of ['20260230', '2026-13-01', '十一月', ''])
    assert.equal(parseDay(typed), undefined, typed)
})

test('a shelf life counts from the production day; months end with the month', () => {
  assert.equal(parseExpiry('180天', '2026-01-01'), '2026-06-30')
  assert.equal(parseExpiry('+30', '2026-01-01'), '2026-01-31')
  assert.equal(parseExpiry('12个月', '2026-11-22'), '2027-11-22')
  assert.equal(parseExpiry('1月', '2026-01-31'), '2026-02-28')
  assert.equal(parseExpiry('2年', '2024-02-29'), '2026-02-28')
  assert.equal(parseExpiry('20270101', undefined), '2027-01-01')
  assert.equal(parseExpiry('12月', undefined), undefined, 'nothing to count from')
})

test('a line says why it cannot be sent', () => {
  assert.equal(lineFault('receipts', line(), today), undefined)
  assert.match(lineFault('receipts', line({ quantity: null }), today) ?? '', /件数/)
  assert.match(lineFault('receipts', line({ expires: '20261121' }), today) ?? '', /已过期/)
  assert.equal(lineFault('receipts', line({ expires: '20261122' }), today), undefined)
  assert.match(lineFault('receipts', line({ made: '20261123' }), today) ?? '', /还没到/)
  assert.match(lineFault('receipts', line({ expires: '30天' }), today) ?? '', /先填生产日期/)
  assert.match(lineFault('wastes', line({ quantity: 11 }), today) ?? '', /只有 10/)
  const lot = { id: 'l', remaining: 2, expiresOn: '2026-11-20' }
  assert.match(lineFault('wastes', line({ quantity: 3, lot }), today) ?? '', /只剩 2/)
})

test('what leaves less than shoppers have ordered is named, over all lines of the goods', () => {
  assert.deepEqual(shortLines([line({ quantity: 7 })]), [])
  assert.equal(shortLines([line({ quantity: 4 }), line({ id: 'b', quantity: 4 })]).length, 2)
  assert.deepEqual(shortLines([line({ quantity: 99 })]), [], 'more than there is has a fault of its own')
})

test('a transfer is written from the store one stands in, whichever way the goods go', () => {
  const draft = { ...emptyDraft('S01'), otherStoreId: 'S02' }
  assert.deepEqual(wayOf(draft), { from: 'S02', to: 'S01' })
  assert.deepEqual(wayOf({ ...draft, direction: 'out' }), { from: 'S01', to: 'S02' })
})

test('a refusal names its lines', () => {
  const problem = { code: 'x', status: 409, detail: '', requestId: '' }
  const data = { lines: [{ skuId: 'apple', onHand: 2, reserved: 1 }, { skuId: 'pear' }, 7] }
  assert.deepEqual(
    [...faultsByLine({ ...problem, data })],
    [
      ['apple', '现在在手 2，预占 1'],
      ['pear', '这一行不行'],
    ],
  )
  assert.equal(faultsByLine(problem).size, 0)
})
