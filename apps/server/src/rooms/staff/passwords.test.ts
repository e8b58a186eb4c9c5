import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPasswordCheck, hashPassword, isWeak, newTemporaryPassword } from './passwords.ts'

const WHO = { account: 's01', current: 'linli-demo' }
const CASES: readonly [next: string, weak: boolean][] = [
  ['linli-demo', true],
  ['aaaaaaaaaaaaaa', true],
  ['abababababab', true],
  ['my-S01-password', true],
  ['1234567890', true],
  ['9876543210', true],
  ['abcdefghijkl', true],
  ['LINLI-DEMO-1', true],
  ['Password1234', true],
  ['qwertyuiop88', true],
  ['梨花院落溶溶月柳絮池塘', false],
  ['correct horse battery', false],
]
for (const [next, weak] of CASES)
  test(`${next} is ${weak ? 'weak' : 'fine'}`, () => assert.equal(isWeak(next, WHO), weak))

test('only the right password of a real account fits, and hashes are argon2id', async () => {
  const passwords = await createPasswordCheck()
  const hash = await hashPassword('right')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.fits(hash, 'right'), true)
  assert.equal(await passwords.fits(hash, 'wrong'), false)
  assert.equal(await passwords.fits(null, 'an account that does not exist'), false)
})

test('a flood of checks is refused rather than queued', async () => {
  const passwords = await createPasswordCheck()
  const hash = await hashPassword('right')
  const checks = await Promise.allSettled(Array.from({ length: 70 }, () => passwords.fits(hash, 'wrong')))
  assert.equal(checks.filter(({ status }) => status === 'rejected').length, 6)
})

test('a password that we make is never the same twice, never weak, and easy to read aloud', () => {
  const made = Array.from({ length: 500 }, newTemporaryPassword)
  assert.equal(new Set(made).size, made.length)
  for (const each of made) {
    assert.match(each, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    assert.doesNotMatch(each, /[ilo01]/)
    assert.equal(isWeak(each, WHO), false, each)
  }
})

test('a short account name does not make every password weak', () =>
  assert.equal(isWeak('correct horse battery', { account: 'a', current: 'x' }), false))
