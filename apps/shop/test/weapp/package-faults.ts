import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { measureMiniProgram, sizeBreaches } from '../../scripts/sizes.ts'
import { cannedShop } from '../canned/shop.ts'
import { faultsOf } from '../weapp-host/faults.ts'
import { openHost } from '../weapp-host/host.ts'
import { readPackage } from '../weapp-host/package.ts'

const WHOLE_MAX = 2 * 1024 * 1024

/** The package as WeChat's upload would look at it, and that these looks see what they are for. */
export function packageTests(root: string): void {
  describe('weapp · package', () => {
    test('it is whole, and WeChat’s compilers take every template and style sheet', () => {
      assert.deepEqual(faultsOf(readPackage(root)), [])
    })

    test('main package ≤ 800 KB, every sub-package ≤ 2 MB, all together ≤ 2 MB', () => {
      const sizes = measureMiniProgram(root)
      assert.deepEqual(sizeBreaches(sizes), [])
      const whole = Object.values(sizes.subPackages).reduce((sum, each) => sum + each, sizes.main)
      assert.ok(whole > 100_000 && whole <= WHOLE_MAX, `${whole} bytes`)
    })
  })

  describe('weapp · a spoilt package is noticed', () => {
    const remove = (file: string) => (copy: string) => rmSync(path.join(copy, file))
    const append = (file: string, text: string) => (copy: string) =>
      appendFileSync(path.join(copy, file), text)
    const grow = (copy: string) => writeFileSync(path.join(copy, 'more.js'), ' '.repeat(900_000))
    const spoilings: [name: string, spoil: (copy: string) => void, expected: RegExp][] = [
      ['a page without logic', remove('pages/cart/index.js'), /^pages\/cart\/index\.js is missing/],
      [
        'a page without a view',
        remove('packages/order/pay/index.wxml'),
        /^packages\/order\/pay\/index\.wxml is missing/,
      ],
      ['a component that is gone', remove('comp.js'), /^comp\.js is missing/],
      ['a picture that is gone', remove('assets/basket.webp'), /^assets\/basket\.webp is missing/],
      [
        'a tab icon that is not there',
        withTabIcon,
        /^assets\/tab-home\.png is missing: an icon of the tab bar/,
      ],
      [
        'a broken template',
        append('pages/mine/index.wxml', '<view><text></view>'),
        /pages\/mine\/index\.wxml/,
      ],
      ['a style that WXSS does not know', append('app.wxss', '.a * { margin: 0 }'), /unexpected token `\*`/],
      ['too much', grow, /^main package/],
    ]
    for (const [name, spoil, expected] of spoilings)
      test(name, (t) => {
        const copy = copyOf(root, t)
        spoil(copy)
        const faults = [...faultsOf(readPackage(copy)), ...sizeBreaches(measureMiniProgram(copy))]
        assert.match(faults.join('\n'), expected)
      })

    test('a page that throws, and one that calls what WeChat lacks', async (t) => {
      const copy = copyOf(root, t)
      appendFileSync(
        path.join(copy, 'app.js'),
        '\nwx.openTheDoor; console.error("said aloud"); new URL("a:b")',
      )
      const host = await openHost(copy, { network: cannedShop().network })
      t.after(() => host.close())
      assert.match(host.errors.join('\n'), /said aloud[^]*URL is not defined/)
      assert.deepEqual([...host.unknown], ['openTheDoor'])
    })
  })
}

function copyOf(root: string, t: TestContext): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'linli-weapp-'))
  t.after(() => rmSync(copy, { recursive: true }))
  cpSync(root, copy, { recursive: true })
  return copy
}

function withTabIcon(copy: string): void {
  const file = path.join(copy, 'app.json')
  const app = JSON.parse(readFileSync(file, 'utf8')) as { tabBar: { list: { iconPath?: string }[] } }
  for (const tab of app.tabBar.list.slice(0, 1)) tab.iconPath = 'assets/tab-home.png'
  writeFileSync(file, JSON.stringify(app))
}
