import assert from 'node:assert/strict'
import { test } from 'node:test'

import { partnerRoutes, type Route } from '@linli/contract'
import { PARTNER_SCOPES, SIGNED_REFUSALS } from '@linli/contract/partners'

import {
  callFilters,
  emptyForm,
  keyTag,
  partnerFaults,
  refusalWords,
  routeWords,
  scopes,
  termsOf,
  type Key,
} from './model.ts'

const now = Date.parse('2026-11-23T04:00:00Z')
const key: Key = {
  id: 'lk_AAAAAAAAAAAAAAAA',
  algorithm: 'ed25519',
  createdAt: '2026-11-01T00:00:00Z',
  createdBy: 'staff:hq',
  expiresAt: '2027-11-01T00:00:00Z',
  endedAt: null,
  state: 'live',
  lastCallAt: null,
}

test('a key says in time that it will end', () => {
  assert.equal(keyTag(key, now).word, '在用')
  assert.equal(keyTag({ ...key, expiresAt: '2026-12-01T00:00:00Z' }, now).word, '还有 8 天到期')
  assert.equal(keyTag({ ...key, expiresAt: '2026-11-22T00:00:00Z', state: 'expired' }, now).word, '已到期')
  assert.equal(keyTag({ ...key, state: 'revoked' }, now).word, '已停用')
})

test('every scope and every refusal of a signed request has words', () => {
  assert.deepEqual(Object.keys(scopes).sort(), [...PARTNER_SCOPES].sort())
  for (const code of SIGNED_REFUSALS)
    if (code !== 'partners.key_unknown') assert.notEqual(refusalWords(code), code, code)
})

test('fields are checked as the server will; no store means every store', () => {
  const form = { ...emptyForm, code: 'till-01', name: '一号店收银' }
  assert.deepEqual(partnerFaults(form), {})
  assert.deepEqual(Object.keys(partnerFaults({ ...emptyForm, scopes: [], perMinute: '0' })).sort(), [
    'code',
    'name',
    'perMinute',
    'scopes',
  ])
  assert.equal(termsOf(form).storeIds, null)
  assert.deepEqual(termsOf({ ...form, storeIds: ['S02', 'S01'] }).storeIds, ['S01', 'S02'])
})

test('filters of the log come from the address', () => {
  assert.deepEqual(callFilters(new URLSearchParams('partner=x&outcome=refused&q=%20sales%20')), {
    outcome: 'refused',
    q: 'sales',
  })
})

test('every call of a partner is told in words', () => {
  for (const key of Object.keys(partnerRoutes)) {
    const [method = '', route = ''] = key.split(' ')
    assert.notEqual(routeWords({ method, route }), '别的', key)
  }
})

test('every refusal that a call of a partner may meet is told in words', () => {
  const codes = new Set(Object.values<Route>(partnerRoutes).flatMap((route) => route.errors))
  assert.ok(codes.size > 20)
  assert.deepEqual(
    [...codes].filter((code) => refusalWords(code) === code),
    [],
  )
})
