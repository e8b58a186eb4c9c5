// A shopper becomes a promoter, a friend buys by their code, and what that earned arrives in WeChat after one press on the telephone.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import { bind, handOver, sumsOf, TERMS } from '../commissions.ts'
import { NOON } from '../messages.ts'
import { paid } from '../payments/purchase.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openPhone, shotFile } from './browser.ts'

const SHOP_DIR = path.join(import.meta.dirname, '../../../shop/dist/h5')
const STEP_MS = 20_000
const PAGE_SLIDES_MS = 600
const CENTER = '/packages/promoter/center/index'

let world: World
let browser: Browser
let shopper: Shopper
let page: Page
const faults: string[] = []

before(async () => {
  await buildWhenStale(shopH5)
  world = await openWorld({ shopDir: SHOP_DIR, onHand: 1000, start: NOON })
  const hq = await world.staff('hq')
  await hq('POST /console/v1/commission-terms', { body: TERMS })
  shopper = await world.member('shopper-0001')
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
const open = async () => {
  await page.goto(`${world.origin}${CENTER}`)
  await page.reload()
}
// Pictures are looked at by people; nothing here depends on a font.
async function shot(name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name) })
}

test('a promoter applies, is let in, earns of what a friend keeps, and withdraws with one press in WeChat', async () => {
  await open()
  await shown('申请成为推广员')
  await page
    .getByPlaceholder(/打算在哪里推广/)
    .filter({ visible: true })
    .first()
    .fill('小区群')
  await shot('promoter-1-apply')
  await press('提交申请')
  await shown('申请交上去了')

  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/promoter-applications', { query: { state: 'APPLIED' } })
  await hq('POST /console/v1/promoter-applications/:applicationId/approval', {
    params: { applicationId: items[0]?.id ?? '' },
    body: { level: 'gold' },
  })
  const { me } = await shopper.api('GET /v1/promoter')
  assert.ok(me)
  const friend = await world.member('shopper-0002')
  await bind(friend, me)
  const purchase = await paid(world, friend, 5)
  await world.sweep('commissions.orders')
  await open()
  await shown('待取货')
  await press('我的推广码')
  await page.locator('.promoter-picture').waitFor()
  await shot('promoter-2-code')
  await handOver(world, await world.staff('clerk01', 'floor'), purchase)
  await world.sweep('commissions.orders')
  await world.advance(8 * 86_400)
  await world.sweep('commissions.orders')
  await open()
  const { availableFen } = await sumsOf(shopper)
  assert.equal(availableFen, Math.floor((purchase.totalFen * 1000) / 10_000))
  await shown('可提现')
  await shot('promoter-3-center')

  await press('提现到微信')
  await shown('到账')
  await shot('promoter-4-withdraw')
  await press('提现，去微信确认')
  // WeChat asks first whether to tell of it. Nobody has to: the withdrawal goes on whatever is pressed.
  await page.getByRole('dialog', { name: '订阅消息' }).getByRole('button', { name: '关闭' }).click()
  const sheet = page.frameLocator('iframe[title="确认收款"]')
  await sheet.getByRole('button', { name: '确认收款' }).waitFor()
  await shot('promoter-5-confirm')
  await sheet.getByRole('button', { name: '确认收款' }).click()
  await page
    .locator('.promoter-fen')
    .filter({ hasText: (availableFen / 100).toFixed(2) })
    .first()
    .waitFor()
  assert.deepEqual(await sumsOf(shopper), {
    pendingFen: 0,
    frozenFen: 0,
    availableFen: 0,
    withdrawingFen: 0,
    paidFen: availableFen,
  })
  await page.getByRole('tab', { name: '对账单' }).filter({ visible: true }).click()
  await shown('提现到微信')
  await shot('promoter-6-statement')
})
