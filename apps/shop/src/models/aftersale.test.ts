import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  kindChoices,
  missingWords,
  mostOf,
  type OptionLine,
  pickAll,
  reasonsFor,
  wantedOf,
  whyNot,
} from './aftersale-form.ts'
import { aftersaleHeadline, aftersaleMoments, aftersaleSteps, spacedCode } from './aftersale-words.ts'
import type { Aftersale, AftersaleOptions } from './wire.ts'

const NOW = Date.parse('2026-11-22T04:00:00Z')
const line = (lineNo: number, over: Partial<OptionLine> = {}): OptionLine => ({
  lineNo,
  name: `商品${lineNo}`,
  unit: '份',
  picture: null,
  payFen: 1000,
  quantity: 2,
  refundedQuantity: 0,
  left: 2,
  perishable: false,
  openId: null,
  kinds: [
    { kind: 'claim', reasons: ['short'], until: '2026-11-24T04:00:00Z' },
    { kind: 'return', reasons: ['no_reason', 'defect'], until: '2026-11-29T16:00:00Z' },
  ],
  ...over,
})
const fresh = line(1, {
  perishable: true,
  kinds: [{ kind: 'claim', reasons: ['spoiled', 'short'], until: '2026-11-24T04:00:00Z' }],
})
const options = (...lines: OptionLine[]): AftersaleOptions => ({
  orderNo: '1',
  storeName: '店',
  wholeAtOnce: false,
  lines,
})

test('the ways that are open are offered, with until when', () => {
  const choices = kindChoices(options(fresh, line(2)), NOW)
  assert.deepEqual(
    choices.map(({ kind }) => kind),
    ['claim', 'return'],
  )
  assert.match(choices[1]?.note ?? '', /11 月 29 日当天为止，带货到任意一家门店/)
  assert.deepEqual(kindChoices(options(line(1, { kinds: [] })), NOW), [])
  assert.deepEqual(kindChoices(options(line(1, { openId: 'x' })), NOW), [])
})
test('a line that cannot go back says why', () => {
  assert.match(whyNot(fresh, 'return') ?? '', /生鲜/)
  assert.match(whyNot(line(1, { openId: 'x' }), 'return') ?? '', /在处理/)
  assert.match(whyNot(line(1, { left: 0 }), 'return') ?? '', /退完/)
  assert.match(whyNot(line(1, { kinds: [] }), 'return') ?? '', /时间/)
  assert.equal(whyNot(line(1), 'return'), null)
  assert.deepEqual([mostOf(fresh, 'return'), mostOf(fresh, 'claim')], [0, 2])
})
test('all that can go back, and only chosen lines are sent', () => {
  assert.deepEqual(pickAll(options(fresh, line(2)), 'return'), { 1: 0, 2: 2 })
  assert.deepEqual(wantedOf({ 1: 0, 2: 2 }), [{ lineNo: 2, quantity: 2 }])
})
test('reasons fit every line that was chosen', () => {
  const both = options(fresh, line(2))
  assert.deepEqual(reasonsFor(both, 'claim', {}), ['spoiled', 'short'])
  assert.deepEqual(reasonsFor(both, 'claim', { 1: 1, 2: 1 }), ['short'])
  assert.deepEqual(reasonsFor(both, 'claim', { 1: 1 }), ['spoiled', 'short'])
})
test('what is missing is said in the order of the page', () => {
  const form = { wanted: [1], reason: 'spoiled', kind: 'claim', photos: 1 } as const
  assert.equal(missingWords(form), null)
  assert.match(missingWords({ ...form, wanted: [] }) ?? '', /商品/)
  assert.match(missingWords({ ...form, reason: null }) ?? '', /原因/)
  assert.match(missingWords({ ...form, photos: 0 }) ?? '', /照片/)
  assert.equal(missingWords({ ...form, reason: 'short', photos: 0 }), null)
})

const asked = (over: Partial<Aftersale>): Aftersale =>
  ({
    kind: 'return',
    state: 'APPLIED',
    dueAt: '2026-11-24T04:00:00Z',
    mayAppeal: false,
    events: [],
    ...over,
  }) as Aftersale
test('the headline says what comes next and by when', () => {
  assert.match(aftersaleHeadline(asked({ kind: 'uncollected' }), NOW).note, /自动退给您/)
  assert.doesNotMatch(aftersaleHeadline(asked({}), NOW).note, /自动退给您/)
  assert.match(aftersaleHeadline(asked({ state: 'WAIT_RETURN' }), NOW).note, /任意一家门店/)
  assert.match(aftersaleHeadline(asked({ state: 'REJECTED', mayAppeal: true }), NOW).note, /申诉一次/)
  assert.match(aftersaleHeadline(asked({ state: 'REJECTED' }), NOW).note, /最后/)
})
test('steps follow the way, and a request that ended without money has none', () => {
  assert.deepEqual(
    aftersaleSteps(asked({ state: 'RETURNED' })).map((step) => step.state),
    ['done', 'done', 'now', 'later'],
  )
  assert.deepEqual(
    aftersaleSteps(asked({ kind: 'claim', state: 'DONE' })).map((step) => step.state),
    ['done', 'done', 'done'],
  )
  assert.deepEqual(aftersaleSteps(asked({ state: 'REJECTED' })), [])
})
test('moments come latest first; a code is read out in groups', () => {
  const events = [
    { verb: 'apply', from: null, to: 'APPLIED', at: '2026-11-22T01:00:00Z', by: 'member', words: null },
    { verb: 'unheard_of', from: 'APPLIED', to: 'DONE', at: '2026-11-22T02:00:00Z', by: 'system', words: 'x' },
  ] as Aftersale['events']
  assert.deepEqual(
    aftersaleMoments(asked({ events }), NOW).map(({ title }) => title),
    ['有进展', '您提交了申请'],
  )
  assert.equal(spacedCode('4821093755'), '4821 0937 55')
})
