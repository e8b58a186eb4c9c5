// Paying in a browser: the choice between WeChat Pay and Alipay, the way to Alipay's page and back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, openPhone } from '../../server/test/browser/browser.ts'
import { goods, idOf } from './canned/goods.ts'
import { ALIPAY, ORDER_ID, readyOrder, unpaid } from './canned/orders.ts'
import { cannedShop } from './canned/shop.ts'
import { refusal, type Answers } from './contract-server.ts'
import { answerFrom, rememberOnPhone, serveShop, type Served } from './h5/served.ts'
import { unreadable } from './h5/readable.ts'

const MEMBER = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const SIGNED_IN = { 'll.member': { token: 'canned-token', who: MEMBER }, 'll.staff': null }
const CHECKOUT = `/packages/order/checkout/index?id=${goods(7).id}&skuId=${goods(7).skuId}&quantity=1`
const PAY = `/packages/order/pay/index?id=${ORDER_ID}`

const waiting = () => unpaid(readyOrder(Date.now()), Date.now())
const seenAs = (state: 'UNPAID' | 'PAID', orderState: string) => ({
  state,
  orderState,
  checkedAt: new Date().toISOString(),
})

describe('h5 paying', () => {
  let served: Served
  let browser: Browser
  let phone: BrowserContext
  before(async () => {
    served = await serveShop()
    browser = await openBrowser()
    phone = await openPhone(browser)
    // Alipay's own page: nothing but a way back.
    await phone.route('https://cashier.example.com/**', (route) =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: '<title>cashier</title><h1>收银台</h1>',
      }),
    )
  })
  after(async () => {
    await browser.close()
    served.close()
  })

  async function visit(
    address: string,
    work: (page: Page) => Promise<void>,
    own: Answers = {},
    elder = false,
  ): Promise<void> {
    const shop = cannedShop(own)
    const page = await phone.newPage()
    try {
      await answerFrom(page, shop.network)
      await rememberOnPhone(page, { ...SIGNED_IN, 'll.elder': elder })
      await page.goto(served.origin + address)
      await work(page)
      assert.deepEqual(shop.faults, [])
    } finally {
      await page.close()
    }
  }
  const choice = (page: Page, name: string) => page.getByRole('radio', { name: new RegExp(`^${name}，`) })

  for (const elder of [false, true])
    test(`${elder ? 'elder ' : ''}the checkout offers both, WeChat first; what is chosen stands on the button`, () =>
      visit(
        CHECKOUT,
        async (page) => {
          await choice(page, '支付宝').waitFor()
          assert.equal(await choice(page, '微信支付').getAttribute('aria-checked'), 'true')
          await page.getByRole('button', { name: /^微信支付 ¥/ }).waitFor()
          const box = await choice(page, '支付宝').boundingBox()
          assert.ok(box && box.height >= (elder ? 60 : 44), JSON.stringify(box))
          await choice(page, '支付宝').click()
          await page.getByRole('button', { name: /^支付宝支付 ¥/ }).waitFor()
          assert.deepEqual(await unreadable(page, elder ? 'elder' : 'normal'), [])
        },
        {},
        elder,
      ))

  test('a shop without Alipay asks nothing', () =>
    visit(
      CHECKOUT,
      async (page) => {
        await page.getByRole('button', { name: /^微信支付 ¥/ }).waitFor()
        assert.equal(await page.getByText('付款方式').count(), 0)
      },
      { 'GET /v1/payment-providers': () => ({ items: ['wechat'] }) },
    ))

  test('Alipay is chosen: the browser goes to its page with the order placed', async () => {
    const asked: string[] = []
    await visit(
      CHECKOUT,
      async (page) => {
        await choice(page, '支付宝').click()
        await page.getByRole('button', { name: /^支付宝支付 ¥/ }).click()
        await page.waitForURL(ALIPAY.payUrl)
        assert.deepEqual(asked, ['alipay'])
      },
      {
        'POST /v1/orders/:orderId/payments': ({ body }) => {
          asked.push(body.provider)
          return { ...ALIPAY, amountFen: 990 }
        },
      },
    )
  })

  test('back from Alipay: the server is asked until it knows, and nothing is opened again', async () => {
    let looks = 0
    let order = waiting()
    await visit(
      `${PAY}&from=alipay&out_trade_no=x&trade_no=y&total_amount=0.01&sign=z`,
      async (page) => {
        await page.getByText('正在核对这笔款').waitFor()
        await page.getByText('付好了').waitFor({ timeout: 15_000 })
        assert.equal(looks, 3)
      },
      {
        'GET /v1/orders/:orderId': () => order,
        'GET /v1/orders/:orderId/payment': () => {
          looks += 1
          if (looks < 3) return seenAs('UNPAID', 'PENDING_PAY')
          order = { ...readyOrder(Date.now()), state: 'PAID' }
          return seenAs('PAID', 'PAID')
        },
        'POST /v1/orders/:orderId/payments': () => assert.fail('opened again'),
      },
    )
  })

  test('back without having paid: seen at once, and the choice is there', () =>
    visit(
      `${PAY}&by=alipay`,
      async (page) => {
        await page.waitForURL(ALIPAY.payUrl)
        await page.goto(served.origin + PAY)
        await page.getByRole('heading', { name: '还没付款' }).waitFor()
        assert.equal(await choice(page, '支付宝').getAttribute('aria-checked'), 'true')
        assert.equal(await page.getByText('付好了').count(), 0)
      },
      {
        'GET /v1/orders/:orderId': waiting,
        'GET /v1/orders/:orderId/payment': () => seenAs('UNPAID', 'PENDING_PAY'),
      },
    ))

  test("back by the browser's own button: not sent away a second time", async () => {
    let opened = 0
    await visit(
      `${PAY}&by=alipay`,
      async (page) => {
        await page.waitForURL(ALIPAY.payUrl)
        await page.goBack()
        await page.getByText('付好了').waitFor({ timeout: 15_000 })
        assert.equal(opened, 1)
      },
      {
        'GET /v1/orders/:orderId': () =>
          opened === 0 ? waiting() : { ...readyOrder(Date.now()), state: 'PAID' as const },
        'POST /v1/orders/:orderId/payments': () => {
          opened += 1
          return { ...ALIPAY, amountFen: 990 }
        },
        'GET /v1/orders/:orderId/payment': () => seenAs('PAID', 'PAID'),
      },
    )
  })

  test('from the list of orders nothing is opened before the shopper chose', () =>
    visit(
      PAY,
      async (page) => {
        await choice(page, '支付宝').click()
        await page.getByRole('button', { name: /^支付宝支付 ¥/ }).click()
        await page.waitForURL(ALIPAY.payUrl)
      },
      { 'GET /v1/orders/:orderId': waiting },
    ))

  test('a way of paying that is no longer offered is said, and the order can be paid the other way', () =>
    visit(
      `${PAY}&by=alipay`,
      async (page) => {
        await page.getByText('这家店现在不能用这种方式付款，请换一种').waitFor()
        await choice(page, '微信支付').waitFor()
      },
      {
        'GET /v1/orders/:orderId': waiting,
        'GET /v1/orders/:orderId/payment': () => seenAs('UNPAID', 'PENDING_PAY'),
        'POST /v1/orders/:orderId/payments': () => refusal('payments.provider_off', 409),
      },
    ))
})
