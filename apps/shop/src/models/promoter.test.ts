import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  earnedFen,
  fenOf,
  keyOfPromoter,
  postingNote,
  rateText,
  shareNote,
  signedYuan,
  troubleText,
} from './promoter.ts'

test('a scene of a promoter, and of nobody else', () => {
  assert.equal(keyOfPromoter('p.AbCdEfGh2345'), 'AbCdEfGh2345')
  for (const scene of [null, '', 'g.AbCdEfGh2345', 'p.short', 'p.AbCdEfGh2345x'])
    assert.equal(keyOfPromoter(scene), null)
})

test('yuan as they are typed', () => {
  const cases: [string, number | null][] = [
    ['1', 100],
    ['1.5', 150],
    [' 0.05 ', 5],
    ['12.345', null],
    ['-1', null],
    ['', null],
    ['1e3', null],
  ]
  for (const [typed, fen] of cases) assert.equal(fenOf(typed), fen, typed)
})

test('what one piece would bring at most, rounded down as the ledger does', () => {
  assert.deepEqual([earnedFen(1999, 500), earnedFen(1, 500), earnedFen(10_000, 1000)], [99, 0, 1000])
})

test('every share and every row says why', () => {
  const share = {
    orderId: 'o',
    orderTail: '1234',
    lineNo: 1,
    depth: 1,
    buyer: '王*',
    placedAt: '2026-11-22T04:00:00Z',
    state: 'PENDING',
    freeAt: null,
    level: 'new',
    rateBp: 550,
    baseFen: 1000,
    amountFen: 55,
    leftFen: 55,
  } as const
  assert.equal(shareNote(share, 0), '¥10.00 × 5.5%')
  assert.match(shareNote({ ...share, depth: 2, leftFen: 50 }, 0), /邀请来的推广员带来的，退款扣回 ¥0\.05$/)
  const posting = {
    id: '1',
    at: '2026-11-22T04:00:00Z',
    reason: 'refund',
    pendingFen: 0,
    frozenFen: 0,
    availableFen: -5,
    withdrawingFen: 0,
    paidFen: 0,
    share: { orderTail: '1234', lineNo: 1, depth: 1, rateBp: 550, baseFen: 1000, keptFen: 900 },
    withdrawal: null,
    note: null,
  } as const
  assert.equal(postingNote(posting), '订单尾号 1234 第 1 行，还剩 ¥9.00 × 5.5%')
  const withdrawal = { amountFen: 200_000, taxFen: 24_000, netFen: 176_000, trouble: null }
  assert.equal(
    postingNote({ ...posting, reason: 'withdrawn', share: null, withdrawal }),
    '¥2,000.00，代扣个税 ¥240.00，到账 ¥1,760.00',
  )
  assert.equal(troubleText('OVERDUE_CLOSE'), '24 小时没有确认收款')
  assert.equal(signedYuan(-120), '−¥1.20')
  assert.equal(rateText(500), '5%')
})
