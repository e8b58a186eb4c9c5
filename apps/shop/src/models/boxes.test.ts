import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxStanding, contentsText, weekAct, weekNote, weekTitle } from './boxes.ts'
import type { BoxWeek } from './wire.ts'

const now = '2026-11-24T02:00:00.000Z'
const week = (over: Partial<BoxWeek> = {}): BoxWeek => ({
  week: '2026-12-05',
  ordersAt: '2026-12-02T01:00:00.000Z',
  payUntil: '2026-12-04T12:00:00.000Z',
  state: 'PLANNED',
  storeId: 'S01',
  quantity: 2,
  orderId: null,
  ...over,
})
const box = { now, goods: null, storeName: '襄都旗舰店', state: 'RUNNING' as const }

test('a week is called by the day of collecting, and says in one sentence how it stands', () => {
  assert.equal(weekTitle(week()), '12 月 5 日 周六')
  assert.equal(weekNote(week(), box), '12 月 2 日 09:00 替您下单，2 份，到襄都旗舰店取')
  const goods = {
    skuId: 'a',
    productId: 'a',
    name: '箱',
    unit: '箱',
    picture: null,
    priceFen: 5900,
    contents: [],
  }
  assert.match(weekNote(week(), { ...box, goods }), /2 份，¥118\.00/)
  assert.equal(weekNote(week({ state: 'ORDERED' }), box), '下好单了，12 月 4 日 20:00 前付款才备货')
  for (const state of ['LAPSED', 'SHORT'] as const) assert.match(weekNote(week({ state }), box), /没有收钱/)
  for (const state of ['SKIPPED', 'DUE', 'PAID'] as const) assert.ok(weekNote(week({ state }), box))
})

test('what can be done about a week: skipped and taken back in time, paid, looked at', () => {
  assert.equal(weekAct(week(), box), 'skip')
  assert.equal(weekAct(week({ state: 'SKIPPED' }), box), 'unskip')
  assert.equal(weekAct(week({ state: 'SKIPPED', orderId: 'o' }), box), 'order', 'its order was cancelled')
  assert.equal(weekAct(week({ state: 'ORDERED', orderId: 'o' }), box), 'pay')
  assert.equal(weekAct(week({ state: 'PAID', orderId: 'o' }), box), 'order')
  assert.equal(weekAct(week({ state: 'SHORT' }), box), null)
  assert.equal(weekAct(week({ state: 'SKIPPED' }), { ...box, now: '2026-12-04T12:00:00.000Z' }), null)
  assert.equal(weekAct(week({ state: 'SKIPPED' }), { ...box, state: 'ENDED' }), null)
})

test('how the whole of it stands, and a warning before it is paused', () => {
  const of = { state: 'RUNNING', pausedBy: null, quantity: 2, storeName: '襄都旗舰店', lapses: 0 } as const
  assert.deepEqual(boxStanding(of), { title: '每周 2 份', note: '到襄都旗舰店取' })
  assert.match(boxStanding({ ...of, lapses: 1 }).note, /再有一周没付就暂停/)
  assert.match(boxStanding({ ...of, state: 'PAUSED', pausedBy: 'lapsed' }).note, /连续两周没付款/)
  assert.match(boxStanding({ ...of, state: 'PAUSED', pausedBy: 'member' }).note, /让给了别人/)
  assert.equal(boxStanding({ ...of, state: 'ENDED' }).title, '不订了')
})

test('what is in one of them, in a line', () => {
  const part = (name: string, quantity: number) => ({ skuId: name, name, unit: '份', quantity })
  assert.equal(contentsText([part('黄瓜', 1), part('鸡蛋', 2)]), '黄瓜、鸡蛋×2')
  assert.equal(contentsText([]), '')
})
