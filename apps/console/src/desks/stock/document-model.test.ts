import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  aboutWords,
  countOutcome,
  deedsOf,
  differenceOf,
  piecesWord,
  stateOf,
  type DocumentLine,
  type DocumentRow,
} from './document-model.ts'

const row: DocumentRow = {
  id: 'd',
  no: 'SH000001',
  kind: 'RECEIVE',
  state: 'POSTED',
  storeId: 'S01',
  toStoreId: null,
  source: 'SUPPLIER',
  supplier: null,
  wasteReason: null,
  note: '',
  by: 'staff:s01',
  at: '2026-11-22T02:00:00Z',
  changedAt: '2026-11-22T02:00:00Z',
  lines: 1,
  pieces: 7,
  missing: 0,
  reverses: null,
  reversedBy: null,
}
const transfer: DocumentRow = { ...row, kind: 'TRANSFER', state: 'SHIPPED', toStoreId: 'S02', source: null }
const hq = { mine: undefined, mayAdjust: true }
const line = (over: Partial<DocumentLine>): DocumentLine => ({
  lineNo: 1,
  skuId: 'a',
  name: '苹果',
  barcode: '6999911000015',
  unit: '份',
  shelf: null,
  quantity: null,
  batchNo: null,
  madeOn: null,
  expiresOn: null,
  counted: 8,
  onHandThen: 10,
  countedAt: null,
  countedBy: null,
  shipped: null,
  received: null,
  onHand: 9,
  reserved: 0,
  ...over,
})

test('pieces have the sign of what they did to the shelf; a transfer has none', () => {
  assert.equal(piecesWord(row), '+7')
  assert.equal(piecesWord({ ...row, pieces: -7 }), '−7')
  assert.equal(piecesWord({ ...row, kind: 'WASTE' }), '−7')
  assert.equal(piecesWord({ ...row, kind: 'COUNT', pieces: -3 }), '−3')
  assert.equal(piecesWord(transfer), '7')
})

test('what arrived short needs somebody; what was taken back says so', () => {
  assert.deepEqual(stateOf({ ...transfer, state: 'RECEIVED', missing: 2 }), { word: '少收 2', tone: 'alarm' })
  assert.equal(stateOf({ ...row, reversedBy: 'SH000002' }).word, '已冲回')
  assert.equal(stateOf(transfer).word, '在路上')
})

test('each side of a transfer can do its own part, and nobody the same thing twice', () => {
  const giver = { mine: ['S01'], mayAdjust: true }
  const taker = { mine: ['S02'], mayAdjust: true }
  const asked: DocumentRow = { ...transfer, state: 'REQUESTED' }
  assert.deepEqual(deedsOf(asked, giver), ['ship', 'cancel'])
  assert.deepEqual(deedsOf(asked, taker), ['cancel'])
  assert.deepEqual(deedsOf(transfer, giver), ['recall'])
  assert.deepEqual(deedsOf(transfer, taker), ['receive'])
  assert.deepEqual(deedsOf(transfer, hq), ['receive', 'recall'])
  assert.deepEqual(deedsOf({ ...transfer, state: 'RECEIVED' }, hq), [])
})

test('a posted document can be taken back once; a counter-document cannot', () => {
  assert.deepEqual(deedsOf(row, hq), ['reverse'])
  assert.deepEqual(deedsOf({ ...row, reversedBy: 'SH000002' }, hq), [])
  assert.deepEqual(deedsOf({ ...row, reverses: 'SH000002' }, hq), [])
  assert.deepEqual(deedsOf(row, { ...hq, mayAdjust: false }), [])
  assert.deepEqual(deedsOf({ ...row, kind: 'COUNT', state: 'COUNTING' }, hq), ['count', 'cancel'])
})

test('a difference is against the book of that moment, and is added to the book of now', () => {
  assert.deepEqual(differenceOf(line({})), { delta: -2, after: 7, short: 0 })
  assert.deepEqual(differenceOf(line({ counted: 2, reserved: 3 })), { delta: -8, after: 1, short: 2 })
  const { differing, pieces, short } = countOutcome([
    line({}),
    line({ counted: 10 }),
    line({ counted: 0, reserved: 1 }),
  ])
  assert.deepEqual([differing.length, pieces, short.length], [2, -12, 1])
})

test('what stands beside the number', () => {
  assert.equal(aboutWords(row), '供应商')
  assert.equal(aboutWords({ ...row, supplier: '宁晋果业', note: '早班' }), '宁晋果业 · 早班')
  assert.equal(aboutWords(transfer), 'S01 → S02')
  assert.equal(
    aboutWords({ ...row, source: null, wasteReason: 'BROKEN', reverses: 'BS000001' }),
    '冲回 BS000001 · 破损',
  )
})
