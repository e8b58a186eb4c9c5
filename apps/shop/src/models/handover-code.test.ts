import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCode, readDigits } from './handover-code.ts'

test('digits are taken with or without their spaces, a QR as it is', () => {
  assert.equal(readCode(' 8362 0517 49 '), '8362051749')
  assert.equal(readCode('LL1.8362051749.58913704.q3vK-_'), 'LL1.8362051749.58913704.q3vK-_')
})

test('what cannot be a code is not sent', () => {
  for (const text of ['', '836205174', '83620517499', '提货码', 'LL1', 'x'.repeat(201)])
    assert.equal(readCode(text), null)
})

test('a return code is ten digits and nothing else', () => {
  assert.equal(readDigits(' 4821-0937 55 '), '4821093755')
  for (const text of ['', '482109375', '48210937555', 'LL1.8362051749.58913704', '４８２１０９３７５５'])
    assert.equal(readDigits(text), null)
})
