import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskName } from './mask.ts'

const CASES: readonly [string, string][] = [
  ['刘小芳', '刘*芳'],
  ['刘芳', '刘*'],
  ['刘', '刘*'],
  ['', '*'],
  ['欧阳小芳', '欧**芳'],
  ['邻里会员3976', '邻***6'],
  ['👩‍👩‍👧爱吃苹果', '👩‍👩‍👧***果'],
]
for (const [name, shown] of CASES) test(`${name} → ${shown}`, () => assert.equal(maskName(name), shown))
