import assert from 'node:assert/strict'
import { test } from 'node:test'

import { csvOf } from './csv.ts'
import {
  adjustOutcome,
  composition,
  accountOf,
  entryLines,
  ledgerAgrees,
  rawSellable,
  signed,
  stockFilters,
  type Entry,
  type Level,
} from './model.ts'

const level: Level = {
  storeId: 'S04',
  skuId: 's1',
  productId: 'p1',
  name: '鲜鸡蛋 30枚',
  barcode: '6999912000083',
  unit: '板',
  picture: null,
  shelf: 'M04-3-4',
  onHand: 24,
  reserved: 3,
  safety: 15,
  locked: 0,
  expired: 0,
  buffer: 0,
  coverDays: null,
  available: 6,
  updatedAt: '2026-11-22T02:41:55Z',
}
const entry: Entry = {
  id: '1',
  at: '2026-11-22T02:41:55Z',
  reason: 'RESERVE',
  onHandDelta: 0,
  reservedDelta: 1,
  lockedDelta: 0,
  onHandAfter: 24,
  reservedAfter: 3,
  reference: 'XH261122-0368-1174',
  note: null,
  by: '系统',
}
const adjust = { reason: 'ADJUST' as const, mode: 'to' as const, typed: '20', note: '破 1 板' }

test('sellable is what is on hand less what is spoken for', () => {
  assert.equal(rawSellable(level), 6)
  assert.equal(rawSellable({ ...level, onHand: 10 }), -8)
})

test('the parts of the bar add up to what is on hand, whatever the safety stock says', () => {
  for (const change of [
    {},
    { onHand: 10 },
    { onHand: 3 },
    { safety: 0, locked: 30 },
    { onHand: 0, reserved: 0 },
  ]) {
    const changed = { ...level, ...change }
    const sum = composition(changed).reduce((total, part) => total + part.count, 0)
    assert.equal(sum, changed.onHand, JSON.stringify(change))
  }
})

test('an entry shows each account that it moved, before and after', () => {
  assert.deepEqual(entryLines(entry), [{ account: '预占', tone: 'waiting', delta: 1, before: 2, after: 3 }])
  const shipped = {
    ...entry,
    reason: 'SHIP' as const,
    onHandDelta: -1,
    reservedDelta: -1,
    onHandAfter: 23,
    reservedAfter: 2,
  }
  assert.deepEqual(
    entryLines(shipped).map((line) => [line.account, line.before, line.after]),
    [
      ['在手', 24, 23],
      ['预占', 3, 2],
    ],
  )
})

test('of a ledger narrowed to one account, its lines alone are shown and held to the level', () => {
  const shipped = {
    ...entry,
    onHandDelta: -1,
    reservedDelta: -1,
    onHandAfter: level.onHand,
    reservedAfter: 9,
  }
  assert.deepEqual(
    entryLines(shipped, 'on_hand').map((line) => line.account),
    ['在手'],
  )
  assert.deepEqual(
    entryLines(shipped, 'reserved').map((line) => line.account),
    ['预占'],
  )
  assert.equal(ledgerAgrees(level, shipped), false)
  assert.equal(ledgerAgrees(level, shipped, 'on_hand'), true)
  assert.equal(ledgerAgrees(level, shipped, 'reserved'), false)
  assert.equal(accountOf(new URLSearchParams('account=reserved')), 'reserved')
  assert.equal(accountOf(new URLSearchParams('account=toString')), undefined)
})

test('the ledger agrees only when its newest entry ends at the level', () => {
  assert.equal(ledgerAgrees(level, entry), true)
  assert.equal(ledgerAgrees({ ...level, onHand: 25 }, entry), false)
  assert.equal(ledgerAgrees(level, undefined), false)
})

test('an adjustment says what it will do', () => {
  assert.deepEqual(adjustOutcome(level, adjust), { delta: -4, onHand: 20, sellable: 2 })
  assert.deepEqual(adjustOutcome(level, { ...adjust, mode: 'by', typed: '+6' }), {
    delta: 6,
    onHand: 30,
    sellable: 12,
  })
  assert.deepEqual(adjustOutcome(level, { ...adjust, mode: 'by', typed: '−21' }), {
    delta: -21,
    onHand: 3,
    sellable: 0,
  })
})

test('an adjustment that cannot be made says why', () => {
  const fault = (change: object) => adjustOutcome(level, { ...adjust, ...change }).fault
  assert.match(fault({ typed: '2' }) ?? '', /预占的 3 件/)
  assert.match(fault({ typed: '24' }) ?? '', /不用记/)
  assert.match(fault({ typed: '1.5' }) ?? '', /件数/)
  assert.match(fault({ typed: '-1' }) ?? '', /小于 0/)
  assert.match(fault({ note: '  ' }) ?? '', /原因/)
  assert.match(fault({ mode: 'by', typed: '100001' }) ?? '', /100,000/)
})

test('signs and filters', () => {
  assert.deepEqual([signed(3), signed(-3), signed(0)], ['+3', '−3', '0'])
  assert.deepEqual(stockFilters(new URLSearchParams('only=low&q=6999&cat=M&store=S01')), {
    q: '6999',
    categoryId: 'M',
    only: 'low',
  })
  assert.deepEqual(stockFilters(new URLSearchParams('only=valueOf')), {})
})

test('the export says the sum from left to right, and no name is a formula', () => {
  const [head, row, end] = csvOf([{ ...level, name: '=1+1', shelf: null, expired: 2, available: 4 }]).split(
    '\r\n',
  )
  assert.equal(
    head,
    '\uFEFF"门店","商品","条码","货位","在手","预占","安全","活动锁","过期停售","缓冲","可售"',
  )
  assert.equal(row, `"S04","'=1+1","\t6999912000083","","24","3","15","0","2","0","4"`)
  assert.equal(end, '')
})
