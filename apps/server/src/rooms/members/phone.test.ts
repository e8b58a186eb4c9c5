import assert from 'node:assert/strict'
import { test } from 'node:test'
import { masked, tailOf, wholeNumber } from './phone.ts'

const CASES: readonly [countryCode: string, number: string, whole: string, shown: string][] = [
  ['86', '19900000001', '19900000001', '199****0001'],
  ['852', '51234567', '+85251234567', '+852****4567'],
  ['1', '1234', '+11234', '****1234'],
]
for (const [countryCode, number, whole, shown] of CASES)
  test(`${whole} is shown as ${shown}`, () => {
    assert.equal(wholeNumber({ countryCode, number }), whole)
    assert.equal(masked(whole), shown)
    assert.match(tailOf(whole), /^\d{4}$/)
  })
