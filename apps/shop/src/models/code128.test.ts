import assert from 'node:assert/strict'
import { test } from 'node:test'
import { code128Svg, code128Values } from './code128.ts'

const SPAN = /M(\d+) 0h(\d+)v(\d+)h-\d+z/g
/** Dark modules from left to right, as a scanner sees them. */
function modulesOf(svg: string): string {
  const [, wide = ''] = /viewBox="0 0 (\d+) /.exec(svg) ?? []
  const modules = Array.from({ length: Number(wide) }, () => '0')
  for (const [, from = '', width = ''] of svg.matchAll(SPAN))
    for (let i = 0; i < Number(width); i++) modules[Number(from) + i] = '1'
  return modules.join('')
}
const symbolsOf = (value: number): string => {
  const digits = String(value).padStart(2, '0')
  return modulesOf(code128Svg(digits, 0.25)).slice(10 + 11, 10 + 22)
}

test('known answers: start C, stop, 00 and 99 with the check behind them', () => {
  const [blank, start, stop] = ['0'.repeat(10), '11010011100', '1100011101011']
  const [nought, ninetyNine] = ['11011001100', '10111011110']
  const check = code128Values('0099').at(-2) ?? 0
  assert.equal(check, (105 + 0 + 2 * 99) % 103)
  assert.equal(
    modulesOf(code128Svg('0099', 0.25)),
    [blank, start, nought, ninetyNine, symbolsOf(check), stop, blank].join(''),
  )
})
test('the check value weighs each pair by its place', () => {
  assert.deepEqual(code128Values('1234'), [105, 12, 34, (105 + 12 + 2 * 34) % 103, 106])
  assert.deepEqual(code128Values('8613000207419956').slice(0, 3), [105, 86, 13])
})
test('every pair has bars of its own: eleven modules, begun dark, ended light, an even number of dark ones', () => {
  const seen = new Set<string>()
  for (let value = 0; value < 100; value++) {
    const modules = symbolsOf(value)
    assert.equal(modules.length, 11)
    assert.match(modules, /^1+0+1+0+1+0+$/, String(value))
    assert.equal(modules.replaceAll('0', '').length % 2, 0, String(value))
    seen.add(modules)
  }
  assert.equal(seen.size, 100)
})
test('sixteen digits are 123 modules and the blank beside them; an odd number of digits is refused', () => {
  assert.match(code128Svg('8613000207419956', 0.25), /viewBox="0 0 143 36"/)
  for (const text of ['', '123', '12a4']) assert.throws(() => code128Values(text), RangeError)
})
