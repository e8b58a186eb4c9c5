import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  figuresCsv,
  formFault,
  formOf,
  inputOf,
  keptFen,
  moneyWords,
  rateWords,
  type Row,
  rowWords,
  type Share,
  sharesCsv,
  spanOf,
  subjectWords,
  termsSentences,
  viewOf,
} from './model.ts'

const figures = { shares: 1, opens: 4, members: 3, joined: 1, orders: 2, paidFen: 3980, backFen: 1990 }
const nothing = { day: null, subject: null, title: null, storeId: null, sharer: null }
const sharer = { id: 'm', name: '刘*芳', phoneTail: '0001' }

test('views and spans come from the address, and nothing else does', () => {
  assert.deepEqual([viewOf(null), viewOf('sharer'), viewOf('x')], ['day', 'sharer', 'day'])
  assert.deepEqual([spanOf(null), spanOf('7'), spanOf('8')], [30, 7, 30])
})

test('a row says what it is about; kinds this build does not know are named as they come', () => {
  const rows: Row[] = [
    { ...nothing, ...figures, day: '2026-11-24' },
    { ...nothing, ...figures, sharer },
    { ...nothing, ...figures, subject: { kind: 'product', id: 'p' }, title: '内丘苹果', storeId: 'S01' },
  ]
  assert.deepEqual(rows.map(rowWords), ['11月24日 周二', '刘*芳 0001', '商品 · 内丘苹果'])
  assert.deepEqual(subjectWords({ subject: { kind: 'raffle', id: 'x' }, title: null }), {
    kind: 'raffle',
    name: '已经不在了',
  })
  const [head = '', day = ''] = figuresCsv(rows).split('\r\n')
  assert.equal(head.split(',').length, day.split(',').length)
  assert.match(day, /^"2026-11-24","","1","4","3","1","2","39.80","19.90","19.90"$/)
})

test('money is what was paid less what went back; a rate of nothing is none', () => {
  assert.equal(keptFen(figures), 1990)
  assert.equal(moneyWords(figures), '2 单，付 ¥39.80，退 ¥19.90')
  assert.equal(moneyWords({ ...figures, backFen: 0 }), '2 单，付 ¥39.80')
  assert.equal(moneyWords({ ...figures, orders: 0 }), '还没有付款的订单')
  assert.deepEqual([rateWords(1, 0), rateWords(1, 3)], ['–', '33.3%'])
})

test('each share has a row of its own in the file', () => {
  const share: Share = {
    id: 's',
    key: 'ABCDEFGHJKLM',
    subject: { kind: 'store', id: 'S01' },
    title: '1 号店',
    storeId: 'S01',
    sharer,
    depth: 1,
    parentId: 'r',
    madeAt: '2026-11-24T02:00:00Z',
    ...figures,
  }
  assert.match(sharesCsv([share]), /"2026-11-24 10:00:00","刘\*芳 0001","门店","1 号店","S01","2","4"/)
})

test('terms: seven days while nobody says otherwise, one to thirty, and off says so', () => {
  assert.match(termsSentences(undefined)[0] ?? '', /7 天/)
  assert.match(termsSentences({ active: false, days: 7 })[0] ?? '', /不把订单归到/)
  assert.deepEqual(inputOf({ days: '14' }), { active: true, days: 14 })
  for (const days of ['0', '31', '', '1.5']) {
    assert.equal(inputOf({ days }), undefined)
    assert.ok(formFault({ days }))
  }
  assert.equal(formOf(undefined).days, '7')
})
