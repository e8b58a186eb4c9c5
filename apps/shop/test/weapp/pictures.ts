import assert from 'node:assert/strict'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContext } from 'playwright-core'
import { openBrowser, openPhone } from '../../../server/test/browser/browser.ts'
import { goods } from '../canned/goods.ts'
import { ORDER_ID } from '../canned/orders.ts'
import { openPicture, type Picture } from '../weapp-host/picture.ts'
import { findAll } from '../weapp-host/tree.ts'
import { withShop, type Running } from './running.ts'

const SHOTS = path.resolve(import.meta.dirname, '../../../../test-results')
const DRAWINGS = path.resolve(import.meta.dirname, '../../../../node_modules/@lobehub/fluent-emoji-3d/assets')

/** The canned goods name the drawings they look like. */
const media = (pathname: string) => {
  const file = path.join(DRAWINGS, path.basename(pathname))
  return existsSync(file) ? file : null
}

/** The package in a browser: its own view and styles, taps in the picture reach its own logic. */
export function pictureTests(root: string): void {
  describe('weapp · in the picture', () => {
    let browser: Browser
    let phone: BrowserContext
    before(async () => {
      mkdirSync(SHOTS, { recursive: true })
      browser = await openBrowser()
      // One context for all: the bundled Chromium is a single process and ends with the first context that closes.
      phone = await openPhone(browser)
    })
    after(() => browser.close())

    const looking = (work: (picture: Picture, running: Running) => Promise<void>) =>
      withShop(root, async (running) => work(await openPicture(phone, running.host, media), running))
    const shot = (name: string) => path.join(SHOTS, `weapp-${name}.png`)

    test('home, then a tap on + and on a product', () =>
      looking(async ({ page, shoot, touch }, { host, server }) => {
        await shoot(shot('home'), true)
        const right = await page.locator('#page').evaluate((all) => all.scrollWidth)
        assert.equal(right, 375, 'something is wider than the phone')
        await touch(() => page.getByRole('button', { name: `加入购物车：${goods(7).name}` }).click())
        assert.deepEqual([...server.cart], [[goods(7).skuId, 1]])
        await touch(() => page.getByRole('link', { name: goods(7).name }).click())
        assert.equal(host.page().route, 'packages/goods/product/index')
        await page.getByText('还剩 30 份').waitFor()
        await shoot(shot('product'), true)
      }))

    test('search: typing in the picture', () =>
      looking(async ({ page, shoot, touch }, { host }) => {
        await touch(() => page.getByRole('link', { name: '搜索商品' }).click())
        await page.getByLabel('搜索商品').locator('input').fill('鸡蛋')
        await touch(() => page.getByRole('button', { name: '搜索', exact: true }).click())
        await page.getByText('有 2 样').waitFor()
        assert.equal(host.page().route, 'packages/goods/search/index')
        await shoot(shot('search'))
      }))

    test('category, cart, checkout, order, 我的, elder', () =>
      looking(async ({ paint, shoot }, { host }) => {
        for (const n of [2, 7, 1]) {
          const [plus] = findAll(host.view(), { role: 'button', name: `加入购物车：${goods(n).name}` })
          assert.ok(plus)
          await host.tap(plus)
        }
        const pages = {
          category: '/pages/category/index',
          cart: '/pages/cart/index',
          checkout: '/packages/order/checkout/index',
          order: `/packages/order/order/index?id=${ORDER_ID}`,
          mine: '/pages/mine/index',
        }
        for (const [name, url] of Object.entries(pages)) {
          await host.open(url)
          await paint()
          await shoot(shot(name))
        }
        await host.open('/pages/home/index')
        await host.tap({ role: 'button', name: '长辈模式' })
        await paint()
        await shoot(shot('elder'))
      }))
  })
}
