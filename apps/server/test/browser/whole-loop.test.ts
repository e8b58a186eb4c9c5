// A stranger's first five minutes, in a real browser: npm start, buy 内丘苹果, pay at the cashier, be handed the bag; head office watches.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openDesk, openPhone, shotFile } from './browser.ts'

const ROOT = path.join(import.meta.dirname, '../../../..')
const START_WITHIN_MS = 240_000
const STEP_MS = 20_000
/** A page slides in; a picture of half a page tells nobody anything. */
const PAGE_SLIDES_MS = 600

let folder: string
let running: ChildProcess
let origin: string
let browser: Browser
const faults: string[] = []

before(
  async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'linli-loop-'))
    const port = await twoFreePorts()
    origin = `http://127.0.0.1:${port}`
    running = spawn(process.execPath, [path.join(ROOT, 'scripts/start.ts')], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await ready(running)
    browser = await openBrowser()
  },
  { timeout: START_WITHIN_MS },
)
after(async () => {
  await browser?.close()
  if (running?.exitCode === null) {
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGTERM')
    await gone
  }
  await rm(folder, { recursive: true, force: true })
})

test(
  'search, cart, slot, cashier, pickup code, hand-over, 已完成',
  { timeout: START_WITHIN_MS },
  async () => {
    const desk = await signInToConsole()
    const soldBefore = await soldToday(desk)
    const phone = watched(await (await openPhone(browser)).newPage())
    await findAndBuy(phone)
    const sum = await payAtCashier(phone)
    const digits = await pickupCode(phone)

    await desk.getByRole('heading', { name: `今天已卖 ${inYuan(soldBefore + fenOf(sum))}` }).waitFor()
    await shot(desk, 'console-workbench')

    const clerk = watched(await (await openPhone(browser)).newPage())
    await handOver(clerk, digits)

    await desk.getByRole('link', { name: '订单', exact: true }).click()
    await desk.getByRole('link', { name: /^已完成/ }).click()
    await desk
      .getByText(/^.\*.?$/)
      .first()
      .waitFor()
    await shot(desk, 'console-orders')

    await phone.reload()
    await phone.getByText('已取走').first().waitFor()
    await shot(phone, 'shop-order-done')
    assert.deepEqual(faults, [])
  },
)

test('长辈模式 keeps the whole home within reach', async () => {
  const phone = watched(await (await openPhone(browser)).newPage())
  await phone.goto(origin)
  await phone.getByRole('button', { name: /长辈模式/ }).click()
  await phone.getByRole('button', { name: /普通模式/ }).waitFor()
  await shot(phone, 'shop-elder')
  assert.deepEqual(faults, [])
})

async function findAndBuy(phone: Page): Promise<void> {
  await phone.goto(origin)
  await phone.getByText('本地特产').first().waitFor()
  await shot(phone, 'shop-home')
  await phone.getByText('搜菜名').first().click()
  await phone.getByRole('searchbox').fill('pg')
  await phone.getByRole('button', { name: '搜索', exact: true }).click()
  const first = phone.getByRole('listitem').filter({ visible: true }).first()
  await first.getByRole('heading', { name: /内丘苹果/ }).waitFor()
  await shot(phone, 'shop-search')
  await first.getByRole('link', { name: /内丘苹果/ }).click()
  await phone.getByRole('heading', { name: /内丘苹果/, level: 1 }).waitFor()
  await shot(phone, 'shop-product')
  await phone.getByRole('button', { name: '加入购物车', exact: true }).click()
  // One of those who hold no coupon: what is paid here is the price alone.
  await phone.frameLocator('iframe').getByText('shopper-0020').click()
  await phone.getByRole('button', { name: '购物车，1 件' }).click()
  await phone.getByRole('button', { name: /去结算 1 件/ }).waitFor()
  await shot(phone, 'shop-cart')
}

