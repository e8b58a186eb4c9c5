import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCount, readFen, readMilliFen } from './decimal.ts'

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const fee = (milliFen: number) => `${Math.floor(milliFen / 1e5)}.${String(milliFen % 1e5).padStart(5, '0')}`

test('domain 2.13: yuan become fen without a fraction in between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 46 }), (fen) => {
      assert.equal(readFen(yuan(fen)), fen)
      assert.equal(readMilliFen(fee(fen % 1e12)), fen % 1e12)
    }),
  )
  assert.deepEqual(['45', '45.0', '45.00', '0.1', '0.29'].map(readFen), [4500, 4500, 4500, 10, 29])
  assert.deepEqual(['0.01000', '-0.05970', '0', '-0.00'].map(readMilliFen), [1000, -5970, 0, 0])
  assert.deepEqual(['45', '45.0', '45.5', 'x'].map(readCount), [45, 45, null, null])
  assert.deepEqual(['', '.5', '5.', '+1', '1.234', '99999999999999'].map(readFen), [
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})
