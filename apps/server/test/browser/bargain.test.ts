// A bargain in a real browser: one phone begins it, eight friends on their own phones see the table and tap, and the first phone buys at the floor.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import { campaign, goodsOf } from '../campaigns.ts'
import { APPLE } from '../fixtures.ts'
import { bargainOf, deviceOf } from '../rallies.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openPhone, shotFile } from './browser.ts'

const SHOP_DIR = path.join(import.meta.dirname, '../../../shop/dist/h5')
const STEP_MS = 20_000
const FRIENDS = 8
/** A page slides in; a picture of half a page tells nobody anything. */
const PAGE_SLIDES_MS = 600

let world: World
let browser: Browser
const faults: string[] = []

before(async () => {
  await buildWhenStale(shopH5)
  world = await openWorld({ shopDir: SHOP_DIR })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await world?.close()
})

/** A phone of their own, signed in. */
async function phoneOf({ token, api }: Shopper): Promise<Page> {
  const phone = await openPhone(browser)
  await phone.addInitScript(
    (values: Record<string, unknown>) => {
      // A browser of one process keeps one storage for all its phones: each says anew whose it is.
      for (const [key, value] of Object.entries(values))
        localStorage.setItem(key, JSON.stringify({ data: JSON.stringify(value) }))
    },
    {
      'll.device': deviceOf(token),
      'll.member': { token, who: await api('GET /v1/me') },
      'll.place': { storeId: 'S01', name: '襄都旗舰店' },
    },
  )
  const page = await phone.newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
  return page
}
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first().click()
const shown = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor()
async function shot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name) })
}

test('a bargain is reached by 8 friends and bought', { timeout: 180_000 }, async () => {
  const apple = (await goodsOf(world)).find(({ skuId }) => skuId === APPLE) ?? assert.fail()
  const campaignId = await campaign(
    world,
    await world.staff('hq'),
    bargainOf(world, apple, { friends: FRIENDS }, { name: '8 人砍苹果' }),
  )
  const owner = await world.member('shopper-0001')
  const first = await phoneOf(owner)
  await first.goto(`${world.origin}/packages/friends/campaign/index?id=${campaignId}&store=S01`)
  await shown(first, '每位朋友砍多少')
  await shown(first, '没有随机')
  await shot(first, 'shop-bargain')
  await press(first, '发起砍价')
  await shown(first, `还差 ${FRIENDS} 位朋友`)
  await press(first, /复制链接/)
  const link = first.url()

  for (let i = 1; i <= FRIENDS; i++) {
    const friend = await phoneOf(await world.member(`shopper-00${10 + i}`))
    await friend.goto(link)
    await shown(friend, '完整规则')
    if (i === 3) await shot(friend, 'shop-bargain-friend')
    await press(friend, /^帮 /)
    await shown(friend, '您帮过了，谢谢')
  }

  await first.reload()
  await shown(first, '砍到底价了')
  await shot(first, 'shop-bargain-reached')
  await press(first, '去按底价下单')
  const floor = ((apple.priceFen - 10 * FRIENDS) / 100).toFixed(2)
  await press(first, `微信支付 ¥${floor}`)
  await first.frameLocator('iframe').getByRole('button', { name: '立即支付' }).click()
  const { items } = await owner.api('GET /v1/orders', { query: {} })
  const [order] = items
  assert.ok(order)
  await until(async () => {
    const { state } = await owner.api('GET /v1/orders/:orderId', { params: { orderId: order.id } })
    return state === 'PAID'
  }, 'paid')
  const rally = (await owner.api('GET /v1/rallies', { query: {} })).items[0]
  assert.deepEqual([rally?.state, rally?.helps, rally?.orderId], ['ORDERED', FRIENDS, order.id])
  assert.deepEqual(faults, [])
})
