import assert from 'node:assert/strict'
import { test } from 'node:test'

import { answerWords, emptyForm, formFaults, messageFilters, standingOf, type Endpoint } from './model.ts'

const endpoint: Endpoint = {
  id: 'x',
  name: 'ERP',
  url: 'https://erp.example.com/hook',
  topics: ['orders'],
  storeIds: null,
  active: true,
  beforeUntil: null,
  failingSince: null,
  stoppedAt: null,
  createdAt: '2026-11-23T00:00:00Z',
}

test('how an endpoint stands', () => {
  const at = '2026-11-23T00:00:00Z'
  assert.deepEqual(
    [
      standingOf(endpoint).word,
      standingOf({ ...endpoint, failingSince: at }).word,
      standingOf({ ...endpoint, active: false }).word,
      standingOf({ ...endpoint, active: false, stoppedAt: at, failingSince: at }).word,
    ],
    ['在送', '送不到，在重试', '停用', '五天送不到，已停'],
  )
})
test('what the last try was answered', () =>
  assert.deepEqual(
    [
      answerWords({ status: 500, fault: null }),
      answerWords({ status: null, fault: 'timeout' }),
      answerWords({ status: null, fault: null }),
      answerWords({ status: null, fault: 'EPROTO' }),
    ],
    ['对方答 500', '十秒没答', '还没送', '没连上（EPROTO）'],
  ))
test('filters out of the address; what is missing in a form', () => {
  assert.deepEqual(messageFilters(new URLSearchParams('state=DEAD&endpoint=nonsense')), { state: 'DEAD' })
  assert.deepEqual(messageFilters(new URLSearchParams('state=valueOf')), {})
  assert.deepEqual(Object.keys(formFaults({ ...emptyForm, topics: [] })), ['name', 'url', 'topics'])
})
