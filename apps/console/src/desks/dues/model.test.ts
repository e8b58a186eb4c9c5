import assert from 'node:assert/strict'
import { test } from 'node:test'

import { balances, csvOf, dueFilters } from './model.ts'

const sum = (debtorStoreId: string, creditorStoreId: string, amountFen: number, count = 1) => ({
  debtorStoreId,
  creditorStoreId,
  amountFen,
  count,
})

test('what two stores owe each other is set off, and the one who owes more is named', () => {
  assert.deepEqual(balances([sum('S02', 'S01', 500, 2), sum('S01', 'S02', 1800), sum('S03', 'S01', 90)]), [
    sum('S01', 'S02', 1300, 3),
    sum('S03', 'S01', 90),
  ])
  assert.deepEqual(balances([sum('S02', 'S01', 500), sum('S01', 'S02', 500)]), [sum('S02', 'S01', 0, 2)])
})

test('what is no day in the address is left out', () => {
  assert.deepEqual(dueFilters(new URLSearchParams('from=2026-11-01&to=soon')), { from: '2026-11-01' })
})

test('a spreadsheet gets yuan, and long numbers as text', () => {
  const text = csvOf([
    {
      id: 1,
      aftersaleId: '',
      orderId: '',
      orderNo: '202611220000000017',
      name: '酱油',
      unit: '瓶',
      quantity: 2,
      amountFen: 1980,
      reason: 'returned',
      debtorStoreId: 'S02',
      creditorStoreId: 'S01',
      at: '2026-11-22T03:00:00.000Z',
    },
  ])
  assert.match(text, /"2026-11-22 11:00:00","\t202611220000000017","酱油","2","19.80","S02","S01","收下退货"/)
})
