import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeQr, newPickup, qrOf, readCode } from './codes.ts'

const ORDER = '01a206e4-92c8-7555-a619-59c969f355c7'
const OTHER = '01a206e4-92c8-7555-a619-59c969f355c8'
const { secret } = newPickup()
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 22, 2, 0, second))
const judge = (qr: string, when: Date, key = secret) => {
  const read = readCode(qr)
  assert.ok(read?.kind === 'qr')
  return judgeQr(read, key, when)
}

test('digits are ten, random, and keep their leading zeros', () => {
  const codes = Array.from({ length: 2000 }, () => newPickup().digits)
  assert.ok(codes.every((digits) => /^\d{10}$/.test(digits)))
  assert.ok(codes.some((digits) => digits.startsWith('0')))
  assert.equal(new Set(codes).size, codes.length)
})
test('the QR changes every half minute and says until when it holds', () => {
  const { qr, validUntil } = qrOf(ORDER, secret, at(0))
  assert.equal(qrOf(ORDER, secret, at(29)).qr, qr)
  assert.notEqual(qrOf(ORDER, secret, at(30)).qr, qr)
  assert.equal(validUntil.getTime(), at(30).getTime())
})
test('it fits in its own half minute and the next, and is stale after', () => {
  const { qr } = qrOf(ORDER, secret, at(10))
  assert.deepEqual(
    [at(0), at(29), at(59), at(60), at(3600)].map((when) => judge(qr, when)),
    ['fits', 'fits', 'fits', 'expired', 'expired'],
  )
})
test('a QR of the future, of another order, of another secret, or touched anywhere is forged', () => {
  const { qr } = qrOf(ORDER, secret, at(40))
  assert.equal(judge(qr, at(0)), 'forged')
  assert.equal(judge(qr, at(40), newPickup().secret), 'forged')
  const [head, , window, mac] = qr.split('.')
  const [, packed] = qrOf(OTHER, secret, at(40)).qr.split('.')
  assert.equal(judge([head, packed, window, mac].join('.'), at(40)), 'forged')
  for (let i = 4; i < qr.length; i++) {
    const touched = `${qr.slice(0, i)}${qr[i] === 'A' ? 'B' : 'A'}${qr.slice(i + 1)}`
    const read = readCode(touched)
    if (read?.kind !== 'qr') continue
    // The last letter of a packed id carries four bits that say nothing.
    const same = i === 25 && read.orderId === ORDER
    assert.equal(judgeQr(read, secret, at(40)), same ? 'fits' : 'forged', touched)
  }
})
test('what a clerk may type or scan', () => {
  assert.deepEqual(readCode('8362 0517 49'), { kind: 'digits', digits: '8362051749' })
  assert.deepEqual(readCode('8362-0517-49'), { kind: 'digits', digits: '8362051749' })
  const read = readCode(` ${qrOf(ORDER, secret, at(0)).qr} `)
  assert.ok(read?.kind === 'qr' && read.orderId === ORDER)
  for (const text of [
    '',
    '123',
    '83620517490',
    'LL1.x.y.z',
    'LL2.AaIG5JLIdVWmGVnJafNVxw.zmqah.Lvk8CUbw4YXr0Seg',
    '<script>',
  ])
    assert.equal(readCode(text), undefined, text)
})
