// What a batch of the tills' desk decides, without a database: first come, first served.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAccount } from '#room/ledgers'
import type { RedeemByStaff, Reserve } from './commands.ts'
import { decide } from './decide.ts'
import type { View } from './view.ts'

const AT = new Date('2026-11-23T04:00:00Z')
const view = (points: number, firstOrder = false): View => ({
  sales: new Map(),
  begun: new Map(),
  lines: new Map(),
  coupons: new Map([
    [
      'c',
      {
        couponId: 'c',
        memberId: 'm',
        state: 'UNUSED',
        round: 0,
        orderId: null,
        tillId: null,
        startsAt: new Date(0),
        expiresAt: new Date('2026-12-01T00:00:00Z'),
        firstOrder,
        firstTakenBy: firstOrder ? 'another' : null,
      },
    ],
  ]),
  accounts: new Map([['m', { ...newAccount('m'), lots: [{ day: '2026-12-31', available: points }] }]]),
  points: new Map(),
  levels: new Map(),
})
const reserve = (
  n: number,
  over: { couponIds?: string[]; pointsUsed?: number; posTxnId?: string },
): Reserve => ({
  verb: 'reserve',
  tillId: `t${n}`,
  partnerId: 'p',
  storeId: 'S01',
  posTxnId: over.posTxnId ?? `txn ${n}`,
  memberId: 'm',
  hash: JSON.stringify(over),
  expiresAt: new Date('2026-11-23T04:15:00Z'),
  priced: {
    lines: [],
    goodsFen: 1000,
    discountFen: 100,
    payFen: 900,
    couponIds: over.couponIds ?? [],
    pointsUsed: over.pointsUsed ?? 0,
    pointsEarned: 9,
  },
  by: 'partner:till',
  at: AT,
})
const outcomes = (points: number, commands: Reserve[]) =>
  decide(view(points), commands).answers.map((answer) =>
    answer.kind === 'refused' ? answer.problem.code : answer.kind,
  )

test('one coupon in two reservations of a batch: the first has it', () => {
  const both = [reserve(1, { couponIds: ['c'] }), reserve(2, { couponIds: ['c'] })]
  assert.deepEqual(outcomes(0, both), ['sale', 'coupons.unusable'])
})

test('a coupon for a first order is refused where another one was taken before', () => {
  const { answers } = decide(view(0, true), [reserve(1, { couponIds: ['c'] })])
  assert.deepEqual(
    answers.map((answer) => answer.kind === 'refused' && answer.problem.code),
    ['coupons.unusable'],
  )
})

test('points for one and a half: the second is refused, a smaller one behind it fits', () => {
  const wishes = [100, 100, 50].map((pointsUsed, i) => reserve(i, { pointsUsed }))
  assert.deepEqual(outcomes(150, wishes), ['sale', 'points.unusable', 'sale'])
})

test('the same wish twice in a batch is one reservation; another wish under its number is refused', () => {
  const same = { pointsUsed: 100, posTxnId: 'x' }
  const { answers, writes } = decide(view(100), [reserve(1, same), reserve(2, same)])
  assert.deepEqual(
    answers.map((answer) => answer.kind === 'sale' && answer.sale.id),
    ['t1', 't1'],
  )
  assert.equal(writes?.made.length, 1)
  assert.deepEqual(outcomes(100, [reserve(1, same), reserve(2, { posTxnId: 'x' })]), [
    'sale',
    'tills.txn_reused',
  ])
})

test('staff redeem the same request twice in a batch: on file once, one entry in the trail', () => {
  const wish = { ...reserve(1, { couponIds: ['c'], posTxnId: 'R-1' }), partnerId: null }
  const { hash, tillId, memberId, storeId, posTxnId, partnerId, by, at, priced } = wish
  const named = { partnerId, storeId, posTxnId, by, at }
  const command: RedeemByStaff = {
    ...named,
    verb: 'redeem_by_staff',
    wish,
    receipt: {
      ...named,
      verb: 'record',
      tillId,
      memberId,
      hash,
      soldAt: at,
      usableAt: at,
      benefitOffFen: priced.discountFen,
      accepted: [],
      lines: [],
    },
    deed: {
      auditor: { id: 'a', staffId: 's', requestId: 'r' },
      action: 'tills.coupon_redeemed',
      details: {},
    },
  }
  const { answers, writes } = decide(view(0), [command, { ...command, wish: { ...wish, tillId: 't2' } }])
  assert.deepEqual(
    answers.map((answer) => answer.kind === 'sale' && [answer.sale.id, answer.sale.benefits]),
    [
      ['t1', 'REDEEMED'],
      ['t1', 'REDEEMED'],
    ],
  )
  assert.deepEqual([writes?.made.length, writes?.audits.length, writes?.moves.length], [1, 1, 0])
})