/** Answers what was paid: coupons of the demo may take something off. */
async function payAtCashier(phone: Page): Promise<string> {
  await phone.getByRole('button', { name: /去结算/ }).click()
  await phone.getByRole('heading', { name: '确认订单' }).waitFor()
  await phone.getByRole('radio', { name: /至/ }).last().click()
  await shot(phone, 'shop-checkout')
  const pay = phone.getByRole('button', { name: /^微信支付 ¥\d/ })
  const sum = /¥[\d.]+/.exec((await pay.textContent()) ?? '')?.[0] ?? ''
  assert.match(sum, /^¥\d/)
  await pay.click()
  const cashier = phone.frameLocator('iframe')
  await cashier.getByRole('button', { name: '立即支付' }).waitFor()
  await shot(phone, 'shop-cashier')
  await cashier.getByRole('button', { name: '立即支付' }).click()
  await phone.getByText('付好了').waitFor()
  await shot(phone, 'shop-paid')
  return sum
}

async function pickupCode(phone: Page): Promise<string> {
  await phone.getByRole('button', { name: '看提货码' }).click()
  const code = phone.getByText(/^\d{4} \d{4} \d{2}$/).filter({ visible: true })
  await code.waitFor()
  await shot(phone, 'shop-order')
  return ((await code.textContent()) ?? '').replaceAll(' ', '')
}

async function handOver(clerk: Page, digits: string): Promise<void> {
  assert.match(digits, /^\d{10}$/)
  await clerk.goto(`${origin}/packages/staff/sign-in/index`)
  await clerk.getByRole('textbox', { name: '账号' }).fill('clerk01')
  await clerk.getByRole('textbox', { name: '密码' }).fill('linli-demo')
  await clerk.getByRole('button', { name: '登录' }).click()
  await clerk.getByRole('button', { name: '交接提货码' }).click()
  await clerk.getByRole('textbox', { name: '提货码' }).fill(digits)
  await clerk.getByRole('button', { name: '查这一单' }).click()
  await clerk.getByRole('button', { name: /先称重/ }).click()
  await clerk.getByRole('textbox', { name: /内丘苹果.*实称多少克/ }).fill('950')
  await clerk.getByText('交给顾客时自动退').waitFor()
  await shot(clerk, 'staff-weigh')
  await clerk.getByRole('button', { name: '记下重量' }).click()
  await clerk.getByRole('button', { name: /交给顾客/ }).waitFor()
  await shot(clerk, 'staff-handover')
  await clerk.getByRole('button', { name: /交给顾客/ }).click()
  await clerk.getByText('交好了').waitFor()
  await shot(clerk, 'staff-handed')
}

async function signInToConsole(): Promise<Page> {
  const desk = watched(await (await openDesk(browser)).newPage())
  await desk.goto(`${origin}/console/`)
  await desk.getByRole('textbox', { name: '账号' }).fill('hq')
  await desk.getByRole('textbox', { name: '密码' }).fill('linli-demo')
  await desk.getByRole('button', { name: '登录' }).click()
  await desk.getByRole('heading', { level: 1 }).waitFor()
  return desk
}

/** What the headline of the workbench says was sold today, in fen: the demo may have sold something too. */
async function soldToday(desk: Page): Promise<number> {
  const headline = desk.getByRole('heading', { name: /今天(已卖|还没有付款)/ })
  await headline.waitFor()
  const sold = /今天已卖 (¥[\d,.]+)/.exec((await headline.textContent()) ?? '')?.[1]
  return sold === undefined ? 0 : fenOf(sold)
}

const fenOf = (yuan: string): number => Math.round(Number(yuan.replaceAll(/[¥,]/g, '')) * 100)
const inYuan = (fen: number): string =>
  `¥${(fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`

function watched(page: Page): Page {
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
  page.on('response', (reply) => {
    if (reply.status() >= 500) faults.push(`${reply.status()} ${reply.url()}`)
  })
  return page
}

// Pictures are looked at by people; nothing here depends on a font.
async function shot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name) })
}

function ready(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('ready in')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)))
  })
}

/** A port with the next one free too: the sandbox stands beside the server. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const neighbour = createServer()
    const free = await new Promise<boolean>((resolve) => {
      neighbour.once('error', () => resolve(false))
      neighbour.listen(port + 1, '127.0.0.1', () => resolve(true))
    })
    await Promise.all([server, neighbour].map((each) => new Promise((resolve) => each.close(resolve))))
    if (free) return port
  }
}
