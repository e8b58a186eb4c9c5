import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endingOf, movesOf, pointsLine, pointsRules, pointsText, worthFen } from './points.ts'
import type { Points, Posting } from './wire.ts'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const TERMS = {
  pointsPerYuan: 100,
  capBp: 1000,
  minOrderFen: 0,
  fenPerPoint: 100,
  frozenDays: 7,
  validMonths: 12,
}
const points = (over: Partial<Points> = {}): Points => ({
  available: 1286,
  frozen: 0,
  held: 0,
  debt: 0,
  nextEnd: null,
  terms: TERMS,
  ...over,
})
let serial = 0
const posting = (over: Partial<Posting>): Posting => ({
  id: String(++serial),
  reason: 'grant',
  orderId: null,
  lastDay: null,
  available: 0,
  frozen: 0,
  debt: 0,
  at: '2026-11-22T02:00:00.000Z',
  ...over,
})

test('points are grouped as money is, and worth whole fen', () => {
  assert.equal(pointsText(1_234_567), '1,234,567')
  assert.equal(worthFen(points(), 347), 347)
  assert.equal(worthFen(points({ terms: { ...TERMS, pointsPerYuan: 300 } }), 10), 3)
  assert.equal(worthFen(points({ terms: null }), 10), null)
})

test('what ends next is said with its day and its worth', () => {
  assert.equal(endingOf(points(), NOW), null)
  const ending = points({ nextEnd: { lastDay: '2026-11-30', points: 120 } })
  assert.deepEqual(endingOf(ending, NOW), { text: '120 积分 11 月 30 日到期，值 ¥1.20', soon: true })
  assert.equal(endingOf({ ...ending, terms: null }, NOW)?.text, '120 积分 11 月 30 日到期')
  const later = points({ nextEnd: { lastDay: '2027-11-30', points: 120 } })
  assert.deepEqual(endingOf(later, NOW), { text: '120 积分 2027 年 11 月 30 日到期，值 ¥1.20', soon: false })
})

test('the rules are those of the chain, and there are none where it has no points', () => {
  const rules = pointsRules(points()).join('\n')
  assert.match(rules, /每实付 ¥1\.00 得 1 积分/)
  assert.match(rules, /100 积分抵 ¥1，一单最多抵能抵商品的 10%/)
  assert.doesNotMatch(rules, /才能用\n/)
  assert.deepEqual(pointsRules(points({ terms: null })), [])
})

test('several lots of one deed are one move; what was owed is told', () => {
  const hold = { reason: 'hold' as const, orderId: 'o1' }
  const moves = movesOf(
    [
      posting({ ...hold, available: -100 }),
      posting({ ...hold, available: -247 }),
      posting({ reason: 'earn', orderId: 'o1', frozen: 44 }),
      posting({
        reason: 'unfreeze',
        orderId: 'o2',
        frozen: -44,
        available: 30,
        debt: -14,
        lastDay: '2027-11-30',
      }),
      posting({ reason: 'unfreeze', orderId: 'o3', frozen: -9, available: 9, lastDay: '2027-11-30' }),
      posting({ reason: 'claw', orderId: 'o4', frozen: -20 }),
      posting({ reason: 'claw', orderId: 'o5', debt: 12 }),
      posting({ reason: 'expire', available: -5 }),
      posting({ reason: 'expire', available: -6 }),
    ],
    NOW,
  )
  assert.deepEqual(
    moves.map(({ title, points: moved, note }) => [title, moved, note]),
    [
      ['下单抵扣', -347, null],
      ['购物得积分', 44, '售后期过后可用'],
      ['积分可以用了', 44, '先还了欠的 14'],
      ['积分可以用了', 9, '2027 年 11 月 30 日前有效'],
      ['退款，收回得的积分', -20, '从待生效里扣'],
      ['退款，收回得的积分', -12, '欠 12，下次得的先还'],
      ['过期', -5, null],
      ['过期', -6, null],
    ],
  )
})

test('the checkout offers points, says what they do, or why they cannot', () => {
  const offer = { balance: 1286, usable: 347, offFen: 347, why: '' }
  assert.deepEqual(pointsLine(offer, 0), {
    title: '积分抵扣',
    note: '可用 347 积分抵 ¥3.47',
    on: false,
  })
  assert.deepEqual(pointsLine(offer, 347), { title: '用 347 积分', note: '共 1,286 积分', on: true })
  assert.deepEqual(pointsLine({ ...offer, usable: 0, offFen: 0, why: '还差 ¥5才能用' }, 0), {
    title: '积分抵扣',
    note: '共 1,286 积分，还差 ¥5才能用',
    on: null,
  })
  assert.equal(pointsLine({ balance: 0, usable: 0, offFen: 0, why: '' }, 0).on, null)
})
