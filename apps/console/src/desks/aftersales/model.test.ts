import assert from 'node:assert/strict'
import { test } from 'node:test'

import { csvOf } from './csv.ts'
import {
  aftersaleFilters,
  aftersaleTabs,
  dueWords,
  troubleWords,
  waitingCount,
  type AftersaleRow,
} from './model.ts'

test('filters are read out of the address, and nonsense is left out', () => {
  assert.deepEqual(aftersaleFilters(new URLSearchParams('tab=failed&kind=return&q= 3316 ')), {
    tab: 'failed',
    kind: 'return',
    q: '3316',
  })
  assert.deepEqual(aftersaleFilters(new URLSearchParams('tab=x&kind=y')), { tab: 'applied' })
})
test('the first tab has the plain address', () => {
  const tabs = aftersaleTabs({ applied: 3 }, 'applied')
  assert.deepEqual(tabs[0], {
    key: 'applied',
    label: '等答复',
    count: 3,
    change: { tab: undefined },
    on: true,
  })
  assert.ok(tabs.slice(1).every(({ change, on }) => change.tab && !on))
})
test('what waits for somebody is answers, appeals and failed refunds', () => {
  assert.equal(waitingCount({ applied: 3, appealed: 1, failed: 2, returning: 9, ended: 40 }), 6)
})
test('time left and time over; a shopper who is late is no fault of ours', () => {
  const now = Date.parse('2026-11-22T02:00:00Z')
  const due = (state: 'APPLIED' | 'WAIT_RETURN' | 'DONE', dueAt: string | null) =>
    dueWords({ state, dueAt }, now)
  assert.deepEqual(due('APPLIED', '2026-11-22T05:08:00Z'), { words: '还有 3 时 8 分', late: false })
  assert.deepEqual(due('APPLIED', '2026-11-22T00:00:00Z'), { words: '已超 2 小时', late: true })
  assert.equal(due('WAIT_RETURN', '2026-11-22T00:00:00Z')?.late, false)
  assert.equal(due('DONE', '2026-11-22T00:00:00Z'), undefined)
  assert.equal(due('APPLIED', null), undefined)
})
test('every trouble has words, known or not', () => {
  assert.match(troubleWords('ABNORMAL'), /收付款核对/)
  assert.match(troubleWords('SOMETHING_NEW'), /没有办成/)
  assert.match(troubleWords(null), /没有办成/)
})

const row: AftersaleRow = {
  id: 'a1',
  orderId: 'o1',
  orderNo: '2026112499040292',
  storeId: 'S02',
  storeName: '信都中华大街店',
  kind: 'claim',
  reason: 'spoiled',
  state: 'APPLIED',
  amountFen: 1590,
  pieces: 3,
  lines: [
    { lineNo: 1, name: '=cmd', unit: '盒', quantity: 2, picture: null, amountFen: 1000 },
    { lineNo: 2, name: '梨', unit: '份', quantity: 1, picture: null, amountFen: 590 },
  ],
  appliedAt: '2026-11-22T02:10:00Z',
  dueAt: '2026-11-24T02:10:00Z',
  memberName: '高*兰',
  phoneTail: '3316',
  ownerName: null,
  photos: 3,
  trouble: null,
  since: '2026-11-22T02:10:00Z',
}
test('the export has one line per request in yuan; an exchange gives back no money', () => {
  const [head, claim, exchange, end] = csvOf([row, { ...row, kind: 'exchange', phoneTail: null }]).split(
    '\r\n',
  )
  assert.ok(head?.startsWith('\uFEFF"申请时间","订单号"'))
  assert.ok(
    claim?.includes('"15.90"') && claim.includes(`"'=cmd 2 盒；梨 1 份"`) && claim.includes('"等我们答复"'),
  )
  assert.ok(exchange?.includes('"换货"') && !exchange.includes('15.90'))
  assert.equal(end, '')
})
