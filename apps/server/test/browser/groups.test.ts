// Three phones complete a group, each on its own; another group is not full in time, and its money goes back.
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWhenStale, shopH5 } from '../../../../scripts/builds.ts'
import { type Goods, goodsOf, only } from '../campaigns.ts'
import { groupCampaign, groupOf, ladderOf, payFor, TERMS } from '../groups.ts'
import { until } from '../until.ts'
import { openWorld, type Shopper, type World } from '../world.ts'
import { openBrowser, openPhone, shotFile } from './browser.ts'

const SHOP_DIR = path.join(import.meta.dirname, '../../../shop/dist/h5')
const STEP_MS = 20_000
/** A page slides in; a picture of half a page tells nobody anything. */
const PAGE_SLIDES_MS = 600

interface Phone {
  who: Shopper
  page: Page
}
let world: World
let browser: Browser
let phones: Phone[]
let goods: Goods
let campaignId: string
const faults: string[] = []

async function phoneOf(name: string): Promise<Phone> {
  const who = await world.member(name)
  const phone = await openPhone(browser)
  await phone.addInitScript(
    (values: Record<string, unknown>) => {
      // Always: the phones of this browser may share what they keep, and each is somebody else.
      for (const [key, value] of Object.entries(values))
        localStorage.setItem(key, JSON.stringify({ data: JSON.stringify(value) }))
    },
    {
      'll.member': { token: who.token, who: await who.api('GET /v1/me') },
      'll.place': { storeId: 'S01', name: '襄都旗舰店' },
    },
  )
  const page = await phone.newPage()
  page.setDefaultTimeout(STEP_MS)
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`))
  return { who, page }
}

before(async () => {
  await buildWhenStale(shopH5)
  world = await openWorld({ shopDir: SHOP_DIR, onHand: 60 })
  goods = only(await goodsOf(world))
  campaignId = await groupCampaign(world, await world.staff('hq'), goods)
  browser = await openBrowser()
  phones = await Promise.all(['shopper-0001', 'shopper-0002', 'shopper-0003'].map(phoneOf))
})
after(async () => {
  await browser?.close()
  await world?.close()
  assert.deepEqual(faults, [])
})

const shown = ({ page }: Phone, name: string | RegExp) =>
  page.getByText(name).filter({ visible: true }).first().waitFor()
const press = ({ page }: Phone, name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first().click()
async function shot({ page }: Phone, name: string): Promise<void> {
  await page.waitForTimeout(PAGE_SLIDES_MS)
  await page.screenshot({ path: shotFile(name), fullPage: true })
}
const groupPage = (groupId: string): string => `${world.origin}/packages/campaign/group/index?id=${groupId}`

/** From the page of a group to an order that is paid; answers it. */
async function sitAndPay(phone: Phone, name: RegExp): Promise<string> {
  await press(phone, name)
  await press(phone, /^微信支付 ¥\d/)
  await phone.page.waitForURL(/packages\/order\/pay/)
  const orderId = new URL(phone.page.url()).searchParams.get('id') ?? assert.fail('no order')
  await payFor(world, phone.who, orderId)
  return orderId
}

test('three phones complete a group', async () => {
  const [a, b, c] = [only(phones), only(phones, 1), only(phones, 2)]
  await a.page.goto(
    `${world.origin}/packages/campaign/group/index?campaignId=${campaignId}&skuId=${goods.skuId}`,
  )
  await shown(a, '没有机器人凑数')
  await shot(a, 'shop-group-open')
  const first = await sitAndPay(a, /^开 3 人团 ¥/)
  const { id } = await groupOf(a.who)
  await b.page.goto(groupPage(id))
  await shown(b, '还差 2 位邻居就成团')
  await sitAndPay(b, /^参团 ¥/)
  await a.page.goto(groupPage(id))
  await shown(a, '还差 1 位邻居就成团')
  await shot(a, 'shop-group')
  await c.page.goto(groupPage(id))
  await shown(c, '还差 1 位邻居就成团')
  await sitAndPay(c, /^参团 ¥/)
  await world.sweep('orders.groups')
  await c.page.goto(groupPage(id))
  await shown(c, '拼成了')
  await shot(c, 'shop-group-done')
  await a.page.goto(`${world.origin}/packages/order/order/index?id=${first}`)
  await shown(a, '店里在备货')
})

test('a group that is not full in time is refunded', async () => {
  const phone = await phoneOf('shopper-0004')
  await phone.page.goto(
    `${world.origin}/packages/campaign/group/index?campaignId=${campaignId}&skuId=${goods.skuId}`,
  )
  const orderId = await sitAndPay(phone, /^开 3 人团 ¥/)
  await phone.page.goto(`${world.origin}/packages/order/order/index?id=${orderId}`)
  await shown(phone, '付好了，等成团')
  await shot(phone, 'shop-group-order')
  await world.advance(TERMS.hours * 3600)
  await world.sweep('orders.groups')
  await until(async () => {
    await world.sweep('payments.refunds')
    const order = await phone.who.api('GET /v1/orders/:orderId', { params: { orderId } })
    return order.refundState === 'FULL'
  }, 'money back')
  await phone.page.goto(`${world.origin}/packages/campaign/groups/index`)
  await shown(phone, '已退款')
  await shot(phone, 'shop-groups-mine')
  const { id } = await groupOf(phone.who)
  await phone.page.goto(groupPage(id))
  await shown(phone, '没拼成，钱全额退回')
})

test('a ladder says what more people bring to everybody; the order says what goes back', async () => {
  const of = only(await goodsOf(world), 1)
  const ladder = await groupCampaign(world, await world.staff('hq'), of, { terms: ladderOf(of) })
  const page = `${world.origin}/packages/campaign/group/index?campaignId=${ladder}&skuId=${of.skuId}`
  const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`
  const first = of.priceFen - 50
  const [a, b, c] = [only(phones), only(phones, 1), only(phones, 2)]
  await a.page.goto(page)
  await shown(a, '人多更便宜')
  await shown(a, `每份 ${yuan(first - 25)}`)
  const orderId = await sitAndPay(a, /^开 2 人团 ¥/)
  const { id } = await groupOf(a.who)
  await b.page.goto(groupPage(id))
  await shown(b, '还差 1 位邻居就成团')
  await sitAndPay(b, /^参团 ¥/)
  await c.page.goto(groupPage(id))
  await shown(c, `再来 1 人，每份 ${yuan(first - 10)}`)
  await sitAndPay(c, /^参团 ¥/)
  await a.page.goto(groupPage(id))
  await shown(a, `再来 2 人，每份 ${yuan(first - 25)}`)
  await shot(a, 'shop-group-ladder')
  await world.advance(TERMS.hours * 3600)
  await world.sweep('orders.groups')
  await until(async () => {
    await world.sweep('payments.refunds')
    const order = await a.who.api('GET /v1/orders/:orderId', { params: { orderId } })
    return order.refundState === 'PARTIAL'
  }, 'the difference is back')
  await a.page.goto(groupPage(id))
  await shown(a, `拼成了，每份 ${yuan(first - 10)}`)
  await a.page.goto(`${world.origin}/packages/order/order/index?id=${orderId}`)
  await shown(a, `拼团多来了人，差价 ${yuan(10)} 按原路退`)
  await shot(a, 'shop-group-ladder-order')
})
