import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDigit, isEan13 } from './barcode.ts'

const CASES: readonly [text: string, right: boolean][] = [
  ['6999911000015', true],
  ['6999914000081', true],
  ['4006381333931', true],
  ['6999911000016', false],
  ['6999911000105', false],
  ['699991100001', false],
  ['69999110000150', false],
  ['６９９９９１１０００１５', false],
  ['', false],
]
for (const [text, right] of CASES)
  test(`${text || '(empty)'} is ${right ? 'a' : 'no'} EAN-13`, () => assert.equal(isEan13(text), right))

test('every single wrong digit is noticed', () => {
  const right = '6999911000015'
  for (let i = 0; i < right.length; i++)
    for (let digit = 0; digit < 10; digit++) {
      const text = right.slice(0, i) + String(digit) + right.slice(i + 1)
      assert.equal(isEan13(text), text === right, text)
    }
  assert.equal(checkDigit('699991100001'), 5)
})
