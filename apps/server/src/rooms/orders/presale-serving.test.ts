import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { piecesOf, serve } from './presale-serving.ts'

test('domain 2.9: goods that come are for those who paid first, as far as they reach, and nobody overtakes', () => {
  const order = fc.record({ pieces: fc.integer({ min: 1, max: 20 }) })
  fc.assert(
    fc.property(fc.array(order), fc.nat(200), (waiting, pieces) => {
      const { served, short } = serve(waiting, pieces)
      assert.deepEqual([...served, ...short], waiting)
      assert.ok(piecesOf(served) <= pieces)
      const [next] = short
      if (next) assert.ok(piecesOf(served) + next.pieces > pieces)
    }),
  )
})

test('what comes in two deliveries serves whom it would have served in one', () => {
  const waiting = [2, 1, 3, 1].map((pieces) => ({ pieces }))
  const first = serve(waiting, 3)
  const second = serve(first.short, 4)
  assert.deepEqual([...first.served, ...second.served], serve(waiting, 7).served)
})
