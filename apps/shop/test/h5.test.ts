// The browser build as a shopper's phone meets it: what it weighs, what can be read and pressed, with and without a mouse.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, openPhone } from '../../server/test/browser/browser.ts'
import { H5_HOME_MAX } from '../scripts/sizes.ts'
import { goods, idOf } from './canned/goods.ts'
import { AFTERSALE_ID } from './canned/aftersales.ts'
import { BOX_CAMPAIGN_ID, BOX_ID } from './canned/boxes.ts'
import { ORDER_ID, readyOrder } from './canned/orders.ts'
import { cannedShop, type CannedShop } from './canned/shop.ts'
import type { Answers } from './contract-server.ts'
import { unreadable } from './h5/readable.ts'
import { answerFrom, rememberOnPhone, serveShop, type Served } from './h5/served.ts'

const MEMBER = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const STAFF = {
  id: idOf(800),
  account: 'clerk01',
  name: '店员一',
  role: 'clerk',
  storeIds: ['S01'],
  permissions: [],
}
const SIGNED_IN = {
  'll.member': { token: 'canned-token', who: MEMBER },
  'll.staff': { token: 'canned-staff', who: STAFF },
  'll.staff.store': { id: 'S01', name: '襄都旗舰店' },
}
const PAGES = [
  '/',
  '/pages/category/index',
  '/pages/cart/index',
  '/pages/mine/index',
  '/packages/goods/search/index',
  '/packages/goods/search/index?q=%E6%B2%A1%E6%9C%89',
  `/packages/goods/product/index?id=${goods(1).id}`,
  '/packages/order/checkout/index',
  '/packages/order/orders/index',
  `/packages/order/order/index?id=${ORDER_ID}`,
  `/packages/aftersale/apply/index?orderId=${ORDER_ID}`,
  `/packages/aftersale/detail/index?id=${AFTERSALE_ID}`,
  '/packages/account/stores/index',
  '/packages/account/addresses/index',
  '/packages/account/address/index',
  '/packages/account/favourites/index',
  '/packages/account/coupons/index',
  '/packages/account/offers/index',
  '/packages/account/gifts/index',
  '/packages/account/points/index',
  '/packages/account/tasks/index',
  '/packages/account/card/index',
  '/packages/account/stored-value/index',
  '/packages/account/privacy/index',
  '/packages/account/messages/index',
  '/packages/boxes/list/index',
  `/packages/boxes/offer/index?id=${BOX_CAMPAIGN_ID}&store=S01`,
  `/packages/boxes/box/index?id=${BOX_ID}`,
  '/packages/staff/sign-in/index',
  '/packages/staff/desk/index',
  '/packages/staff/handover/index',
  '/packages/staff/password/index',
  '/packages/staff/counter/index',
  '/packages/staff/old-card/index',
  '/packages/staff/guide/index',
  '/packages/staff/arrivals/index',
]

/** The page looks every 12 seconds. */
const ORDER_HEARD_WITHIN_MS = 14_000

