import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readsFrom, syllablesOf } from './pinyin.ts'

const NAMES: readonly [name: string, syllables: string][] = [
  ['内丘苹果 约1kg', 'nei qiu ping guo yue 1kg'],
  ['长粒香米 5kg', 'chang li xiang mi 5kg'],
  ['绿豆 500g', 'lv dou 500g'],
  ['重庆小面', 'chong qing xiao mian'],
  ['LED灯泡 9W', 'led deng pao 9w'],
  ['纯牛奶 250ml×12', 'chun niu nai 250ml 12'],
]
for (const [name, syllables] of NAMES)
  test(`${name} is typed ${syllables}`, () => assert.equal(syllablesOf(name).join(' '), syllables))

const APPLE = ['nei', 'qiu', 'ping', 'guo']
const READINGS: readonly [typed: string, start: number, reads: boolean][] = [
  ['pg', 2, true],
  ['pingguo', 2, true],
  ['pingg', 2, true],
  ['pguo', 2, true],
  ['pig', 2, true],
  ['p', 2, true],
  ['neiqiupingguo', 0, true],
  ['nqpg', 0, true],
  ['ng', 0, false],
  ['pguox', 2, false],
  ['gp', 2, false],
  ['ing', 2, false],
]
for (const [typed, start, reads] of READINGS)
  test(`${typed} ${reads ? 'reads' : 'does not read'} ${APPLE.slice(start).join('')}`, () =>
    assert.equal(readsFrom(typed, APPLE, start), reads))

test('a syllable that begins like the next one does not swallow it', () =>
  assert.ok(readsFrom('xianan', ['xi', 'an', 'an'], 0) && readsFrom('xian', ['xian'], 0)))
