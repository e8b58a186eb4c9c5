import assert from 'node:assert/strict'
import { test } from 'node:test'

import { consoleRoutes, type Route } from '@linli/contract'

import { hasWords, problemWords } from './problem-words.ts'

test('every refusal that a console route declares has words of its own', () => {
  const codes = new Set(Object.values<Route>(consoleRoutes).flatMap((route) => route.errors))
  assert.ok(codes.size > 20)
  assert.deepEqual(
    [...codes].filter((code) => !hasWords(code)),
    [],
  )
})

test('what nobody foresaw is still said in words, by its status', () => {
  const problem = { code: 'new.refusal', status: 503, detail: '', requestId: 'r' }
  assert.match(problemWords(problem), /服务器/)
  assert.match(problemWords({ ...problem, status: 403 }), /权限/)
  assert.match(problemWords({ ...problem, status: 409 }), /new\.refusal/)
  assert.match(problemWords({ ...problem, code: 'toString' }), /服务器/)
  assert.match(problemWords(undefined), /没有连上/)
})
