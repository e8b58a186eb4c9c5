import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  agrees,
  emptyTopUp,
  moveWords,
  owed,
  readPayOut,
  readTopUp,
  sourceWords,
  termsOf,
  type Books,
  type Posting,
  type ValueMember,
} from './model.ts'

const member: ValueMember = {
  memberId: '01900000-0000-7000-8000-000000000000',
  name: '刘*芳',
  phoneTail: '0001',
  availableFen: 1000,
  heldFen: 0,
  roomFen: 5000,
  holder: { name: '刘*', documentTail: '002X' },
}
const form = { ...emptyTopUp, amount: '50' }

test('a top-up: the amount within the room, the change, the slip', () => {
  assert.deepEqual(readTopUp({ ...form, tendered: '100' }, member), {
    ready: true,
    body: { tender: 'cash', amountFen: 5000, tenderedFen: 10_000 },
    changeFen: 5000,
  })
  assert.deepEqual(readTopUp(form, member), {
    ready: true,
    body: { tender: 'cash', amountFen: 5000, tenderedFen: 5000 },
    changeFen: 0,
  })
  const words = (over: Partial<typeof form>, of = member) => {
    const read = readTopUp({ ...form, ...over }, of)
    return read.ready ? '' : read.missing
  }
  assert.match(words({ amount: '50.01' }), /最多还能充 ¥50.00/)
  assert.match(words({ amount: '0' }), /写充多少/)
  assert.match(words({ tendered: '49' }), /不够/)
  assert.match(words({ tender: 'card' }), /凭证号/)
  assert.match(words({}, { ...member, holder: null }), /姓名/)
  assert.match(words({ name: '刘芳', document: '123' }, { ...member, holder: null }), /18 位/)
})

test('the first top-up carries name and document', () => {
  const read = readTopUp(
    { ...form, tender: 'card', slip: ' 12 ', name: ' 刘芳 ', document: '11010519491231002x' },
    { ...member, holder: null },
  )
  assert.deepEqual(read, {
    ready: true,
    body: {
      tender: 'card',
      amountFen: 5000,
      slip: '12',
      holder: { name: '刘芳', document: '11010519491231002X' },
    },
    changeFen: 0,
  })
})

test('a payout: what is there, with a reason, against the balance on the screen', () => {
  assert.deepEqual(readPayOut({ amount: '10', reason: ' 搬家 ' }, member), {
    ready: true,
    body: { amountFen: 1000, expectFen: 1000, reason: '搬家' },
  })
  assert.equal(readPayOut({ amount: '10.01', reason: 'x' }, member).ready, false)
  assert.equal(readPayOut({ amount: '10', reason: ' ' }, member).ready, false)
})

test('limits of the terms are those of the law', () => {
  assert.equal(termsOf({ open: true, limit: '5000.01', filingNo: '' }), undefined)
  assert.equal(termsOf({ open: true, limit: '99', filingNo: '' }), undefined)
  assert.deepEqual(termsOf({ open: true, limit: '5000', filingNo: ' 1 ' }), {
    open: true,
    maxBalanceFen: 500_000,
    filingNo: '1',
  })
})

test('what is owed is what came in less what went out', () => {
  const books: Books = {
    terms: null,
    accounts: 1,
    availableFen: 700,
    heldFen: 100,
    toppedUpFen: 2000,
    paidOutFen: 200,
    spentFen: 1000,
  }
  assert.equal(owed(books), 800)
  assert.ok(agrees(books))
  assert.ok(!agrees({ ...books, spentFen: 999 }))
})

test('a posting in words', () => {
  const posting: Posting = {
    id: '1',
    reason: 'top_up',
    availableFen: 5000,
    heldFen: 0,
    orderId: null,
    storeId: 'S01',
    tender: 'card',
    slip: '7',
    note: null,
    by: 'staff:clerk01',
    at: '2026-11-22T02:00:00Z',
  }
  assert.equal(sourceWords(posting), 'S01 · 刷卡 · 凭证 7 · 经手 clerk01')
  assert.deepEqual([moveWords(5000), moveWords(-800), moveWords(0)], ['+¥50.00', '−¥8.00', '–'])
})
