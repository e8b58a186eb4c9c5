import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cutRows,
  helpedText,
  helpText,
  inviteAsk,
  inviteText,
  seatsOf,
  standing,
  thanksText,
} from './rallies.ts'
import type { Rally } from './wire.ts'

const rally = (over: Partial<Rally> = {}): Rally => ({
  id: 'r',
  kind: 'bargain',
  campaignId: 'c',
  name: '邻居帮砍',
  storeId: 'S01',
  state: 'CUTTING',
  helps: 1,
  need: 3,
  startedAt: '2026-11-24T02:00:00Z',
  deadline: '2026-11-25T02:00:00Z',
  heldUntil: null,
  goods: {
    skuId: 's',
    productId: 'p',
    name: '保温杯',
    unit: '只',
    picture: null,
    startFen: 5990,
    floorFen: 2990,
    priceFen: 4990,
    cuts: [1000, 1500, 500],
  },
  reward: null,
  rewardState: null,
  orderId: null,
  now: '2026-11-24T03:00:00Z',
  owner: '王*敏',
  mine: false,
  helped: false,
  helperCoupon: null,
  helpers: [{ n: 1, name: '赵*', at: '2026-11-24T02:30:00Z' }],
  seen: 'seen',
  ...over,
})

test('how a rally stands is said with its times, by the clock of the server', () => {
  const WORDS: readonly [Partial<Rally>, string, RegExp][] = [
    [{}, '还差 2 位朋友', /已砍到 ¥49.90，明天 10:00 截止/],
    [
      { state: 'REACHED', helps: 3, heldUntil: '2026-11-24T03:30:00Z' },
      '砍到底价了',
      /今天 11:30，过时让给别人/,
    ],
    [{ state: 'EXPIRED', helps: 3 }, '留货时间过了', /让给了别人/],
    [{ state: 'EXPIRED', helps: 1 }, '时间到了，没有凑齐', /没有收任何钱/],
    [{ kind: 'assist', goods: null, state: 'REACHED', rewardState: 'REFUSED' }, '朋友凑齐了', /发完了/],
    [{ state: 'ORDERED' }, '已按底价下单', /付款/],
  ]
  for (const [over, title, note] of WORDS) {
    const said = standing(rally(over))
    assert.equal(said.title, title)
    assert.match(said.note, note)
  }
})

test('the table is shown as published, with what is done of it', () => {
  assert.deepEqual(cutRows(rally().goods ?? assert.fail(), 1), [
    { n: 1, cut: '¥10.00', price: '¥49.90', done: true },
    { n: 2, cut: '¥15.00', price: '¥34.90', done: false },
    { n: 3, cut: '¥5.00', price: '¥29.90', done: false },
  ])
})

test('the button says exactly what a tap does, and what it brings', () => {
  assert.equal(helpText(rally()), '帮 王*敏 砍 ¥15.00')
  assert.equal(helpText(rally({ goods: null })), '给 王*敏 助力')
  assert.equal(thanksText(rally()), '帮忙没有奖励，是情分')
  assert.equal(thanksText(rally({ helperCoupon: '满20减2' })), '您也得一张「满20减2」，人人一样')
  assert.equal(helpedText({ rally: rally(), coupon: null }), '帮到了，砍到 ¥49.90 了')
  assert.match(helpedText({ rally: rally(), coupon: '满20减2' }), /「满20减2」在您的券包里/)
})

test('seats are those of friends, and the free ones', () => {
  assert.deepEqual(
    seatsOf(rally()).map(({ name }) => name),
    ['赵*', null, null],
  )
})

test('a share says what came of it, and what a friend is asked to do', () => {
  assert.equal(
    inviteText({ friends: { opened: 3, done: 2, given: 1 } }),
    '3 位朋友来看过，2 位算数，得了 1 张券',
  )
  assert.match(inviteAsk({ act: 'buy', days: 3, owner: '王*敏' }), /^3 天内买点东西、取走，王\*敏/)
  assert.match(inviteAsk({ act: 'claim', days: 3, owner: '王*敏' }), /领券/)
})
