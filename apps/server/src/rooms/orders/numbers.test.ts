import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createShuffle } from '#kernel/shuffle'
import { checkDigit, createNumbers, isOrderNumber, NUMBER_SPACE } from './numbers.ts'

const { hide: shuffle } = createShuffle(createHash('sha256').update('key').digest(), NUMBER_SPACE)
const AT = new Date('2026-11-22T16:00:00Z') // midnight in Shanghai: the 23rd

test('check digit: known values of ISO 7064 MOD 11,10', () => {
  assert.equal(checkDigit('0794'), '5')
  assert.equal(checkDigit('8609574271'), '9')
})
test('a mistyped digit is noticed, always; swapped neighbours nearly always', () => {
  const body = '202611221038041'
  const number = body + checkDigit(body)
  assert.ok(isOrderNumber(number))
  for (let i = 0; i < number.length; i++)
    for (let digit = 0; digit < 10; digit++)
      if (String(digit) !== number[i])
        assert.ok(!isOrderNumber(number.slice(0, i) + digit + number.slice(i + 1)), `${i} ${digit}`)
})
test('numbers of two processes that share the counter never meet', async () => {
  let counter = 0
  const take = (count: number) => Promise.resolve(Array.from({ length: count }, () => ++counter))
  const processes = [createNumbers(shuffle, take), createNumbers(shuffle, take)]
  const numbers = await Promise.all(
    Array.from({ length: 5000 }, (_, i) => processes[i % 2]?.next(AT) ?? assert.fail()),
  )
  assert.equal(new Set(numbers).size, 5000)
  assert.ok(numbers.every((number) => isOrderNumber(number) && number.startsWith('20261123')))
})
test('a counter that fails refuses one order and serves the next', async () => {
  let fails = true
  const numbers = createNumbers(shuffle, (count) =>
    fails ? Promise.reject(new Error('gone')) : Promise.resolve(Array.from({ length: count }, (_, i) => i)),
  )
  await assert.rejects(numbers.next(AT), /gone/)
  fails = false
  assert.ok(isOrderNumber(await numbers.next(AT)))
})
