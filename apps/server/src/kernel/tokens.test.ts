// A bearer token is believed for its signature alone: whoever can change a letter of it and be believed is anybody.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { secondsAfter } from './clock.ts'
import { createSecrets } from './secrets.ts'
import { createTokens } from './tokens.ts'

const NOW = new Date('2026-11-22T02:00:00Z')
const clock = { now: () => NOW, stamp: () => NOW }
const secrets = createSecrets(randomBytes(32))
const tokens = createTokens(secrets, clock)
const claims = {
  face: 'member' as const,
  sessionId: '01a206e4-92c8-7555-a619-59c969f355c7',
  subjectId: '01a206e4-92c8-7555-a619-59c969f355c8',
  expiresAt: secondsAfter(NOW, 60),
}

test('a token says what was signed', () => {
  assert.deepEqual(tokens.read(tokens.issue(claims)), claims)
})
test('another face, subject, session or expiry under the old signature is nobody', () => {
  const token = tokens.issue(claims)
  const signature = token.slice(token.lastIndexOf('.'))
  const forged = [
    { ...claims, face: 'console' as const },
    { ...claims, subjectId: claims.sessionId },
    { ...claims, sessionId: claims.subjectId },
    { ...claims, expiresAt: secondsAfter(NOW, 61) },
  ]
  for (const each of forged) {
    const issued = tokens.issue(each)
    assert.equal(tokens.read(issued.slice(0, issued.lastIndexOf('.')) + signature), null)
  }
  for (let i = 1; i < signature.length; i++) {
    const touched = `${signature.slice(0, i)}${signature[i] === 'A' ? 'B' : 'A'}${signature.slice(i + 1)}`
    // The last letter may carry bits that say nothing; every other letter counts.
    if (i < signature.length - 1)
      assert.equal(tokens.read(token.slice(0, token.lastIndexOf('.')) + touched), null, touched)
  }
})
test('signed with another key, for another purpose, or not at all: nobody', () => {
  const other = createTokens(createSecrets(randomBytes(32)), clock)
  assert.equal(tokens.read(other.issue(claims)), null)
  const text = tokens.issue(claims).split('.').slice(0, 4).join('.')
  assert.equal(tokens.read(`${text}.${secrets.sign('media', text)}`), null)
  assert.equal(tokens.read(`${text}.`), null)
  assert.equal(tokens.read(text), null)
  assert.equal(tokens.read(''), null)
})
test('over when it expires, and when its session ends', () => {
  assert.equal(tokens.read(tokens.issue({ ...claims, expiresAt: NOW })), 'ended')
  const another = { ...claims, sessionId: claims.subjectId }
  const token = tokens.issue(another)
  assert.deepEqual(tokens.read(token), another)
  tokens.end(another.sessionId, another.expiresAt)
  assert.equal(tokens.read(token), 'ended')
})
