import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupDigits, ringAt, ringPath, spokenDigits } from './pickup-code.ts'

test('digits are grouped 4-4-2 and spoken one by one', () => {
  assert.equal(groupDigits('8362051749'), '8362 0517 49')
  assert.equal(groupDigits('12345678'), '1234 5678')
  assert.equal(spokenDigits('8362'), '8 3 6 2')
})

test('the ring trusts the server for the end and the phone only for elapsed time', () => {
  const code = { now: '2026-11-22T03:16:04.000Z', validUntil: '2026-11-22T03:16:30.000Z' }
  const phone = Date.parse('2026-11-22T09:00:00Z') // hours off
  assert.deepEqual(ringAt(code, phone, phone), { secondsLeft: 26, share: 26 / 30, due: false })
  assert.deepEqual(ringAt(code, phone, phone + 10_400), { secondsLeft: 16, share: 15.6 / 30, due: false })
  assert.deepEqual(ringAt(code, phone, phone + 26_000), { secondsLeft: 0, share: 0, due: true })
  assert.equal(ringAt(code, phone, phone + 90_000).due, true)
  assert.equal(ringAt(code, phone, phone - 900).secondsLeft, 26, 'a tick before the answer adds nothing')
})

test('the ring is one closed stroke of known length', () => {
  const { path, length } = ringPath(188, 4, 14)
  assert.match(path, /^M94 2H/)
  assert.ok(path.endsWith('H94'))
  assert.equal(Math.round(length), Math.round(4 * (184 - 28) + 2 * Math.PI * 14))
})
