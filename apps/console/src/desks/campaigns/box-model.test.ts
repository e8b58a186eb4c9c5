import assert from 'node:assert/strict'
import { test } from 'node:test'

import { boxStateWords, comingWeeks, packingText } from './box-model.ts'
import { deskOf } from './kinds/index.ts'

test('周期购: a form is begun, read and summed up; what is no number is said by its field', () => {
  const desk = deskOf('box')
  const form = desk.begin({ startsAt: '2026-11-24T08:00', endsAt: '2026-12-24T08:00' })
  assert.deepEqual(desk.faults(form), [])
  const terms = desk.read(form)
  assert.deepEqual(terms, { kind: 'box', weekday: 6, ordersDaysBefore: 3, payUntilHour: 20 })
  assert.deepEqual(desk.formOf(terms), form)
  assert.equal(desk.summary(terms), '每周六取，提前 3 天下单，前一天 20:00 付款截止')
  assert.ok(form.kind === 'box')
  assert.deepEqual(
    desk.faults({ ...form, ordersDaysBefore: '7', payUntilHour: 'x' }).map(([field]) => field),
    ['terms/ordersDaysBefore', 'terms/payUntilHour'],
  )
})

test('周期购: how a subscription stands, in words', () => {
  const of = { state: 'RUNNING', pausedBy: null, lapses: 0 } as const
  assert.equal(boxStateWords(of), '在订')
  assert.equal(boxStateWords({ ...of, lapses: 1 }), '在订，上周没付')
  assert.equal(boxStateWords({ ...of, state: 'PAUSED', pausedBy: 'member' }), '自己暂停')
  assert.equal(boxStateWords({ ...of, state: 'PAUSED', pausedBy: 'lapsed' }), '两周没付，停了')
  assert.equal(boxStateWords({ ...of, state: 'ENDED' }), '不订了')
})

test('周期购: the week that is collected today stands first, those that are over behind all others', () => {
  const weeks = ['2026-11-21', '2026-11-28', '2026-12-05'].map((week) => ({ week }))
  assert.deepEqual(
    comingWeeks(weeks, Date.parse('2026-11-28T20:00:00+08:00')).map(({ week }) => week),
    ['2026-11-28', '2026-12-05', '2026-11-21'],
  )
})

test('周期购: the list to pack by, as a spreadsheet opens it', () => {
  const text = packingText([
    {
      orderId: 'o',
      no: '2026112400000019',
      customer: '小*',
      phoneTail: '0001',
      quantity: 2,
      state: 'WAIT_GOODS',
    },
  ])
  assert.match(text, /订单号","顾客/)
  assert.match(text, /2026112400000019","小\*","0001","2"/)
})
