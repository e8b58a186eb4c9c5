import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPasswordCheck, hashPassword, isWeak } from './passwords.ts'

const WHO = { account: 's01', current: 'linli-demo' }
const CASES: readonly [next: string, weak: boolean][] = [
  ['linli-demo', true],
  ['aaaaaaaaaaaaaa', true],
  ['abababababab', true],
  ['my-S01-password', true],
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
