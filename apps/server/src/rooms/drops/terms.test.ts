import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DropTerms, faultOf, type Going, roundDue, stopFor } from './terms.ts'

const GOING: Going = {
  costFen: 0,
  budgetFen: 1000,
  told: 100,
  optedOut: 0,
  mostOptOutBp: 200,
  couponOpen: true,
}
test('a drop stops for its budget, for members who withdraw, and when its coupon is over; for nothing else', () => {
  assert.equal(stopFor(GOING), undefined)
  assert.equal(stopFor({ ...GOING, costFen: 999 }), undefined)
  assert.equal(stopFor({ ...GOING, costFen: 1000 }), 'budget')
  assert.equal(stopFor({ ...GOING, costFen: 10_000_000, budgetFen: null }), undefined)
  assert.equal(stopFor({ ...GOING, optedOut: 2 }), undefined)
  assert.equal(stopFor({ ...GOING, optedOut: 3 }), 'opt_outs')
  assert.equal(stopFor({ ...GOING, told: 49, optedOut: 49 }), undefined, 'of a handful nothing is said')
  assert.equal(stopFor({ ...GOING, couponOpen: false }), 'coupon_over')
})

const startsAt = new Date('2026-11-24T02:00:00Z') // ten in the morning
const DAILY = { schedule: 'daily', startsAt, lastDay: '2026-11-26' } as const
const at = (instant: string) => new Date(`2026-${instant}+08:00`)
test('a round a day, at its time or later that day, to the last day; once means once, however late', () => {
  assert.equal(roundDue(DAILY, at('11-24T09:59')), undefined)
  assert.equal(roundDue(DAILY, at('11-24T10:00')), '2026-11-24')
  assert.equal(roundDue(DAILY, at('11-25T00:30')), undefined)
  assert.equal(roundDue(DAILY, at('11-26T23:59')), '2026-11-26')
  assert.equal(roundDue(DAILY, at('11-27T10:00')), undefined)
  const once = { schedule: 'once', startsAt, lastDay: null } as const
  assert.equal(roundDue(once, at('11-24T09:59')), undefined)
  assert.equal(roundDue(once, at('12-24T09:59')), '2026-11-24')
})

const TERMS: DropTerms = {
  name: '请老邻居回来',
  audienceId: '',
  templateId: '',
  words: '好久不见，',
  schedule: 'once',
  startsAt,
  lastDay: null,
  holdoutBp: 1000,
  windowDays: 14,
  againAfterDays: null,
  mostMessages: 4,
  mostMembers: 1000,
  budgetFen: null,
  mostOptOutBp: 200,
}
test('terms that contradict themselves are named', () => {
  const fault = (over: Partial<DropTerms>) => faultOf({ ...TERMS, ...over }, startsAt)
  assert.equal(fault({}), undefined)
  assert.equal(fault({ startsAt: new Date('2028-01-01T00:00:00Z') }), 'starts_too_late')
  assert.equal(fault({ schedule: 'daily' }), 'last_day')
  assert.equal(fault({ schedule: 'daily', lastDay: '2026-11-23' }), 'last_day')
  assert.equal(fault({ schedule: 'daily', lastDay: '2026-02-30' }), 'last_day')
  assert.equal(fault({ lastDay: '2026-12-01' }), 'last_day')
  assert.equal(fault({ againAfterDays: 30 }), 'again_after_days')
  for (const words of ['看 https://a.cn', 'www.a.cn', '加 19900001234'])
    assert.equal(fault({ words }), 'words', words)
})
