/** What a till believes without asking, and what it does not. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { offOf, spread } from '../src/retail/till/discounts.ts'
import { backFen } from '../src/retail/till/returning.ts'
import { readCard, readCoupon, readPack } from '../src/retail/till/tokens.ts'
import type { Pack } from '../src/retail/till/tokens.ts'
import { cardAt, couponAt, COUPON, MEMBER, newChainKey, OFFER, packOf } from './till-shop.ts'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const key = newChainKey('k1aaaa')
const stranger = newChainKey('k9zzzz')
/** Somebody else's key under our key's name. */
const imposter = { ...newChainKey('k1aaaa') }
const signed = packOf(key, NOW)
const pack = JSON.parse(signed.payload) as Pack
const at = { storeId: 'S01', now: NOW }
const fault = (read: { ok: boolean; fault?: string }) => (read.ok ? 'good' : read.fault)
const spoilt = (text: string, index: number) => {
  const other = text[index] === 'A' ? 'B' : 'A'
  return text.slice(0, index) + other + text.slice(index + 1)
}

const card = cardAt(key, NOW)
const CARDS: readonly [name: string, text: string, now: number, want: string][] = [
  ['of now', card, NOW, 'good'],
  ['59 seconds old, with spaces of a scanner around it', ` ${card}\n`, NOW + 59_000, 'good'],
  ['a minute old', card, NOW + 60_000, 'expired'],
  ['from a clock that is a little ahead', card, NOW - 5_000, 'good'],
  ['from tomorrow', card, NOW - 6_000, 'ahead'],
  ['with another member in it', spoilt(card, 14), NOW, 'forged'],
  ['with another signature', spoilt(card, card.length - 30), NOW, 'forged'],
  ['signed by nobody of the pack', cardAt(stranger, NOW), NOW, 'forged'],
  ['signed by somebody under our key’s name', cardAt(imposter, NOW), NOW, 'forged'],
  ['a coupon in place of a card', couponAt(key, NOW), NOW, 'unreadable'],
  ['nothing of ours', 'https://example.com', NOW, 'unreadable'],
]
for (const [name, text, now, want] of CARDS)
  test(`card · ${name} · ${want}`, () => assert.equal(fault(readCard(pack, text, now)), want))

const code = couponAt(key, NOW)
const COUPONS: readonly [name: string, text: string, now: number, want: string][] = [
  ['of now', code, NOW, 'good'],
  ['just not five minutes old', code, NOW + 299_000, 'good'],
  ['five minutes old', code, NOW + 300_000, 'expired'],
  ['of a template that is not in the pack', couponAt(key, NOW, MEMBER), NOW, 'not_offered'],
  ['for another coupon than was signed', spoilt(code, 14), NOW, 'forged'],
  ['signed by nobody of the pack', couponAt(stranger, NOW), NOW, 'forged'],
  ['a card in place of a coupon', card, NOW, 'unreadable'],
]
for (const [name, text, now, want] of COUPONS)
  test(`coupon · ${name} · ${want}`, () => assert.equal(fault(readCoupon(pack, text, now)), want))

test('what is read is what was signed', () => {
  assert.deepEqual(readCard(pack, card, NOW), { ok: true, value: { memberId: MEMBER, until: NOW + 60_000 } })
  const read = readCoupon(pack, code, NOW)
  assert.deepEqual(read, {
    ok: true,
    value: { couponId: COUPON, memberId: MEMBER, offer: OFFER, until: NOW + 300_000 },
  })
})

const PACKS: readonly [name: string, pack: { payload: string; signature: string }, want: string][] = [
  ['ours', signed, 'good'],
  ['with a coupon written in', { ...signed, payload: signed.payload.replace('300', '900') }, 'forged'],
  ['signed by a stranger', packOf(stranger, NOW), 'forged'],
  ['signed by a stranger under our key’s name', packOf(imposter, NOW), 'forged'],
  ['of another store', packOf(key, NOW, { storeId: 'S02' }), 'other_store'],
  ['that is over', packOf(key, NOW - 86_400_001), 'expired'],
]
for (const [name, each, want] of PACKS)
  test(`pack · ${name} · ${want}`, () => assert.equal(fault(readPack(each, pack.keys, at)), want))

const step = { atFen: 0, atPieces: 0, offFen: 0, offBp: 0 }
const OFFS: readonly [
  name: string,
  steps: (typeof step)[],
  maxOffFen: number | null,
  goodsFen: number,
  want: number,
][] = [
  ['not reached', [{ ...step, atFen: 1000, offFen: 300 }], null, 999, 0],
  ['reached', [{ ...step, atFen: 1000, offFen: 300 }], null, 1000, 300],
  [
    'the step that takes most',
    [
      { ...step, offBp: 5000 },
      { ...step, atFen: 1000, offFen: 300 },
    ],
    null,
    1001,
    500,
  ],
  ['fractions of a fen are dropped', [{ ...step, offBp: 3333 }], null, 100, 33],
  ['so much at most', [{ ...step, offBp: 5000 }], 200, 1000, 200],
  ['one fen stays', [{ ...step, offFen: 500 }], null, 500, 499],
]
for (const [name, steps, maxOffFen, goodsFen, want] of OFFS)
  test(`coupon takes off · ${name}`, () =>
    assert.equal(offOf({ ...OFFER, steps, maxOffFen }, [{ unitFen: goodsFen, quantity: 1 }]), want))

test('a discount is spread without losing a fen, and pieces that come back bring what was paid', () => {
  for (let n = 0; n < 500; n++) {
    const lines = Array.from({ length: 1 + (n % 7) }, (_, i) => ({
      unitFen: 1 + ((n * 37 + i * 101) % 900),
      quantity: 1 + ((n + i) % 4),
    }))
    const goodsFen = lines.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0)
    const offFen = (n * 13) % goodsFen
    const shares = spread(offFen, lines)
    assert.equal(
      shares.reduce((sum, each) => sum + each, 0),
      offFen,
    )
    assert.ok(
      shares.every((share, i) => share >= 0 && share <= (lines[i]?.unitFen ?? 0) * (lines[i]?.quantity ?? 0)),
    )
    const [of, payFen] = [1 + (n % 9), offFen]
    const back = Array.from({ length: of }, (_, before) => backFen(payFen, { before, pieces: 1, of }))
    assert.equal(
      back.reduce((sum, each) => sum + each, 0),
      payFen,
    )
  }
})
