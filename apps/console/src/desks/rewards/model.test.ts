import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cycleOf,
  previewWords,
  rewardFault,
  rewardFormOf,
  rewardInputOf,
  rewardSentences,
  TASKS,
  triggerFault,
  triggerFormOf,
  triggerInputOf,
  triggerSentences,
} from './model.ts'

const T = '01900000-0000-7000-8000-000000000000'
const nameOf = () => '生日满30减10'

test('days of signing in are read as people type them', () => {
  assert.deepEqual(cycleOf('1 1 2，3、5'), [1, 1, 2, 3, 5])
  assert.deepEqual(cycleOf('  '), [])
  for (const wrong of ['1 x', '1001', '-1', Array.from({ length: 32 }, () => '1').join(' ')])
    assert.equal(cycleOf(wrong), undefined, wrong)
})

test('a task is worth points or a coupon, and what is missing is said with its name', () => {
  const form = rewardFormOf(undefined)
  assert.deepEqual(rewardInputOf(form), { active: true, signInPoints: [1, 1, 2, 2, 3, 3, 8], tasks: [] })
  for (const kind of TASKS) {
    const give = (task: Partial<(typeof form.tasks)['phone']>) => ({
      ...form,
      tasks: { ...form.tasks, [kind]: { ...form.tasks[kind], ...task } },
    })
    assert.match(rewardFault(give({ give: 'points', points: '0' })) ?? '', /给多少分/)
    assert.match(rewardFault(give({ give: 'coupon' })) ?? '', /还没选/)
    assert.deepEqual(rewardInputOf(give({ give: 'points', points: '20' }))?.tasks, [
      { kind, points: 20, templateId: null },
    ])
    assert.deepEqual(rewardInputOf(give({ give: 'coupon', templateId: T }))?.tasks, [
      { kind, points: 0, templateId: T },
    ])
  }
})

test('what was sent is what is shown again', () => {
  const terms = {
    id: '1',
    since: '2026-11-24T00:00:00Z',
    by: 'staff:hq',
    active: true,
    signInPoints: [1, 2],
    tasks: [
      { kind: 'phone' as const, points: 20, templateId: null },
      { kind: 'first_order' as const, points: 0, templateId: T },
    ],
  }
  const { active, signInPoints, tasks } = terms
  assert.deepEqual(rewardInputOf(rewardFormOf(terms)), { active, signInPoints, tasks })
  assert.deepEqual(rewardSentences(terms, nameOf), [
    '每天签到一次，连着 2 天一轮：1、2 分；断一天从头来',
    '第一次绑上手机号，给 20 分',
    '第一单付了款、取了货，给一张「生日满30减10」；全退了就收回',
  ])
  for (const kind of ['birthday', 'dormant'] as const) {
    const trigger = {
      id: '1',
      since: terms.since,
      by: terms.by,
      kind,
      active: true,
      marks: kind === 'birthday' ? [{ days: null, templateId: T }] : [{ days: 30, templateId: T }],
      mostANight: 500,
    }
    const { marks, mostANight } = trigger
    assert.deepEqual(triggerInputOf(triggerFormOf(kind, trigger)), { kind, active, marks, mostANight })
    assert.match(triggerSentences(trigger, nameOf)[0] ?? '', kind === 'birthday' ? /1 号/ : /30 天没买/)
  }
})

test('days that do not grow, or lie too close, are said before anybody sends them', () => {
  const dormant = (...days: string[]) => ({
    ...triggerFormOf('dormant', undefined),
    marks: days.map((each) => ({ days: each, templateId: T })),
  })
  assert.equal(triggerFault(dormant('30', '60', '90')), undefined)
  for (const wrong of [dormant('60', '30'), dormant('30', '36')])
    assert.match(triggerFault(wrong) ?? '', /至少隔 7 天/)
  assert.match(triggerFault(dormant('0')) ?? '', /1 到 730/)
  assert.match(triggerFault(triggerFormOf('birthday', undefined)) ?? '', /还没选/)
})

test('whom it would reach is said in words', () => {
  assert.match(previewWords({ due: 0, tonight: 0 }), /没有人/)
  assert.match(previewWords({ due: 12, tonight: 12 }), /12 位/)
  assert.match(previewWords({ due: 2500, tonight: 1000 }), /2,500 位，今晚送 1,000 位/)
})
