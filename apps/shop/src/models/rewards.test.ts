import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  birthdayOf,
  birthdayText,
  firstOrderOff,
  hintOf,
  isOff,
  signText,
  stateNote,
  stateOf,
  streakText,
  stripOf,
  taskWords,
  worthText,
} from './rewards.ts'
import type { SignIn, Task } from './wire.ts'

const signIn = (over: Partial<SignIn> = {}): SignIn => ({
  today: '2026-11-24',
  signed: false,
  streak: 2,
  cycle: [1, 1, 2, 2, 3, 3, 8],
  place: 2,
  ...over,
})
const task = (over: Partial<Task> = {}): Task => ({
  kind: 'phone',
  state: 'TODO',
  points: 20,
  coupon: null,
  ...over,
})

test('the strip shows what is done, today, and what comes; of long cycles the week of today', () => {
  assert.deepEqual(
    stripOf(signIn()).map(({ state }) => state),
    ['done', 'done', 'today', 'ahead', 'ahead', 'ahead', 'ahead'],
  )
  assert.equal(stripOf(signIn({ signed: true }))[2]?.state, 'done')
  const long = stripOf(signIn({ cycle: Array.from({ length: 30 }, () => 1), place: 9 }))
  assert.deepEqual([long[0]?.n, long.length, long[2]?.state], [8, 7, 'today'])
  assert.equal(stripOf(signIn({ cycle: [1, 2], place: 0 })).length, 2)
  assert.match(stripOf(signIn())[2]?.label ?? '', /第 3 天，2 分，今天/)
})

test('what today is worth, and what tomorrow', () => {
  assert.equal(signText(signIn()), '签到，得 2 分')
  assert.equal(signText(signIn({ signed: true, place: 5 })), '今天签过了，明天来得 8 分')
  assert.equal(signText(signIn({ signed: true, place: 6 })), '今天签过了，明天来得 1 分')
  assert.equal(signText(signIn({ cycle: [0], place: 0 })), '签到')
  assert.equal(streakText({ streak: 0 }), '今天开始签到')
  assert.equal(hintOf({ signIn: signIn(), tasks: [] }), '今天签到得 2 分')
  assert.equal(hintOf({ signIn: null, tasks: [task()] }), '还有 1 个任务')
  assert.equal(hintOf({ signIn: signIn({ signed: true }), tasks: [] }), '都做完了，明天再来')
  assert.ok(isOff({ signIn: null, tasks: [] }))
})

test('every task and every state of it has words', () => {
  for (const kind of ['phone', 'birthday', 'first_order', 'wechat'] as const)
    assert.ok(taskWords({ kind }).go)
  for (const state of ['WAITING', 'DUE', 'GIVEN', 'REFUSED', 'REVERSED'] as const)
    assert.ok(stateOf({ state })?.text)
  assert.equal(stateOf({ state: 'TODO' }), null)
  assert.match(stateNote({ state: 'REVERSED' }) ?? '', /收回/)
  assert.equal(worthText(task()), '20 积分')
  assert.equal(worthText(task({ points: 0, coupon: '满20减5' })), '券「满20减5」')
  assert.equal(worthText(task({ points: 0 })), '一张券')
})

test('what a first order has off is named once: what is held before what may be claimed', () => {
  const held = [{ label: '第一单立减3元', firstOrder: true }]
  const offers = [{ label: '首单立减', firstOrder: true, state: 'open' as const }]
  assert.deepEqual(firstOrderOff(held, offers), { label: '第一单立减3元', held: true })
  assert.deepEqual(firstOrderOff([], offers), { label: '首单立减', held: false })
  assert.equal(firstOrderOff([{ label: '满减', firstOrder: false }], []), null)
})

test('a birthday is a day that there is in some year', () => {
  assert.deepEqual(birthdayOf('2', '29'), { month: 2, day: 29 })
  for (const [month, day] of [
    ['2', '30'],
    ['13', '1'],
    ['0', '1'],
    ['4', '31'],
    ['', ''],
    ['1', '0'],
  ] as const)
    assert.equal(birthdayOf(month, day), undefined)
  assert.equal(birthdayText({ birthday: { month: 3, day: 8 } }), '3月8日')
})
