import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Fault, ofGrowth } from './checks.ts'
import { amountWords, faultWords, historyWords } from './words.ts'

const fault = (over: Partial<Fault>): Fault => ({
  member: null,
  book: 'account',
  figure: 'available',
  orderId: null,
  lastDay: null,
  stands: 1,
  posted: 0,
  ...over,
})

test('a figure that is off is named by where it is kept', () => {
  assert.equal(faultWords(fault({})), '账户 · 可用')
  assert.equal(faultWords(fault({ book: 'lot', lastDay: '2027-11-30' })), '2027-11-30 到期的一批 · 可用')
  assert.equal(
    faultWords(fault({ book: 'spend', figure: 'kept', lastDay: '2027-11-30' })),
    '一单抵扣的（2027-11-30 到期的一批） · 没退回的',
  )
  assert.equal(faultWords(fault({ book: 'grant', figure: 'frozen' })), '一单得的 · 待生效')
})

test('stored value is money, points are counted', () => {
  assert.equal(amountWords('value', 123_456), '¥1,234.56')
  assert.equal(amountWords('points', 123_456), '123,456')
})

test('the last checks are summed up', () => {
  const check = { id: '', at: '', nightly: true, by: '', accounts: 1, wrong: 0, faults: [] }
  assert.equal(historyWords([check, check]), '最近 2 次全对上')
  assert.equal(historyWords([check, { ...check, wrong: 3 }]), '最近 2 次里，1 次对不上')
})

test('a comparison of growth is told like the others', () => {
  const at = '2026-11-23T19:00:00Z'
  const faults = [{ memberId: 'm1', growth: 10, postings: 12 }]
  const check = ofGrowth({ id: 'c1', at, nightly: true, by: 'system', accounts: 3, faults })
  assert.equal(check.wrong, 1)
  assert.deepEqual(
    check.faults.map((each) => [each.memberId, faultWords(each), each.stands - each.posted]),
    [['m1', '账户 · 成长值', -2]],
  )
})