describe('h5', () => {
  let served: Served
  let browser: Browser
  let phone: BrowserContext
  before(async () => {
    served = await serveShop()
    browser = await openBrowser()
    phone = await openPhone(browser)
  })
  after(async () => {
    await browser.close()
    served.close()
  })

  /** A page of its own on an empty phone, against a canned shop; nothing may break on it. */
  async function visit(
    address: string,
    work: (page: Page, shop: CannedShop) => Promise<void>,
    kept: Record<string, unknown> = {},
    own: Answers = {},
  ): Promise<void> {
    const shop = cannedShop(own)
    const page = await phone.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    try {
      await answerFrom(page, shop.network)
      await rememberOnPhone(page, { 'll.member': null, 'll.staff': null, 'll.elder': false, ...kept })
      await page.goto(served.origin + address)
      await page.waitForFunction(
        () => document.querySelector('main')?.textContent && !document.querySelector('.ll-late'),
      )
      await work(page, shop)
      assert.deepEqual(broken, [])
      assert.deepEqual(shop.faults, [])
    } finally {
      await page.close()
    }
  }

  test(`home loads at most ${H5_HOME_MAX / 1024} KiB of scripts and styles`, async () => {
    const page = await phone.newPage()
    const shop = cannedShop()
    await answerFrom(page, shop.network)
    const loaded: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (!/\.(js|css)$/.test(new URL(request.url()).pathname)) return
      loaded.push(
        request
          .sizes()
          .then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
      )
    })
    await page.goto(served.origin, { waitUntil: 'networkidle' })
    await page.getByText(goods(1).name).first().waitFor()
    const total = (await Promise.all(loaded)).reduce((sum, each) => sum + each, 0)
    await page.close()
    assert.ok(loaded.length >= 4 && total > 60 * 1024, `only ${total} bytes were seen`)
    assert.ok(total <= H5_HOME_MAX, `${(total / 1024).toFixed(1)} KiB`)
  })

  for (const elder of [false, true])
    for (const address of PAGES)
      test(`${elder ? 'elder ' : ''}${address} can be read and pressed`, () =>
        visit(
          address,
          async (page) => {
            assert.deepEqual(await unreadable(page, elder ? 'elder' : 'normal'), [])
          },
          { ...SIGNED_IN, 'll.elder': elder },
        ))

  test('the look for faults sees them', () =>
    visit('/', async (page) => {
      await page.evaluate(() => {
        const faults =
          '<button style="width:9px;height:44px"></button><img src="x"><p style="color:#E8541E;background:#fff">浅</p>' +
          '<p style="font-size:10px">小</p><div style="width:900px">宽</div>'
        document.querySelector('main')?.insertAdjacentHTML('beforeend', faults)
      })
      const found = (await unreadable(page)).join('\n')
      for (const fault of ['no name', 'small target', 'no alt', 'contrast 3.6', 'text of 10 px', 'wider'])
        assert.match(found, new RegExp(fault))
    }))

  test('a keyboard reaches a product, and Enter opens it', () =>
    visit('/', async (page) => {
      const wanted = `加入购物车：${goods(1).name}`
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
      let label = ''
      for (let i = 0; i < 60 && label !== goods(1).name; i++) {
        await page.keyboard.press('Tab')
        label = await focused()
      }
      assert.equal(label, goods(1).name, 'the product can be reached')
      await page.keyboard.press('Tab')
      assert.equal(await focused(), wanted, 'its + comes next')
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Enter')
      await page.getByText('在店里哪儿').waitFor()
      assert.match(page.url(), /product/)
    }))

  test('a dialog takes the focus, keeps it, and gives it back', () =>
    visit(
      `/packages/order/checkout/index?id=${goods(7).id}&skuId=${goods(7).skuId}&quantity=1`,
      async (page) => {
        const map = page.getByRole('button', { name: '看取货点在店里哪儿' })
        await map.focus()
        await page.keyboard.press('Enter')
        const dialog = page.getByRole('dialog', { name: '取货点在店里哪儿' })
        await dialog.waitFor()
        const focusInside = () => dialog.evaluate((all) => all.contains(document.activeElement))
        await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
        for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']) {
          await page.keyboard.press(key)
          assert.ok(await focusInside(), `${key} stays inside`)
        }
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'detached' })
        assert.ok(await map.evaluate((button) => button === document.activeElement))
      },
      SIGNED_IN,
    ))

  test('an order that waits hears that it was packed, and asks nothing while nobody looks', () => {
    let state: 'PAID' | 'READY' = 'PAID'
    let asked = 0
    return visit(
      `/packages/order/order/index?id=${ORDER_ID}`,
      async (page) => {
        await page.getByRole('heading', { name: '店里在备货' }).waitFor()
        state = 'READY'
        const before = asked
        const look = (visibility: string) =>
          page.evaluate((now) => {
            Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
            window.dispatchEvent(new Event('visibilitychange'))
          }, visibility)
        await look('hidden')
        await sleep(ORDER_HEARD_WITHIN_MS)
        assert.equal(asked, before)
        await look('visible')
        await page.getByRole('heading', { name: '备好了，来取吧' }).waitFor()
        state = 'PAID'
        await page.getByRole('heading', { name: '店里在备货' }).waitFor({ timeout: ORDER_HEARD_WITHIN_MS })
      },
      SIGNED_IN,
      {
        'GET /v1/orders/:orderId': () => {
          asked += 1
          return { ...readyOrder(Date.now()), state }
        },
      },
    )
  })

  for (const elder of [false, true])
    test(`on ${elder ? "an elder's" : 'a'} phone 320 wide the code stays on one line and nothing touches the edge`, () => {
      const narrow = { width: 320, height: 640 }
      return visit(
        `/packages/order/order/index?id=${ORDER_ID}`,
        async (page) => {
          await page.setViewportSize(narrow)
          const digits = page.getByRole('img', { name: /^提货码/ })
          await digits.waitFor()
          const { height, lineHeight } = await digits.evaluate((box) => ({
            height: box.getBoundingClientRect().height,
            lineHeight: Number.parseFloat(getComputedStyle(box).lineHeight),
          }))
          assert.ok(height < lineHeight * 1.5, `${height} px high`)
          await page.goto(`${served.origin}/packages/goods/product/index?id=${goods(1).id}`)
          const buy = await page.getByRole('button', { name: '立即购买' }).boundingBox()
          assert.ok(buy && buy.x + buy.width <= narrow.width - 6, JSON.stringify(buy))
        },
        { ...SIGNED_IN, 'll.elder': elder },
      )
    })

  test('a link to a search is answered on a phone that never chose a store', () =>
    visit(`/packages/goods/search/index?q=${encodeURIComponent(goods(1).name)}`, async (page) => {
      await page.getByRole('link', { name: goods(1).name }).waitFor()
    }))
})
