// What weighs less than was paid for goes back; what weighs more is given.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weighedFen, weightBackFen } from './weight-rule.ts'

const PORK = { payFen: 1390, estimateGrams: 500, toleranceBp: 300 }

test('the price per weight of what is sold by the piece, to the nearest fen', () => {
  assert.equal(weighedFen(1390, 500, 500), 1390)
  assert.equal(weighedFen(1180, 1000, 1500), 787, '786.67')
  assert.equal(weighedFen(1, 1, 2), 1, 'half a fen goes up')
})

test('lighter by more than the tolerance: the whole difference goes back', () => {
  assert.equal(weightBackFen({ ...PORK, grams: 450 }), 139)
  assert.equal(weightBackFen({ ...PORK, grams: 484 }), 44, '16 g are more than 3 % of 500')
})

test('lighter within the tolerance: waived', () => {
  assert.equal(weightBackFen({ ...PORK, grams: 485 }), 0, '15 g are just 3 %')
  assert.equal(weightBackFen({ ...PORK, toleranceBp: 0, grams: 499 }), 3, 'no tolerance: every gram')
  assert.equal(weightBackFen({ ...PORK, toleranceBp: 0, grams: 500 }), 0)
})

test('heavier costs nothing more', () => {
  assert.equal(weightBackFen({ ...PORK, grams: 501 }), 0)
  assert.equal(weightBackFen({ ...PORK, grams: 5000 }), 0)
})

test('what goes back is never more than was paid, grows with what is missing, and is right to half a fen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_000_000_000 }),
      fc.integer({ min: 10, max: 1_000_000 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.nat(),
      (payFen, estimateGrams, toleranceBp, drawn) => {
        const grams = 1 + (drawn % estimateGrams)
        const back = weightBackFen({ payFen, estimateGrams, toleranceBp, grams })
        assert.ok(Number.isSafeInteger(back) && back >= 0 && back <= payFen)
        if (grams > 1)
          assert.ok(weightBackFen({ payFen, estimateGrams, toleranceBp, grams: grams - 1 }) >= back)
        const exact = BigInt(payFen) * BigInt(grams)
        const fen = BigInt(weighedFen(payFen, grams, estimateGrams)) * BigInt(estimateGrams)
        const off = fen > exact ? fen - exact : exact - fen
        assert.ok(off * 2n <= BigInt(estimateGrams))
      },
    ),
  )
})
