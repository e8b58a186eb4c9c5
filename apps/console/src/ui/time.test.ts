import assert from 'node:assert/strict'
import { test } from 'node:test'

import { ago, businessDay, duration, greeting, longDay, until, when } from './time.ts'

test('the business day turns at midnight in Shanghai', () => {
  assert.equal(businessDay('2026-11-21T15:59:59Z'), '2026-11-21')
  assert.equal(businessDay('2026-11-21T16:00:00Z'), '2026-11-22')
  assert.equal(longDay('2026-11-22T02:42:07Z'), '11月22日 周日')
})

test('an instant is said as shortly as it stays unambiguous', () => {
  const now = '2026-11-22T02:42:07Z'
  assert.equal(when('2026-11-22T02:41:18Z', now, true), '10:41:18')
  assert.equal(when('2026-11-21T13:34:00Z', now), '昨 21:34')
  assert.equal(when('2026-11-17T16:00:00Z', now), '11-18 00:00')
  assert.equal(when('2025-12-31T16:00:00Z', now), '01-01 00:00')
  assert.equal(when('2025-12-30T16:00:00Z', now), '2025-12-31 00:00')
})

test('age is told in the largest two units', () => {
  const now = Date.parse('2026-11-22T02:42:07Z')
  assert.equal(ago(now - 2_000, now), '刚刚')
  assert.equal(ago(now - 8_000, now), '8 秒前')
  assert.equal(ago(now - 11_520_000, now), '3 时 12 分前')
  assert.equal(ago(now + 5_000, now), '刚刚')
  assert.equal(duration(7_200), '2 小时')
  assert.equal(duration(200_000), '2 天 7 时')
  assert.equal(duration(2 * 86_400), '2 天')
  assert.equal(duration(5 * 86_400 + 7200), '5 天')
})

test('the greeting follows the shops clock', () => {
  assert.equal(greeting('2026-11-22T02:00:00Z'), '上午好')
  assert.equal(greeting('2026-11-22T04:00:00Z'), '中午好')
  assert.equal(greeting('2026-11-22T12:00:00Z'), '晚上好')
  assert.equal(greeting('2026-11-22T18:00:00Z'), '夜深了')
})

test('what ends with a day is said by that day', () => {
  const now = '2026-11-22T02:00:00Z'
  assert.equal(until('2026-11-22T16:00:00Z', now), '11-22 24:00')
  assert.equal(until('2027-01-03T16:00:00Z', now), '2027-01-03 24:00')
  assert.equal(until('2026-11-25T02:30:00Z', now), '11-25 10:30')
})
