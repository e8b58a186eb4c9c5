// Coupons and points in the console, in a real browser: terms, a coupon made beside its trial, granted, taken back, and points switched off.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, consoleWeb } from '../../../../scripts/builds.ts'
import { mine } from '../benefits.ts'
import { PASSWORD } from '../fixtures.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openDesk, shotFile } from './browser.ts'

const CONSOLE_DIR = path.join(import.meta.dirname, '../../../console/dist')
const STEP_MS = 20_000

let world: World
let browser: Browser
let page: Page
let shopper: Shopper
const faults: string[] = []

before(async () => {
  await buildWhenStale(consoleWeb)
  world = await openWorld({ consoleDir: CONSOLE_DIR })
  shopper = await world.member('shopper-0001')
  await shopper.api('PUT /v1/me/nickname', { body: { nickname: '赵小兰' } })
  browser = await openBrowser()
  page = await (await openDesk(browser)).newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
  await page.goto(`${world.origin}/console/login`)
  await field('账号').fill('hq')
  await field('密码').fill(PASSWORD)
  await press('登录')
  await page.getByRole('link', { name: '优惠券' }).waitFor()
})
after(async () => {
  await browser?.close()
  await world?.close()
  assert.deepEqual(faults, [])
})

const open = async (address: string): Promise<void> => {
  await page.goto(`${world.origin}/console${address}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const field = (name: string) => page.getByRole('textbox', { name, exact: true })

test('a coupon is tried on a basket, made, granted and taken back at once', async () => {
  await open('/coupons')
  await page.getByText('还没有优惠券').waitFor()
  await page.getByRole('button', { name: '新建优惠券' }).first().click()
  await page.getByLabel('名字', { exact: true }).fill('满10减3')
  await field('第 1 档门槛').fill('10')
  await field('第 1 档减多少').fill('3')
  await page.getByText('所有商品：满 ¥10 减 ¥3').waitFor()
  const scan = page.getByPlaceholder('扫条码，或输名称回车').last()
  await scan.fill('6999911000015')
  await scan.press('Enter')
  await page.locator('.trial-acted').filter({ hasText: '满10减3' }).waitFor()
  await page.screenshot({ path: shotFile('console-coupon-new') })
  await press('做好，去发')

  const finding = page.getByRole('searchbox', { name: '找顾客' })
  await finding.fill('小兰')
  await finding.press('Enter')
  await page.getByRole('button', { name: /赵\*兰/ }).click()
  await press('发给 1 位，每人 1 张')
  await page.getByRole('heading', { name: /发到了/ }).waitFor()
  assert.deepEqual(
    (await mine(shopper)).map(({ label }) => label),
    ['满10减3'],
  )
  await page.getByRole('cell', { name: '赵*兰 没留手机' }).waitFor()
  await page.screenshot({ path: shotFile('console-coupon-granted') })
  await press('发错了，撤回这 1 张')
  await page.getByText('撤回了 1 张').waitFor()
  assert.deepEqual(await mine(shopper), [])
  await page.getByRole('row', { name: /已作废/ }).click()
  await page.getByText('撤回：发错了，撤回').waitFor()
})

test('a list of numbers says which are nobody’s; a template that ended grants no more', async () => {
  await open('/coupons')
  await page.getByRole('link', { name: /满10减3/ }).click()
  await press('发券')
  await page.getByText('贴一列手机号', { exact: true }).click()
  await field('手机号名单').fill('19911112222\n12345')
  await page.getByText('不是手机号：12345').waitFor()
  await press('核对 1 个号码')
  await page.getByText('1 个号码还没有顾客绑定').waitFor()
  await press('停发')
  await page.getByRole('tooltip').getByRole('button', { name: '停发' }).click()
  await page.getByText('已停发').first().waitFor()
  await open('/coupons?state=over')
  await page.getByRole('link', { name: /满10减3/ }).waitFor()
})

test('points begin with a first row of terms, and are switched off by another', async () => {
  await open('/points')
  await page.getByText('还没有用积分').waitFor()
  await press('定第一版规则')
  await page.getByLabel('付多少得 1 分').fill('2')
  await page.getByText('付 ¥100 得 50 分').waitFor()
  await press('现在换成这一版')
  await page.getByRole('heading', { name: '现在的规则' }).waitFor()
  assert.equal((await shopper.api('GET /v1/points')).terms?.fenPerPoint, 200)
  await press('关掉积分')
  await page.getByRole('tooltip').getByRole('button', { name: '关掉' }).click()
  await page.getByText('关掉：不得，也不抵').waitFor()
  assert.equal((await shopper.api('GET /v1/points')).terms, null)
  await page.screenshot({ path: shotFile('console-points') })
})
