// What head office does by hand in the console, in a real browser: accounts, switches, safety stock, the own password, a further store.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, consoleWeb } from '../../../../scripts/builds.ts'
import { APPLE, PASSWORD, productOf } from '../fixtures.ts'
import { openWorld, type World } from '../world.ts'
import { openBrowser, openDesk } from './browser.ts'

const CONSOLE_DIR = path.join(import.meta.dirname, '../../../console/dist')
const STEP_MS = 20_000
const OWN = 'three pears in a bag'
const APPLE_PAGE = `/goods/${productOf('6999911000015')}`

let world: World
let browser: Browser
let page: Page
const faults: string[] = []

before(async () => {
  await buildWhenStale(consoleWeb)
  world = await openWorld({ consoleDir: CONSOLE_DIR })
  browser = await openBrowser()
  page = await (await openDesk(browser)).newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
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

async function signIn(account: string, password: string): Promise<void> {
  await page.goto(`${world.origin}/console/login`)
  await field('账号').fill(account)
  await field('密码').fill(password)
  await press('登录')
}
async function signOut(): Promise<void> {
  await page.getByRole('button', { name: /账号菜单/ }).click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await field('账号').waitFor()
}
async function asHeadOffice(password = PASSWORD): Promise<void> {
  await signIn('hq', password)
  await page.getByRole('link', { name: '操作记录' }).waitFor()
}

test('an account is opened, its owner chooses a password, is disabled and is out', async () => {
  await asHeadOffice()
  await open('/staff')
  await press('开账号')
  await field('名字').fill('周小雨')
  await field('账号').fill('zhou.xy')
  await page.getByText('店长', { exact: true }).last().click()
  await page.getByRole('checkbox', { name: /^S02/ }).check()
  await page.getByRole('complementary', { name: '开账号' }).getByRole('button', { name: '开账号' }).click()
  const given =
    (await page
      .getByRole('status')
      .filter({ hasText: /^[a-z2-9-]{19}$/ })
      .textContent()) ?? ''
  await page.getByRole('cell', { name: /周小雨/ }).waitFor()
  await signOut()

  await signIn('zhou.xy', given)
  await field('新密码').fill('zhou.xy-2026')
  await field('再输一遍').fill('zhou.xy-2026')
  await press('存好，登录')
  await page.getByRole('alert').filter({ hasText: '太容易猜' }).waitFor()
  await field('新密码').fill(OWN)
  await field('再输一遍').fill(OWN)
  await press('存好，登录')
  await page.getByText('2 号店').first().waitFor()
  assert.equal(await page.getByRole('link', { name: '操作记录' }).count(), 0)

  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/staff', { query: { q: 'zhou.xy' } })
  const params = { staffId: items[0]?.id ?? '' }
  await hq('PUT /console/v1/staff/:staffId/active', { params, body: { active: false } })
  await page.getByRole('link', { name: '订单', exact: true }).click()
  await field('账号').waitFor()
  await signIn('zhou.xy', OWN)
  await page.getByRole('alert').filter({ hasText: '账号或密码不对' }).waitFor()
})

test('the trail says who did it, in words', async () => {
  await asHeadOffice()
  await open('/audit?about=staff')
  await page
    .getByRole('row', { name: /停用账号/ })
    .getByText('zhou.xy')
    .waitFor()
  await page
    .getByRole('row', { name: /开账号/ })
    .getByText('周小雨')
    .waitFor()
})

test('a switch is confirmed before it goes off, and nothing is offered that does not exist', async () => {
  await open('/stores/S02')
  const slots = page.getByRole('switch', { name: '预约自提时段' })
  assert.equal(await page.getByRole('switch', { name: /配送/ }).count(), 0)
  await slots.click()
  await press('不关')
  assert.equal(await slots.isChecked(), true)
  await slots.click()
  await press('关掉')
  await page.getByRole('switch', { name: '预约自提时段', checked: false }).waitFor()
  const store = await world.api('GET /v1/stores/:storeId', { params: { storeId: 'S02' } })
  assert.deepEqual(store.features, ['pickup'])
})

test('safety stock is set, and what shoppers can buy follows', async () => {
  await open('/stock?store=S01&q=6999911000015')
  await page.getByRole('row', { name: /内丘苹果/ }).click()
  await press('改安全库存')
  await page.getByRole('spinbutton').fill('7')
  await page.getByLabel('为什么').fill('周末人多')
  await page.getByText('可售 100 → 93').waitFor()
  await press('改成留 7')
  await page.getByText('安全库存改成 7，可售 93').waitFor()
  const hq = await world.staff('hq')
  const { items } = await hq('GET /console/v1/stock-levels', {
    query: { storeId: 'S01', q: '6999911000015' },
  })
  assert.deepEqual([items[0]?.skuId, items[0]?.safety, items[0]?.available], [APPLE, 7, 93])
})

test('a product is listed in a further store, with the price read before it counts', async () => {
  const { pool } = world.ctx.database
  await pool.query(
    `insert into store (id, name, district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan)
     select 'S03', '3 号店', district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan from store where id = 'S02'`,
  )
  await open(APPLE_PAGE)
  await page.reload()
  await page.getByRole('combobox', { name: '再上一家店' }).click()
  await page.getByTitle('S03 3 号店').click()
  await field('3 号店门店价').fill('13.50')
  await press('保存 · 改 1 处价')
  await page.getByText('S03 开始卖，门店价 ¥13.50').waitFor()
  await press('改 1 处价')
  await page.getByText('存好了，顾客马上看到').waitFor()
  const { rows } = await pool.query<{ price_fen: number }>(
    `select price_fen from listing where store_id = 'S03' and sku_id = $1`,
    [APPLE],
  )
  assert.equal(rows[0]?.price_fen, 1350)
})

test('a wrong present password is said in place; the new one is the one that fits', async () => {
  await open('/')
  const change = async (current: string) => {
    await field('现在的密码').fill(current)
    await field('新密码').fill(OWN)
    await field('再输一遍').fill(OWN)
    await page.getByRole('dialog').getByRole('button', { name: '改密码' }).click()
  }
  await page.getByRole('button', { name: /账号菜单/ }).click()
  await page.getByRole('menuitem', { name: '改密码' }).click()
  await change('not this one')
  await page.getByRole('alert').filter({ hasText: '现在的密码不对' }).waitFor()
  await change(PASSWORD)
  await page.getByText('密码已改').waitFor()
  await signOut()
  await asHeadOffice(OWN)
})

const CONTROLS = 'button|link|textbox|searchbox|combobox|switch|checkbox|radio|spinbutton'
const nameless = (snapshot: string): string[] =>
  snapshot.split('\n').filter((line) => new RegExp(`^\\s*- (${CONTROLS})(?! ")( \\[|:?$)`).test(line))

test('every control of every desk has a name', async () => {
  assert.deepEqual(nameless('- button "保存"\n- textbox\n  - switch [checked]\n- link "订单":'), [
    '- textbox',
    '  - switch [checked]',
  ])
  for (const address of [
    '/',
    '/orders',
    '/goods',
    APPLE_PAGE,
    '/goods/new',
    '/stock',
    '/alarms',
    '/stores',
    '/stores/S01',
    '/staff',
    '/audit',
  ]) {
    await open(address)
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    assert.deepEqual(nameless(await page.locator('body').ariaSnapshot()), [], address)
  }
})
