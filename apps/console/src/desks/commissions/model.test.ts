import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formFault,
  formOf,
  inputOf,
  movesOf,
  postingNote,
  switched,
  taxText,
  termsSentences,
  viewOf,
} from './model.ts'

test('a form begins with what the law allows and says what is wrong first', () => {
  const form = { ...formOf(undefined), taxNote: '法务确认' }
  assert.equal(formFault(form), undefined)
  assert.deepEqual(inputOf(form)?.levels, [{ code: 'new', name: '推广员', rateBp: 500, upperBp: 0 }])
  assert.match(formFault({ ...form, depth: '2' }) ?? '', /邀请人比例/)
  assert.match(formFault({ ...form, holdDays: '6' }) ?? '', /7 到 60/)
  assert.match(formFault({ ...form, dailyFen: '20000.01' }) ?? '', /20,000/)
  assert.match(formFault({ ...form, taxNote: ' ' }) ?? '', /个税/)
  assert.match(formFault({ ...form, levels: [...form.levels, ...form.levels] }) ?? '', /不能重/)
  assert.equal(inputOf({ ...form, bindDays: '0' }), undefined)
})

test('terms go out as they came in, but for the switch', () => {
  const input = inputOf({ ...formOf(undefined), taxNote: '法务确认' })
  assert.ok(input)
  const terms = { ...input, id: '1', by: 'staff:hq', since: '2026-11-22T04:00:00Z' }
  assert.deepEqual(switched(terms), { ...input, active: false, since: null })
  assert.deepEqual(inputOf(formOf(terms)), input)
  assert.ok(termsSentences(input).some((sentence) => sentence.includes('自己买不提成')))
})

test('a row of the ledger says what it moved and why', () => {
  const row = {
    id: '1',
    at: '2026-11-22T04:00:00Z',
    reason: 'refund',
    pendingFen: 0,
    frozenFen: -5,
    availableFen: 0,
    withdrawingFen: 0,
    paidFen: 0,
    share: { orderTail: '1234', lineNo: 2, depth: 2, rateBp: 100, baseFen: 1000, keptFen: 500 },
    withdrawal: null,
    note: null,
  } as const
  assert.deepEqual(movesOf(row), [{ name: '售后期', fen: -5 }])
  assert.equal(postingNote(row), '订单尾号 1234 第 2 行 · 还剩 ¥5.00 × 1% · 二级')
  assert.equal(viewOf('nothing'), 'applications')
})

test('a list for the tax office keeps every digit of an identity card, and says who gave no name', () => {
  const paid = { accountId: 'a', times: 2, amountFen: 400_000, taxFen: 64_000, netFen: 336_000 }
  const text = taxText('2026-11', [
    { ...paid, name: '测试员', document: '110105194912310022' },
    { ...paid, name: null, document: null },
  ])
  const [, first, second] = text.split('\r\n')
  assert.equal(
    first,
    '"2026-11","测试员","居民身份证","\t110105194912310022","劳务报酬","2","4000.00","640.00","3360.00"',
  )
  assert.match(second ?? '', /"没有实名","",""/)
})
