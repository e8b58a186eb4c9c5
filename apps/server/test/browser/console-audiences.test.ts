// 人群 in a real browser: a definition is opened, narrowed while its count follows, saved, taken, and somebody in it explained.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, consoleWeb } from '../../../../scripts/builds.ts'
import { foundAudiences } from '../../db/found/audiences.ts'
import { plantSmall } from '../audience-world.ts'
import { PASSWORD } from '../fixtures.ts'
import { openWorld, type World } from '../world.ts'
import { openBrowser, openDesk, shotFile } from './browser.ts'

const CONSOLE_DIR = path.join(import.meta.dirname, '../../../console/dist')
const STEP_MS = 20_000

let world: World
let browser: Browser
let page: Page
const faults: string[] = []

before(async () => {
  await buildWhenStale(consoleWeb)
  world = await openWorld({ consoleDir: CONSOLE_DIR })
  const client = new pg.Client({ connectionString: world.ctx.database.url })
  await client.connect()
  await foundAudiences(client)
  await client.end()
  browser = await openBrowser()
  page = await (await openDesk(browser)).newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
  await page.goto(`${world.origin}/console/login`)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill('hq')
  await page.getByRole('textbox', { name: '密码', exact: true }).fill(PASSWORD)
  await press('登录')
  await page.getByRole('link', { name: '人群', exact: true }).waitFor()
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
const shot = async (name: string): Promise<void> => {
  for (const [width, height] of [
    [1440, 900],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(400)
    await page.screenshot({ path: shotFile(`console-${name}-${width}`) })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('before anybody bought anything the desk says so', async () => {
  await open('/audiences')
  await page.getByRole('link', { name: '高价值熟客' }).waitFor()
  await page.getByText('还没分过层').waitFor()
  await page.getByText('还没有标签').waitFor()
  await shot('audiences-none')
  await page.getByRole('link', { name: '高价值熟客' }).click()
  await page.getByText('现在一位也没有').waitFor()
  await shot('audience-none')
})

test('a definition is narrowed while its count follows, saved, taken, and its members explained', async () => {
  await plantSmall(world, 5, 300)
  await world.sweep('audiences.night')
  await open('/audiences')
  await page
    .getByRole('cell', { name: /进 \d+ 出 0/ })
    .first()
    .waitFor()
  await page.getByRole('table', { name: /按最近程度/ }).waitFor()
  await shot('audiences')
  await page.getByRole('link', { name: '新客未复购' }).click()
  await page.getByRole('heading', { name: '新客未复购', level: 1 }).waitFor()

  await open('/audiences/new')
  await page.getByRole('button', { name: '来得勤', exact: true }).click()
  await press('≥ 4 次')
  await page.getByRole('spinbutton', { name: '多少' }).fill('2')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '≥ 2 次' }).waitFor()
  await page.getByRole('button', { name: '每次花多少', exact: true }).click()
  await press('≥ ¥80.00')
  await page.getByRole('spinbutton', { name: '多少' }).fill('30')
  await page.keyboard.press('Escape')
  await press('加条件')
  await page.getByRole('menuitem', { name: '一次买得多' }).click()
  await press('第 3 行的更多')
  await page.getByRole('menuitem', { name: '改成「任意一条」' }).click()
  await press('再加一条「或者」')
  await page.getByRole('menuitem', { name: '买过什么' }).last().click()
  await page.getByText('先选商品或分类').waitFor()
  await press('选商品')
  await page.getByRole('combobox', { name: '分类' }).click()
  await page.locator('.ant-select-item-option').first().click()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 1 }).click()
  await page.getByRole('button', { name: '收过营销消息', exact: true }).click()
  await page
    .getByText(/单看 \d+ 人/)
    .first()
    .waitFor()
  await page.getByText('法定，不能删').waitFor()
  await page.getByRole('textbox', { name: '名字', exact: true }).fill('周末大篮子')
  await page.locator('.reasons li').first().waitFor()
  await shot('audience')
  await page.getByText('条件树', { exact: true }).click()
  await page.getByText('没有关掉营销').waitFor()
  await page.getByText('句子', { exact: true }).click()
  await press('存成第 1 版')
  await page.getByText('存成了第 1 版').waitFor()
  await press('现在圈一次')
  await page.getByText(/圈到 \d+ 人/).waitFor()
  await press('版本和快照')
  await page.getByRole('button', { name: /手动/ }).click()
  await page.getByText(/新进 \d+/).waitFor()
  await page.getByRole('textbox', { name: /打上标签/ }).fill('大篮子')
  await press('记下标签')
  await page.getByText('记下了').waitFor()
  await shot('audience-history')
})

test('a cell of the grid leads to an audience of it', async () => {
  await open('/audiences')
  await page
    .getByRole('table', { name: /按最近程度/ })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: /^R\d F\d$/ }).waitFor()
  await page.getByText(/占会员/).waitFor()
})
