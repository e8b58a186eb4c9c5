// domain 2.10 and row 75: a card that changes every half minute, and is dead a minute later.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { newSigningPair, signingKeyOf } from '#kernel/signed-token'
import { cardToken, digitsOf, judgeCode, judgeToken, readCard } from './card.ts'

const MEMBER = '01a206e4-92c8-7555-a619-59c969f355c7'
const mac = (text: string) => createHmac('sha256', 'a key').update(text).digest()
const other = (text: string) => createHmac('sha256', 'another key').update(text).digest()
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 22, 2, 0, 0) + second * 1000)
const pair = (id: string) => {
  const { publicKey, secret } = newSigningPair()
  return { ...signingKeyOf(id, publicKey, secret), until: null }
}
const key = pair('aaaaaa')

test('domain 2.10: digits are sixteen, say the number, and change every half minute', () => {
  const { digits, code } = digitsOf(mac, 741, at(0))
  assert.match(digits, /^8600000741\d{6}$/)
  assert.equal(digits.slice(-6), code)
  assert.equal(digitsOf(mac, 741, at(29)).digits, digits)
  assert.notEqual(digitsOf(mac, 741, at(30)).digits, digits)
  assert.notEqual(digitsOf(mac, 742, at(0)).code, code)
  assert.notEqual(digitsOf(other, 741, at(0)).code, code)
})

// Shown at second 10, so new at 0; judged by a clock that may be a little behind or ahead of ours.
const MOMENTS: readonly [second: number, verdict: string][] = [
  [-31, 'forged'],
  [-6, 'ahead'],
  [-5, 'fits'],
  [0, 'fits'],
  [29, 'fits'],
  [59, 'fits'],
  [60, 'expired'],
  [290, 'expired'],
  [3600, 'forged'],
]
for (const [second, verdict] of MOMENTS)
  test(`domain 2.10: six digits of second 0 are ${verdict} at second ${second}`, () => {
    const { code } = digitsOf(mac, 741, at(0))
    assert.equal(judgeCode(mac, '00000741', code, at(second)), verdict)
  })
for (const [second, verdict] of MOMENTS)
  test(`domain 2.10: a QR of second 10 at second ${second}: ${verdict === 'forged' ? 'of no now' : verdict}`, () => {
    const judged = judgeToken(cardToken(key, MEMBER, at(10)), [key], at(second))
    assert.equal(judged.memberId, MEMBER)
    assert.equal(judged.verdict, verdict === 'forged' ? (second < 0 ? 'ahead' : 'expired') : verdict)
  })
test('property: whatever second a card was looked at, its photograph is dead 60 seconds after it was new, and never dies within 30', () => {
  for (let second = 0; second < 90; second++) {
    const born = Math.floor(second / 30) * 30
    const { code } = digitsOf(mac, 741, at(second))
    const token = cardToken(key, MEMBER, at(second))
    for (let later = second; later < second + 120; later++) {
      const lives = later - born < 60
      assert.equal(judgeCode(mac, '00000741', code, at(later)) === 'fits', lives, `${second} ${later}`)
      assert.equal(judgeToken(token, [key], at(later)).verdict === 'fits', lives, `${second} ${later}`)
    }
  }
})
test('a QR touched anywhere, of another key, or of a retired one is forged', () => {
  const token = cardToken(key, MEMBER, at(0))
  const forged = { verdict: 'forged', memberId: null }
  for (let i = 0; i < token.length; i++) {
    const touched = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
    // The last letters of body and signature carry bits that say nothing.
    const same = judgeToken(touched, [key], at(0)).verdict === 'fits'
    if (same) assert.ok([37, token.length - 1].includes(i), `letter ${i}`)
    else assert.deepEqual(judgeToken(touched, [key], at(0)), forged, touched)
  }
  assert.deepEqual(judgeToken(token, [pair('aaaaaa')], at(0)), forged)
  assert.deepEqual(judgeToken(token, [pair('bbbbbb')], at(0)), forged)
  assert.deepEqual(judgeToken(token, [{ ...key, until: at(0) }], at(0)), forged)
  assert.equal(judgeToken(token, [{ ...key, until: at(1) }], at(0)).verdict, 'fits')
})
test('what a till may scan or a person type', () => {
  assert.deepEqual(readCard('8613 0002 0741 9956'), { kind: 'digits', number: '13000207', code: '419956' })
  const token = cardToken(key, MEMBER, at(0))
  assert.deepEqual(readCard(` ${token} `)?.kind, 'token')
  assert.ok(token.length < 140, 'a QR of this text is still easy to scan')
  for (const text of ['', '123', '6999911000015', '87000007419956', token.replace('LM1', 'LC1'), 'LM1.a.b.c'])
    assert.equal(readCard(text), undefined, text)
})
