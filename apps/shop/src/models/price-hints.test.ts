import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idleRules, nextStep } from './price-hints.ts'
import type { Quote } from './wire.ts'

type Explained = Quote['explanation'][number]
const rule = (over: Partial<Explained>): Explained => ({
  rule: 'r1',
  label: '满59减5',
  stage: 'step',
  why: 'below_threshold',
  offFen: 0,
  lines: [],
  by: null,
  next: { missingFen: 620, missingPieces: 0, offFen: 500, offBp: 0 },
  words: '还差 ¥6.20 减 ¥5',
  ...over,
})

test('the nearest step is said with what it brings, and how far it is', () => {
  const far = rule({
    rule: 'r2',
    label: '满99减8',
    next: { missingFen: 4620, missingPieces: 0, offFen: 800, offBp: 0 },
  })
  assert.deepEqual(nextStep({ explanation: [far, rule({})], goodsFen: 5280 }), {
    rule: 'r1',
    words: '还差 ¥6.20，减 ¥5.00',
    label: '满59减5',
    reached: 89,
  })
})
test('pieces have no bar, and a rate is said as a price tag says it', () => {
  const pieces = rule({ next: { missingFen: 0, missingPieces: 2, offFen: 0, offBp: 1000 } })
  assert.deepEqual(
    [
      nextStep({ explanation: [pieces], goodsFen: 100 })?.words,
      nextStep({ explanation: [pieces], goodsFen: 100 })?.reached,
    ],
    ['还差 2 件，打 9 折', null],
  )
})
test('where nothing is ahead nothing is said', () => {
  assert.equal(
    nextStep({ explanation: [rule({ why: 'applied', next: null, offFen: 500 })], goodsFen: 100 }),
    null,
  )
  assert.equal(nextStep({ explanation: [], goodsFen: 100 }), null)
})
test('what acted is not explained away, what did not is', () => {
  const explanation = [
    rule({ why: 'applied' }),
    rule({ rule: 'r2', why: 'beaten', words: '同类优惠只用一个' }),
  ]
  assert.deepEqual(idleRules({ explanation }), [{ rule: 'r2', label: '满59减5', words: '同类优惠只用一个' }])
})
test('a step that takes the place of what acts already says so', () => {
  const instead = rule({ label: '满99减8', by: { rule: 'r2', label: '粮油满59减5' } })
  assert.equal(nextStep({ explanation: [instead], goodsFen: 100 })?.label, '满99减8，代替「粮油满59减5」')
})

test('a coupon in the hand is a reason to buy more; the threshold of points is none', () => {
  const coupon = rule({ stage: 'coupon', label: '满39减5' })
  const points = rule({ stage: 'points', next: { missingFen: 1, missingPieces: 0, offFen: 0, offBp: 0 } })
  assert.equal(nextStep({ explanation: [points, coupon], goodsFen: 3280 })?.label, '满39减5')
})
test('coupons and points that do nothing are told in their own places', () => {
  const explanation = [rule({ stage: 'coupon' }), rule({ stage: 'points' }), rule({ stage: 'freight' })]
  assert.deepEqual(idleRules({ explanation }), [])
})
