import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimable, gifts, offerButton, offerNote } from './offers.ts'
import type { Offer } from './wire.ts'

const NOW = Date.parse('2026-11-23T04:00:00Z')
const offer = (over: Partial<Offer> = {}): Offer => ({
  id: 'o',
  label: '满30减5',
  kind: 'steps',
  steps: [{ atFen: 3000, atPieces: 0, offFen: 500, offBp: 0 }],
  toFen: null,
  timesBp: null,
  maxOffFen: null,
  stackGroup: 'coupon',
  storeIds: null,
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
  someGoods: false,
  onlyFor: [],
  notFor: [],
  atTill: true,
  validDays: 30,
  mostEach: 2,
  had: 0,
  takenPercent: 10,
  state: 'open',
  needsPhone: false,
  pricePoints: null,
  closesAt: null,
  ...over,
})

const BUTTONS: readonly [over: Partial<Offer>, words: string, open: boolean][] = [
  [{}, '领取', true],
  [{ had: 1 }, '再领一张', true],
  [{ state: 'had', had: 2 }, '已领', false],
  [{ state: 'gone' }, '领完了', false],
  [{ state: 'gone_today' }, '明天再来', false],
  [{ pricePoints: 300 }, '300 积分换', true],
  [{ pricePoints: 300, state: 'had' }, '已换', false],
]
for (const [over, words, open] of BUTTONS)
  test(`offer · ${words}`, () => assert.deepEqual(offerButton(offer(over)), { words, open }))

test('an offer says how long it is good, and that it runs out only when it does', () => {
  assert.equal(offerNote(offer(), NOW), '领到后 30 天内有效')
  assert.equal(offerNote(offer({ takenPercent: 82 }), NOW), '领到后 30 天内有效，已领 82%')
  assert.equal(offerNote(offer({ takenPercent: 100, state: 'gone' }), NOW), '领到后 30 天内有效')
  assert.equal(
    offerNote(offer({ closesAt: '2026-11-30T16:00:00Z' }), NOW),
    '领到后 30 天内有效，11 月 30 日前可领',
  )
})

test('what is claimed for nothing and what points buy stand on pages of their own', () => {
  const all = [offer({ id: 'a' }), offer({ id: 'b', pricePoints: 5 })]
  assert.deepEqual([claimable(all).map(({ id }) => id), gifts(all).map(({ id }) => id)], [['a'], ['b']])
})
