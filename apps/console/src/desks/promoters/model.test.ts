import { REWARD_KINDS } from '@linli/contract/guidance'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formFault,
  formOf,
  guideWords,
  inputOf,
  monthBeside,
  monthOf,
  rewardWords,
  spanOf,
  termsSentences,
} from './model.ts'

test('months go one by one and never past this one', () => {
  assert.equal(monthBeside('2026-01', -1), '2025-12')
  assert.equal(monthBeside('2026-12', 1), '2027-01')
  assert.equal(monthOf('2026-10', '2026-11-23'), '2026-10')
  for (const typed of [null, '2026-12', '2026-13', 'x']) assert.equal(monthOf(typed, '2026-11-23'), '2026-11')
  assert.deepEqual(spanOf('2026-02', '2026-11-23'), { from: '2026-02-01', to: '2026-02-28' })
  assert.deepEqual(spanOf('2026-11', '2026-11-23'), { from: '2026-11-01', to: '2026-11-23' })
})

test('what is typed is what is sent, and what cannot be read is said', () => {
  const form = formOf(undefined)
  assert.deepEqual(inputOf(form), {
    active: true,
    registerFen: 200,
    orderFen: 500,
    leastFen: 1000,
    touchDays: 30,
    holdDays: 7,
    inLedger: false,
  })
  assert.equal(formFault({ ...form, orderFen: '1000.01' }), '首单奖励写得不对，0 到 1,000 元')
  assert.equal(inputOf({ ...form, touchDays: '91' }), undefined)
  assert.equal(inputOf({ ...form, leastFen: '0' }), undefined)
})

test('terms and rewards are told in words, also when they are worth nothing', () => {
  const worth = { registerFen: 0, orderFen: 0, touchDays: 30, holdDays: 7, leastFen: 1000, inLedger: false }
  assert.equal(termsSentences(worth)[0], '只计数，不发奖励')
  assert.equal(termsSentences({ ...worth, orderFen: 500 })[0], '带来一个首单 ¥5.00')
  for (const kind of REWARD_KINDS) assert.ok(rewardWords({ kind }))
  assert.equal(guideWords({ staffId: null, staffName: null }), '门店海报')
  assert.equal(guideWords({ staffId: 'x', staffName: null }), '已离开的员工')
})
