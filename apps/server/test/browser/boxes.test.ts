// One phone subscribes to a box, skips a week, takes that back, and pays the order that was placed for it.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import { look, placeWeek, runBoxes, weekOf } from '../boxes.ts'
import { type Goods, goodsOf, only } from '../campaigns.ts'
import { payFor } from '../groups.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openPhone, shotFile } from './browser.ts'

const SHOP_DIR = path.join(import.meta.dirname, '../../../shop/dist/h5')
const STEP_MS = 20_000
const PAGE_SLIDES_MS = 600
let world: World
let browser: Browser
let page: Page
let who: Shopper
let goods: Goods
const faults: string[] = []

before(async () => {
  await buildWhenStale(shopH5)
  world = await openWorld({ shopDir: SHOP_DIR, onHand: 60, start: new Date('2026-11-24T02:00:00Z') })
  goods = only(await goodsOf(world))
  await runBoxes(world, await world.staff('hq'), goods)
  browser = await openBrowser()
  who = await world.member('shopper-0001')
  const phone = await openPhone(browser)
  await phone.addInitScript(
    (values: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(values))
        localStorage.setItem(key, JSON.stringify({ data: JSON.stringify(value) }))
    },
    {
      'll.member': { token: who.token, who: await who.api('GET /v1/me') },
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
async function shot(name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name), fullPage: true })
}

test('周期购 on a phone: subscribed for nothing, a week skipped and taken back, the next one paid', async () => {
  await page.goto(`${world.origin}/packages/boxes/list/index`)
  await shown('本店每周有')
  await page.getByText('一周水果箱').filter({ visible: true }).first().click()
  await page.waitForURL(/packages\/boxes\/offer/)
  await shown('第一次取')
  await shot('shop-box-offer')
  await press(/^每周订 1 份/)
  await page.waitForURL(/packages\/boxes\/box/)
  await shown('每一周')
  const boxId = new URL(page.url()).searchParams.get('id') ?? assert.fail('no box')
  await press(/^跳过/)
  await shown('这一周不要')
  assert.equal(weekOf(await look(who, boxId)).state, 'SKIPPED')
  await press(/^还是要/)
  await shown('替您下单')
  await shot('shop-box')
  await placeWeek(world, weekOf(await look(who, boxId)))
  const { orderId } = weekOf(await look(who, boxId))
  await page.goto(`${world.origin}/packages/boxes/box/index?id=${boxId}`)
  await shown(/下好单了/)
  await press(/^付款/)
  await page.waitForURL(/packages\/order\/pay/)
  await payFor(world, who, orderId ?? assert.fail('no order'))
  await world.sweep('boxes.turn')
  await page.goto(`${world.origin}/packages/boxes/box/index?id=${boxId}`)
  await shown('付好了')
  await shot('shop-box-paid')
  await page.goto(`${world.origin}/packages/order/order/index?id=${orderId ?? ''}`)
  await shown('周期购')
})
