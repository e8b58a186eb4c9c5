import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { balanceOpen, depositOf, type Ending, endOf, takingBack } from './money.ts'

const ENDINGS: readonly Ending[] = ['taken_back', 'balance_missed', 'goods_late', 'our_fault']
const paid = { paidFen: 1960, depositFen: 1960 }

test('domain 2.9: an advance comes back whatever happens; an earnest is lost by whoever breaks the deal, and owed twice by us', () => {
  const table = (called: 'advance' | 'earnest' | null) =>
    ENDINGS.map((ending) => Object.values(endOf({ called }, ending, paid)))
  const back = [1960, 0, 0]
  assert.deepEqual(table('advance'), [back, back, back, back])
  assert.deepEqual(table(null), [back, back, back, back])
  assert.deepEqual(table('earnest'), [back, [0, 1960, 0], [1960, 0, 1960], [1960, 0, 1960]])
})

test('domain 2.9: no ending makes or loses a fen, and nothing is owed beyond the deposit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('advance' as const, 'earnest' as const),
      fc.constantFrom(...ENDINGS),
      fc.integer({ min: 100, max: 100_000_000 }),
      fc.integer({ min: 100, max: 4900 }),
      fc.boolean(),
      (called, ending, totalFen, bp, whole) => {
        const depositFen = depositOf(totalFen, bp)
        const paidFen = whole ? totalFen : depositFen
        const { backFen, keptFen, owedFen } = endOf({ called }, ending, { paidFen, depositFen })
        assert.equal(backFen + keptFen, paidFen)
        assert.ok(owedFen === 0 || (owedFen === depositFen && called === 'earnest' && keptFen === 0))
        // A payment tells by its sum which of the two it is.
        assert.ok(depositFen >= 1 && depositFen < totalFen - depositFen)
      },
    ),
  )
})

test('domain 2.9: a deposit is never more than its share', () => {
  assert.deepEqual([depositOf(9999, 2000), depositOf(100, 100), depositOf(9_800, 2000)], [1999, 1, 1960])
})

test('domain 2.9: an order is taken back before the cutoff, and again once the promised day is over', () => {
  const deal = { cutoff: new Date('2026-12-10T12:00:00Z'), promisedBy: new Date('2026-12-20T12:00:00Z') }
  const at = (text: string) => takingBack(deal, new Date(text))
  assert.equal(at('2026-12-10T11:59:59.999Z'), 'taken_back')
  assert.equal(at('2026-12-10T12:00:00Z'), undefined)
  assert.equal(at('2026-12-20T11:59:59.999Z'), undefined)
  assert.equal(at('2026-12-20T12:00:00Z'), 'goods_late')
})

test('a balance is not taken before its time', () => {
  const balanceFrom = new Date('2026-12-10T12:00:00Z')
  assert.equal(balanceOpen({ balanceFrom }, new Date('2026-12-10T11:59:59.999Z')), false)
  assert.equal(balanceOpen({ balanceFrom }, balanceFrom), true)
  assert.equal(balanceOpen({ balanceFrom: null }, balanceFrom), false)
})
