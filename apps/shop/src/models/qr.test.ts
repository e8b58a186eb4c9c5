import assert from 'node:assert/strict'
import { test } from 'node:test'
import makeQr from 'qrcode-generator'
import { qrSvg } from './qr.ts'
import { svgImage, svgText } from './svg.ts'

/** Reads the bars back into a grid of dark modules. */
function modulesOf(svg: string): Set<string> {
  const bars = /fill="#000" d="([^"]+)"/.exec(svg)?.[1] ?? ''
  const dark = new Set<string>()
  for (const [, x, y, width] of bars.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let i = 0; i < Number(width); i++) dark.add(`${Number(x) + i - 4},${Number(y) - 4}`)
  return dark
}

test('the picture holds exactly the modules of the code, inside its quiet zone', () => {
  const text = 'LL1.S01.8362051749.58913704.q3vK'
  const code = makeQr(0, 'M')
  code.addData(text)
  code.make()
  const expected = new Set<string>()
  for (let row = 0; row < code.getModuleCount(); row++)
    for (let column = 0; column < code.getModuleCount(); column++)
      if (code.isDark(row, column)) expected.add(`${column},${row}`)
  const svg = qrSvg(text)
  assert.deepEqual(modulesOf(svg), expected)
  assert.match(svg, new RegExp(`viewBox="0 0 ${code.getModuleCount() + 8} ${code.getModuleCount() + 8}"`))
})

test('SVG survives the journey through a data URI', () => {
  const svg = `<text fill="#fff">${svgText('50% & "<鲜>"')}</text>`
  const back = decodeURIComponent(svgImage(svg).replace('data:image/svg+xml,', ''))
  assert.equal(back, svg)
  assert.doesNotMatch(svgImage(svg), /[#<>"]/)
})
