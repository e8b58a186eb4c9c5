// A bargain from its first friend to its end: every piece, wherever it goes.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '#kernel/clock'
import { BARGAIN_MOVES, type Bargain, expireOnce, helpOnce, orderOnce, returnOnce } from './states.ts'

const start = new Date('2026-11-24T00:00:00Z')
const minutes = (n: number) => secondsAfter(start, n * 60)
const fresh = (): Bargain => ({ state: 'CUTTING', helps: 0, deadline: minutes(120), heldUntil: null })
const rules = { helpers: 3, holdMinutes: 30 }

test('domain 2.4 砍价: no piece is set aside at the start, one at the last friend, none before', () => {
  let bargain = fresh()
  const pieces: number[] = []
  for (let k = 0; k < 3; k++) {
    const step = helpOnce(bargain, { at: minutes(k), free: 1, ...rules })
    assert.ok(typeof step === 'object')
    bargain = step.bargain
    pieces.push(step.pieces)
  }
  assert.deepEqual(pieces, [0, 0, 1])
  assert.deepEqual(bargain, { state: 'REACHED', helps: 3, deadline: minutes(120), heldUntil: minutes(32) })
  assert.equal(helpOnce(bargain, { at: minutes(3), free: 9, ...rules }), 'over')
})

test('domain 2.4 砍价: where no piece is free a friend is sent away and nothing changes', () => {
  for (const helps of [0, 2])
    assert.equal(helpOnce({ ...fresh(), helps }, { at: start, free: 0, ...rules }), 'sold_out')
})

test('domain 2.4 砍价: the last instant of either term is outside', () => {
  assert.equal(helpOnce(fresh(), { at: minutes(120), free: 1, ...rules }), 'over')
  const reached: Bargain = { state: 'REACHED', helps: 3, deadline: minutes(120), heldUntil: minutes(30) }
  assert.equal(orderOnce(reached, minutes(30)), 'over')
  assert.ok(typeof orderOnce(reached, secondsAfter(minutes(30), -1)) === 'object')
  assert.equal(orderOnce(fresh(), start), 'not_reached')
  const ordered: Bargain = { ...reached, state: 'ORDERED' }
  assert.equal(orderOnce(ordered, start), 'over')
  assert.equal(returnOnce(ordered, secondsAfter(minutes(30), -1)).bargain.state, 'REACHED')
  assert.deepEqual(returnOnce(ordered, minutes(30)), {
    bargain: { ...ordered, state: 'EXPIRED' },
    pieces: -1,
  })
})

test('domain 2.4 砍价: nothing leads on from EXPIRED, and a REACHED bargain never goes back to CUTTING', () => {
  assert.ok(!BARGAIN_MOVES.some(({ from }) => from === 'EXPIRED'))
  assert.ok(!BARGAIN_MOVES.some(({ to }) => to === 'CUTTING'))
})

// Any interleaving of help, order, time-out, cancelling and expiry over a few bargains for a few pieces.
type Verb = 'help' | 'order' | 'close' | 'pay' | 'expire'
test('property: every piece is free, set aside, in an order or paid for, whatever happens in which order', () => {
  const deed = fc.record({
    verb: fc.constantFrom<Verb>('help', 'help', 'help', 'order', 'close', 'pay', 'expire'),
    who: fc.nat(3),
    minutes: fc.nat(12),
  })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 80 }), fc.integer({ min: 0, max: 3 }), (deeds, quota) => {
      const bargains = Array.from({ length: 4 }, fresh)
      const paid = new Set<number>()
      let [free, now] = [quota, start]
      for (const { verb, who, minutes: later } of deeds) {
        now = secondsAfter(now, later * 60)
        const before = bargains[who] ?? fresh()
        const step =
          verb === 'help'
            ? helpOnce(before, { at: now, free, ...rules })
            : verb === 'order'
              ? orderOnce(before, now)
              : verb === 'expire'
                ? expireOnce(before, now)
                : before.state === 'ORDERED' && !paid.has(who) && verb === 'close'
                  ? returnOnce(before, now)
                  : undefined
        if (verb === 'pay' && before.state === 'ORDERED') paid.add(who)
        if (typeof step !== 'object') continue
        assert.ok(
          BARGAIN_MOVES.some(({ from, to }) => from === before.state && to === step.bargain.state) ||
            (before.state === 'CUTTING' && step.bargain.state === 'CUTTING'),
        )
        assert.ok(step.bargain.helps >= before.helps && step.bargain.helps <= rules.helpers)
        assert.equal(step.bargain.helps === rules.helpers, step.bargain.heldUntil !== null)
        bargains[who] = step.bargain
        free -= step.pieces
        assert.ok(free >= 0 && free <= quota)
        const out = bargains.filter(({ state }) => state === 'REACHED' || state === 'ORDERED').length
        assert.equal(free + out, quota)
      }
      // Once all time is over nothing is set aside any more, and what was paid for stays so.
      const end = minutes(10_000)
      bargains.forEach((bargain, i) => {
        const step =
          bargain.state === 'ORDERED' && !paid.has(i) ? returnOnce(bargain, end) : expireOnce(bargain, end)
        if (step) [bargains[i], free] = [step.bargain, free - step.pieces]
      })
      assert.equal(free, quota - paid.size)
      assert.ok(bargains.every(({ state }, i) => state === (paid.has(i) ? 'ORDERED' : 'EXPIRED')))
    }),
  )
})
