import { allRoutes } from '@linli/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptText, referenceOf, shortText, silence, troubleOf } from './problem-words.ts'

const at = Date.parse('2026-11-22T02:47:00Z')
const problem = (code: string, status: number, requestId = '019aa5c1-0d1e-7000-8000-0000003f2a') => ({
  code,
  status,
  detail: 'for developers',
  requestId,
})

test('every refusal a shopper or clerk can meet has words of its own', () => {
  // These need no sentence: the app never sends a repeated line or an old cursor.
  const unspoken =
    /^(pricing\.line_repeated|orders\.key_reused|\w+\.cursor_invalid|staff\.(console_denied|otp_unsupported))$/
  const missing = Object.entries(allRoutes)
    .filter(([key]) => /^\w+ \/(v1|staff\/v1)\//.test(key))
    .flatMap(([, route]) => [...route.errors])
    .filter((code) => !unspoken.test(code) && troubleOf(problem(code, 409), at).kind === 'broken')
  assert.deepEqual([...new Set(missing)], [])
})

test('an unknown failure says so and carries a number to read out', () => {
  assert.deepEqual(troubleOf(problem('server.broken', 500), at), {
    kind: 'broken',
    text: '没连上店里的系统',
    reference: 'E-1047-3F2A',
  })
  assert.equal(troubleOf(problem('network.unreadable', 502, ''), at).reference, null)
  assert.equal(troubleOf(problem('session.ended', 401), at).text, '登录过期了，请重新登录')
  assert.equal(troubleOf(problem('session.missing', 401), at).text, '请先登录')
  assert.equal(troubleOf(problem('staff.credentials_wrong', 401), at).text, '账号或密码不对')
  assert.equal(troubleOf(problem('request.too_many', 429), at).kind, 'refused')
})

test('the reference is the store time and the tail of the id', () => {
  assert.equal(referenceOf('abc', at), null)
  assert.equal(referenceOf('019aa5c1-0d1e-7000-8000-00000000be0f', at), 'E-1047-BE0F')
})

test('what was short is named, when the refusal says which', () => {
  const lines = [{ skuId: 'a', name: '内丘苹果' }]
  assert.equal(shortText({ skuId: 'a', available: 2 }, lines), '内丘苹果只剩 2 件了，没有下单')
  assert.equal(shortText({ skuId: 'a', available: 0 }, lines), '内丘苹果刚刚卖完了，没有下单')
  assert.equal(shortText({ skuId: 'b', available: 0 }, lines), null)
  assert.equal(shortText({}, lines), null)
})

test('the network is blamed only when the phone has none', () => {
  assert.equal(silence(true).text, '没有网络，请检查手机的网络')
  assert.equal(silence(false).text, '连不上店里的系统，请稍后再试')
  assert.equal(keptText(silence(true), '10:47'), '没有网络，显示的是 10:47 的内容')
  assert.equal(keptText(silence(false), '10:47'), '连不上店里的系统，显示的是 10:47 的内容')
})
