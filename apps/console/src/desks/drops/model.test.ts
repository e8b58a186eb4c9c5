import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  axisOf,
  type DropForm,
  formOf,
  newForm,
  placeOf,
  points,
  readForm,
  type Result,
  verdictSentence,
} from './model.ts'

const FORM: DropForm = {
  ...newForm(new Date('2026-11-24T02:00:00Z')),
  name: '请老邻居回来',
  audienceId: '01900000-0000-7000-8000-000000000001',
  templateId: '01900000-0000-7000-8000-000000000002',
}
const RESULT: Result = {
  send: { members: 120, bought: 31, keptFen: 1 },
  hold: { members: 120, bought: 14, keptFen: 1 },
  share: { value: 0.142, low: 0.045, high: 0.239 },
  kept: null,
  verdict: 'useful',
  extraBuyers: 17,
  used: 20,
  costFen: 10_200,
  readyAt: null,
  asOf: '',
}

test('a form is read once all of it can be: instants in the shops’ own zone, money in fen, shares in basis points', () => {
  const { input, faults } = readForm({ ...FORM, budget: '500', optOutPercent: '0.5' })
  assert.deepEqual(faults, {})
  assert.deepEqual(
    [
      input?.startsAt,
      input?.lastDay,
      input?.holdoutBp,
      input?.againAfterDays,
      input?.budgetFen,
      input?.mostOptOutBp,
    ],
    ['2026-11-24T11:00:00+08:00', null, 1000, null, 50_000, 50],
  )
})

test('what cannot be is said at its field, and nothing is sent', () => {
  const wrong = readForm({
    ...FORM,
    name: ' ',
    audienceId: undefined,
    schedule: 'daily',
    holdoutPercent: '4',
    windowDays: '61',
    againAfterDays: '3',
    mostMembers: '59',
    budget: '0.5',
    optOutPercent: '1.234',
  })
  assert.equal(wrong.input, undefined)
  assert.deepEqual(Object.keys(wrong.faults).sort(), [
    'againAfterDays',
    'audienceId',
    'budget',
    'holdoutPercent',
    'lastDay',
    'mostMembers',
    'name',
    'optOutPercent',
    'windowDays',
  ])
})

test('terms that were read come back as the form they were', () => {
  const { input } = readForm({ ...FORM, schedule: 'daily', lastDay: '2026-12-31', budget: '12.50' })
  assert.ok(input)
  const again = formOf({ ...input, startsAt: new Date(input.startsAt).toISOString() } as never)
  assert.deepEqual(again, { ...FORM, schedule: 'daily', lastDay: '2026-12-31', budget: '12.50' })
})

test('the sentence says no more than the interval bears out', () => {
  assert.match(
    verdictSentence(RESULT),
    /来买的更多.*\+14\.2.*\+4\.5 到 \+23\.9.*约多来 17 人，平均每多来一位花券 ¥6\.00/,
  )
  const none = {
    ...RESULT,
    verdict: 'no_evidence' as const,
    share: { value: 0.013, low: -0.05, high: 0.077 },
  }
  assert.match(verdictSentence(none), /看不出.*−5\.0 到 \+7\.7/)
  assert.match(verdictSentence({ ...RESULT, verdict: 'waiting' }), /不下结论/)
  assert.equal(points(-0.0049), '−0.5')
})

test('the axis holds every interval and zero', () => {
  const axis = axisOf([RESULT, { ...RESULT, share: { value: -0.1, low: -0.22, high: 0.01 } }])
  assert.deepEqual(axis, { from: -25, to: 25 })
  assert.equal(placeOf(0, axis), 50)
  assert.deepEqual(axisOf([]), { from: -5, to: 10 })
})
