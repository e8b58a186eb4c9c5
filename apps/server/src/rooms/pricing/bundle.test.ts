// The price of a bundle spread over what is in it.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBundle } from './bundle.ts'

test('a bundle of rice and two bags of pepper for 39.90: by their own prices, to the fen', () => {
  const parts = openBundle(3990, [
    { skuId: 'rice', quantity: 1, unitFen: 3290 },
    { skuId: 'pepper', quantity: 2, unitFen: 490 },
  ])
  assert.deepEqual(Object.fromEntries(parts), { pepper: 916, rice: 3074 })
})

test('the parts add up to what was paid, none is more, and their order is no difference', () => {
  const part = fc.record({
    quantity: fc.integer({ min: 1, max: 20 }),
    unitFen: fc.integer({ min: 1, max: 200_000 }),
  })
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.array(part, { minLength: 1, maxLength: 20 }), (payFen, drawn) => {
      const components = drawn.map((each, i) => ({ ...each, skuId: String(i).padStart(2, '0') }))
      const parts = openBundle(payFen, components)
      assert.equal(
        [...parts.values()].reduce((sum, fen) => sum + fen, 0),
        payFen,
      )
      for (const fen of parts.values()) assert.ok(Number.isInteger(fen) && fen >= 0 && fen <= payFen)
      assert.deepEqual(
        Object.fromEntries(openBundle(payFen, components.toReversed())),
        Object.fromEntries(parts),
      )
    }),
  )
})
