import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PAY_PAGE } from '@linli/contract/payments'
import { PROVIDER_WORDS, providerOf } from './provider-words.ts'

test('only the names of ways of paying are names of ways of paying', () => {
  for (const name of Object.keys(PROVIDER_WORDS)) assert.equal(providerOf(name), name)
  for (const text of [null, '', 'Alipay', 'cash', 'toString']) assert.equal(providerOf(text), null)
})

test('Alipay returns to the page where orders are paid', () => {
  const routes = readFileSync(new URL('../services/routes.ts', import.meta.url), 'utf8')
  assert.ok(routes.includes(`pay: '${PAY_PAGE}'`))
})
