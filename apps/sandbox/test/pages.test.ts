/** The pages in a real browser: what the cashier tells the shop, what the panel does to the sandbox. */
import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, startHost } from './browser.ts'
import type { Host } from './browser.ts'
import { startShop } from './shop.ts'
import { close, payParams, placeOrder, query, startWorld } from './world.ts'
import type { Shop } from './shop.ts'
import type { World } from './world.ts'

const PHONE = { width: 375, height: 812 }
const DESK = { width: 1280, height: 800 }
const browser: Browser | null = await openBrowser()
const skip = browser === null ? 'no Chromium here' : false

let world: World
let shop: Shop
let host: Host
const complaints: string[] = []
before(async () => {
  world = await startWorld()
  shop = await startShop()
  host = await startHost()
})
after(async () => {
  await browser?.close()
  await world.close()
  await shop.close()
  await host.close()
})

const openPage = async (url: string, viewport = PHONE): Promise<Page> => {
  assert.ok(browser)
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
  await page.goto(url)
  return page
}

type Told = { origin: string; data: { type: string; result?: string; code?: string } }
const toldTo = async (page: Page): Promise<Told> => {
  await page.waitForFunction('window.told.length > 0')
  return page.evaluate<Told>('window.told[0]')
}

const fitsAcross = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')

const embed = (page: Page, url: string) => page.evaluate(`window.embed(${JSON.stringify(url)})`)
const cashierUrl = (prepayId: string, extra: Record<string, string>) =>
  `${world.merchant.cashierUrl}?${new URLSearchParams({ ...payParams(world, prepayId), ...extra }).toString()}`

for (const [label, result, state] of [
  ['立即支付', 'ok', 'SUCCESS'],
  ['余额不足', 'fail', 'NOTPAY'],
  ['关掉收银台', 'cancel', 'NOTPAY'],
] as const) {
  test(`embedded cashier · ${label} tells the shop ${result}`, { skip }, async () => {
    const { prepayId, number } = await placeOrder(world)
    const page = await openPage(host.origin)
    await embed(page, cashierUrl(prepayId, { origin: host.origin }))
    const frame = page.frameLocator('iframe')
    await frame.getByRole('button', { name: label }).click()
    const told = await toldTo(page)
    assert.deepEqual(told, { origin: world.origin, data: { type: 'linli-cashier', result } })
    assert.equal((await query(world, number)).body.trade_state, state)
    await page.close()
  })
}

test('embedded cashier · of an order that was closed meanwhile can still be left', { skip }, async () => {
  const { prepayId, number } = await placeOrder(world)
  const page = await openPage(host.origin)
  await embed(page, cashierUrl(prepayId, { origin: host.origin }))
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: '立即支付' }).waitFor()
  await close(world, number)
  await frame.getByRole('button', { name: '取消支付' }).click()
  assert.equal((await toldTo(page)).data.result, 'cancel')
  await page.close()
})

test('embedded cashier · a payment the front end never hears of', { skip }, async () => {
  const { prepayId, number } = await placeOrder(world)
  const page = await openPage(host.origin)
  await embed(page, cashierUrl(prepayId, { origin: host.origin }))
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: '付款但不通知前端' }).click()
  await frame.getByText('商家页面不会收到结果').waitFor()
  await page.waitForTimeout(1_200)
  assert.equal(await page.evaluate('window.told.length'), 0)
  assert.equal((await query(world, number)).body.trade_state, 'SUCCESS')
  await page.close()
})

test(
  'standalone cashier · goes back to the address with the result, and fits a phone',
  { skip },
  async () => {
    const { prepayId } = await placeOrder(world)
    const page = await openPage(cashierUrl(prepayId, { return: `${host.origin}/paid?order=7` }))
    assert.ok(await fitsAcross(page))
    await page.getByRole('button', { name: '立即支付' }).click()
    await page.waitForURL(`${host.origin}/paid?order=7&result=ok`)
    await page.close()
  },
)

test('login sheet · finds a shopper and hands over a code that works once', { skip }, async () => {
  const page = await openPage(host.origin)
  await embed(page, `${world.origin}/login?origin=${encodeURIComponent(host.origin)}`)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('searchbox').fill('0042')
  await frame.locator('[data-shopper="shopper-0001"]').waitFor({ state: 'hidden' })
  assert.equal(await frame.locator('[data-shopper]:visible').count(), 1)
  await frame.locator('[data-shopper]:visible').click()
  const { data } = await toldTo(page)
  assert.equal(data.type, 'linli-login')
  const { appId, appSecret, wxBaseUrl } = world.merchant
  const session = await fetch(
    `${wxBaseUrl}/sns/jscode2session?appid=${appId}&secret=${appSecret}&js_code=${data.code}&grant_type=authorization_code`,
  )
  assert.ok(((await session.json()) as { openid?: string }).openid)
  await page.close()
})

test('panel · pays an order, forges a notification, sets a fault, moves the clock', { skip }, async () => {
  shop.answer = () => 401
  const { number } = await placeOrder(world, { notify_url: shop.url, description: '操作台里的苹果' })
  const page = await openPage(`${world.origin}/`, DESK)
  const row = () => page.locator('tr', { hasText: number })
  await row().getByRole('button', { name: '付款', exact: true }).click()
  await row().getByText('已支付').waitFor()

  await page.getByRole('link', { name: '通知' }).click()
  await row().getByText('在重试').waitFor()
  await row().getByText('更多').click()
  await row().getByRole('button', { name: 'SIGNTEST 探测' }).click()
  await row().locator('.ladder .forged').waitFor()
  shop.answer = () => 204
  await page.getByRole('button', { name: '+1 分' }).click()
  await row().getByText('已送达').waitFor()

  await page.getByRole('link', { name: '故障' }).click()
  await page.getByRole('button', { name: '通知永不送达' }).click()
  await page.getByRole('button', { name: '撤销' }).waitFor()
  assert.deepEqual(
    world.sandbox.world.faults.all().map(({ action }) => action.kind),
    ['drop'],
  )
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByText('一切正常').waitFor()

  await page.getByRole('link', { name: '流水' }).click()
  await page.locator('.journal summary', { hasText: 'TRANSACTION.SUCCESS' }).first().click()
  await page.locator('.journal pre').first().waitFor()
  assert.ok(await fitsAcross(page))
  await page.close()
})

test('panel · the ERP keeps what it cannot send while its line is cut', { skip }, async () => {
  const page = await openPage(`${world.origin}/#erp`, DESK)
  await page.getByRole('button', { name: '断线', exact: true }).click()
  await page.getByRole('button', { name: '发一批增量' }).click()
  await page.locator('tr', { hasText: '到货 3 笔' }).getByText('等恢复').waitFor()
  await page.getByText('1 批', { exact: true }).waitFor()
  assert.ok(await fitsAcross(page))
  await page.getByRole('button', { name: '恢复线路' }).click()
  await page.getByRole('button', { name: '断线', exact: true }).waitFor()
  await page.close()
})

test('no page complained', { skip }, () => {
  assert.deepEqual(complaints, [])
})
