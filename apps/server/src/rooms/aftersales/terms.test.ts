import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, needsPhoto, openOptions, type OptionLine } from './options.ts'
import { isPerishable } from './perishable.ts'
import { claimUntil, dueAfter, returnUntil } from './windows.ts'

const AT = new Date('2026-11-22T13:30:00Z') // 21:30 in Shanghai
const line = (over: Partial<OptionLine> = {}): OptionLine => ({
  lineNo: 1,
  left: 2,
  perishable: false,
  openId: null,
  ...over,
})
const DONE = { state: 'COMPLETED', completedAt: AT }

test('domain 2.14: seven days begin the day after, and end with a business day in Shanghai', () => {
  assert.equal(returnUntil(AT).toISOString(), '2026-11-29T16:00:00.000Z')
  assert.equal(returnUntil(new Date('2026-11-22T16:00:00Z')).toISOString(), '2026-11-30T16:00:00.000Z')
  assert.equal(claimUntil(AT).toISOString(), '2026-11-24T13:30:00.000Z')
})
test('a request that was appealed and rejected again waits for nothing', () => {
  assert.ok(dueAfter('REJECTED', AT, false))
  assert.equal(dueAfter('REJECTED', AT, true), null)
  assert.equal(dueAfter('DONE', AT, false), null)
})

const KEEPING: readonly [
  zone: string,
  storage: string | null,
  shelfLife: string | null,
  perishable: boolean,
][] = [
  ['G', '阴凉通风', '15 天', true],
  ['M', '阴凉干燥', '6 个月', true],
  ['D', '冷藏 2–6 ℃', '12 个月', true],
  ['D', '常温避光，开封后冷藏', '6 个月', false],
  ['D', '常温避光', '4 天', true],
  ['D', '常温避光', '45 天', false],
  ['F', '−18 ℃ 以下，化开后别再冻', '12 个月', true],
  ['F', '常温避光', '18 个月', false],
  ['L', null, null, false],
]
for (const [zone, storage, shelfLife, perishable] of KEEPING)
  test(`domain 2.14: ${zone} ${storage} ${shelfLife} is ${perishable ? '' : 'not '}perishable`, () => {
    assert.equal(isPerishable({ zone, storage, shelfLife }), perishable)
  })
test('what nobody can describe any more counts as perishable', () =>
  assert.equal(isPerishable(undefined), true))

test('what can be applied for follows the order, the goods and the time', () => {
  const kinds = (order: Parameters<typeof openOptions>[0], each = line(), now = AT) =>
    openOptions(order, each, now).map(({ kind }) => kind)
  for (const state of ['PAID', 'READY'])
    assert.deepEqual(kinds({ state, completedAt: null }), ['uncollected'])
  for (const state of ['PENDING_PAY', 'CANCELLED', 'CLOSED_REFUND'])
    assert.deepEqual(kinds({ state, completedAt: null }), [])
  assert.deepEqual(kinds(DONE), ['claim', 'return', 'exchange'])
  assert.deepEqual(kinds(DONE, line({ perishable: true })), ['claim'])
  assert.deepEqual(kinds(DONE, line(), claimUntil(AT)), ['return', 'exchange'])
  assert.deepEqual(kinds(DONE, line(), returnUntil(AT)), [])
  assert.deepEqual(kinds(DONE, line({ left: 0 })), [])
})
test('each fault has its name', () => {
  const code = (wanted: Partial<Parameters<typeof faultOf>[2]>, each = line()) =>
    faultOf(
      DONE,
      [each],
      { kind: 'return', reason: 'no_reason', lines: [{ lineNo: 1, quantity: 1 }], ...wanted },
      AT,
    )?.problem.code
  assert.equal(code({}), undefined)
  assert.equal(code({ lines: [{ lineNo: 2, quantity: 1 }] }), 'aftersales.line_unknown')
  const twice = { lineNo: 1, quantity: 1 }
  assert.equal(code({ lines: [twice, twice] }), 'aftersales.line_unknown')
  assert.equal(code({ kind: 'uncollected', reason: 'mistake' }), 'aftersales.kind_not_open')
  assert.equal(code({ reason: 'spoiled' }), 'aftersales.reason_unfit')
  assert.equal(code({}, line({ openId: 'x' })), 'aftersales.line_open')
  assert.equal(code({ lines: [{ lineNo: 1, quantity: 3 }] }), 'aftersales.too_many')
  assert.equal(code({}, line({ perishable: true })), 'aftersales.kind_not_open')
})
test('a claim shows what is wrong; what was never there cannot be shown', () => {
  assert.equal(needsPhoto({ kind: 'claim', reason: 'spoiled' }), true)
  assert.equal(needsPhoto({ kind: 'claim', reason: 'short' }), false)
  assert.equal(needsPhoto({ kind: 'return', reason: 'defect' }), false)
})
