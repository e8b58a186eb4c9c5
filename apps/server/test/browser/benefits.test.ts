// A shopper pays with a coupon and points, sees both in the order, and has them back: by cancelling, and by a refund of the whole.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import { coupon, grantPoints, plantPoints } from '../benefits.ts'
import { APPLE, plant, productOf } from '../fixtures.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openPhone, shotFile } from './browser.ts'

const SHOP_DIR = path.join(import.meta.dirname, '../../../shop/dist/h5')
const STEP_MS = 20_000
/** A page slides in; a picture of half a page tells nobody anything. */
const PAGE_SLIDES_MS = 600
/** 3 × ¥12.80. */
const CHECKOUT = `/packages/order/checkout/index?id=${productOf('6999911000015')}&skuId=${APPLE}&quantity=3`

let world: World
let browser: Browser
let shopper: Shopper
let page: Page
const faults: string[] = []

before(async () => {
  await buildWhenStale(shopH5)
  world = await openWorld({
    shopDir: SHOP_DIR,
    fill: async (url) => {
      await plant(url, { onHand: 100 })
      await plantPoints(url)
    },
  })
  shopper = await world.member('shopper-0001')
  await grantPoints(world, shopper.memberId, 600)
  await coupon(world, shopper, {
    label: '满30减5',
    steps: [{ atFen: 3000, atPieces: 0, offFen: 500, offBp: 0 }],
  })
  await coupon(world, shopper, { label: '满10减3' })
  await coupon(world, shopper, {
    label: '满99减20',
    steps: [{ atFen: 9900, atPieces: 0, offFen: 2000, offBp: 0 }],
  })
  browser = await openBrowser()
  const phone = await openPhone(browser)
  await phone.addInitScript(
    (values: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(values))
        if (localStorage.getItem(key) === null)
          localStorage.setItem(key, JSON.stringify({ data: JSON.stringify(value) }))
    },
    {
      'll.member': { token: shopper.token, who: await shopper.api('GET /v1/me') },
      'll.place': { storeId: 'S01', name: '襄都旗舰店' },
    },
  )
  page = await phone.newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
})
after(async () => {
  await browser?.close()
  await world?.close()
  assert.deepEqual(faults, [])
})

const shown = (name: string | RegExp) => page.getByText(name).filter({ visible: true }).first().waitFor()
const press = (name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first().click()
// Pictures are looked at by people; nothing here depends on a font.
async function shot(name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name) })
}
/** The sum beside a name. */
const sum = (name: string, value: string) =>
  page
    .locator('.ll-sum')
    .filter({ hasText: name })
    .filter({ hasText: value, visible: true })
    .first()
    .waitFor()

/** ¥38.40 − ¥5.00 by the best coupon − ¥6.00 of points. */
async function placeWithBoth(): Promise<void> {
  await page.goto(world.origin + CHECKOUT)
  await shown('已选最省的')
  await page.getByRole('switch', { name: /可用 600 积分抵 ¥6\.00/ }).click()
  await sum('应付', '27.40')
}

test('a coupon and points pay a part of an order; unpaid and cancelled, both are back', async () => {
  await placeWithBoth()
  await sum('满30减5', '−¥5.00')
  await sum('积分抵扣（600 积分）', '−¥6.00')
  await press(/^优惠券/)
  await shown(/还差 ¥60\.60 减 ¥20/)
  await shot('shop-coupons-sheet')
  await press('用 1 张，减 ¥5.00')
  await shot('shop-checkout-benefits')
  await press('微信支付 ¥27.40')
  await page.frameLocator('iframe').getByRole('button', { name: '立即支付' }).waitFor()
  await page.getByRole('dialog', { name: '收银台' }).getByRole('button', { name: '关闭' }).click()
  await press('看订单')
  await sum('满30减5', '−¥5.00')
  await sum('付完得积分', '+27')
  await press('取消订单')
  await shown('取消后退回券「满30减5」和 600 积分')
  await press('取消这一单')
  await sum('券「满30减5」', '退回来了')
  await sum('退回积分', '+600')
  await page.goto(`${world.origin}/pages/mine/index`)
  await page.getByRole('button', { name: '积分 600，看明细' }).waitFor()
  await press('优惠券 3 张')
  await shown('满30减5')
  await shot('shop-coupons')
})

test('paid and refunded whole, the order says what came back, and so do 优惠券 and 积分明细', async () => {
  await placeWithBoth()
  await press('微信支付 ¥27.40')
  await page.frameLocator('iframe').getByRole('button', { name: '立即支付' }).click()
  await shown('付好了')
  await press('看提货码')
  await sum('这一单得积分', '+27')
  await press('申请退款')
  await press('整单都退')
  await sum('退回积分', '+600')
  await sum('收回得的积分', '−27')
  await sum('券「满30减5」', '退回')
  await page.getByRole('radio', { name: '不想要了' }).click()
  await shot('shop-aftersale-benefits')
  await press('现在就退 ¥27.40')
  await page.waitForURL(/aftersale\/detail/)
  await world.advance(61)
  await world.sweep('payments.refunds')
  await world.sweep('aftersales.refunds')
  await page.reload()
  await sum('退回积分', '+600')
  await page.goto(`${world.origin}/packages/account/points/index`)
  await page.getByRole('link', { name: /退款，收回得的积分，−27 积分/ }).waitFor()
  await page.getByRole('link', { name: /退款，退回，\+600 积分/ }).waitFor()
  await shot('shop-points')
  await page.goto(`${world.origin}/packages/account/coupons/index`)
  await shown('满30减5')
})
