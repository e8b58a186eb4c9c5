import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as times from './times.ts'

const NOON = '2026-11-22T04:00:00Z' // 12:00 in Xingtai
const now = Date.parse('2026-11-22T02:24:00Z')

test('times are those of the store, whatever zone the phone is in', () => {
  assert.equal(times.clockOf(NOON), '12:00')
  assert.equal(times.clockOf('2026-11-21T23:30:00Z'), '07:30')
  assert.equal(times.dateOf('2026-11-21T16:00:00Z'), '11 月 22 日')
})

test('days near now have names', () => {
  assert.equal(times.dayOf(NOON, now), '今天')
  assert.equal(times.dayOf('2026-11-22T16:00:00Z', now), '明天')
  assert.equal(times.dayOf('2026-11-21T15:59:00Z', now), '昨天')
  assert.equal(times.dayInFull(NOON, now), '今天，11 月 22 日 周日')
  assert.equal(times.dayInFull('2026-11-25T04:00:00Z', now), '11 月 25 日 周三')
  assert.equal(times.spanOf(NOON, '2026-11-22T05:00:00Z', now), '今天 12:00 至 13:00')
})

test('freshness is told in minutes, then as a moment', () => {
  assert.equal(times.agoOf(now - 20_000, now), '刚刚')
  assert.equal(times.agoOf(now + 5_000, now), '刚刚')
  assert.equal(times.agoOf(now - 3 * 60_000, now), '3 分钟前')
  assert.equal(times.agoOf('2026-11-22T00:00:00Z', now), '今天 08:00')
})

test('elders hear the time of day', () => {
  assert.equal(times.spokenClock(NOON), '中午 12 点')
  assert.equal(times.spokenClock('2026-11-22T08:30:00Z'), '下午 4 点半')
  assert.equal(times.spokenClock('2026-11-22T00:15:00Z'), '上午 8 点 15 分')
  assert.equal(times.spokenTimeOfDay('22:00'), '晚上 10 点')
})

test('a date of another year says which', () => {
  const eve = Date.parse('2026-12-31T23:00:00+08:00')
  assert.equal(times.dateInYears('2026-01-05T12:00:00+08:00', eve), '1 月 5 日')
  assert.equal(times.dateInYears('2027-01-01T00:00:00+08:00', eve), '2027 年 1 月 1 日')
})
