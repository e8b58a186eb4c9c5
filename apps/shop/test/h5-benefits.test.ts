// Coupons and points at the checkout in a browser: chosen, changed, lost; always what the server's quote says.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser, openPhone } from '../../server/test/browser/browser.ts'
import { LARGE, OPTIONS, SMALL } from './canned/benefits.ts'
import { goods, idOf } from './canned/goods.ts'
import { ORDER_ID, readyOrder } from './canned/orders.ts'
import { cannedShop, type CannedShop } from './canned/shop.ts'
import { type Answers, refusal } from './contract-server.ts'
import { unreadable } from './h5/readable.ts'
import { answerFrom, rememberOnPhone, serveShop, type Served } from './h5/served.ts'

const MEMBER = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const SIGNED_IN = { 'll.member': { token: 'canned-token', who: MEMBER }, 'll.staff': null }
const CHECKOUT = `/packages/order/checkout/index?id=${goods(7).id}&skuId=${goods(7).skuId}&quantity=2`
const POINTS_FEN = 153

type QuoteAnswer = NonNullable<Answers['POST /v1/quotes']>
/** Prices with what is wished for: 满15减5 is the best, points pay ¥1.53. */
const quoted: QuoteAnswer = ({ body }) => {
  const [line] = body.lines
  const amountFen = goods(7).priceFen * (line?.quantity ?? 0)
  const wanted = body.bestCoupons ? [LARGE.id] : (body.couponIds ?? [])
  const acting = OPTIONS.filter(({ id }) => wanted.includes(id)).slice(0, 1)
  const points = body.usePoints ? POINTS_FEN : 0
  const discounts = [
    ...acting.map(({ id, label, offFen }) => ({ rule: id, label, offFen, points: 0 })),
    ...(points > 0 ? [{ rule: 'points', label: '积分抵扣', offFen: points, points }] : []),
  ]
  const discountFen = discounts.reduce((sum, { offFen }) => sum + offFen, 0)
  const payFen = amountFen - discountFen
  return {
    storeId: body.storeId,
    lines: [
      {
        skuId: goods(7).skuId,
        name: goods(7).name,
        quantity: line?.quantity ?? 0,
        unitFen: goods(7).priceFen,
        amountFen,
        discounts,
        payFen,
      },
    ],
    goodsFen: amountFen,
    discountFen,
    freightFen: 0,
    totalFen: payFen,
    discounts,
    couponIds: acting.map(({ id }) => id),
    pointsUsed: points,
    pointsEarned: Math.floor(payFen / 100),
    explanation: [],
    points: { balance: 1286, usable: POINTS_FEN, offFen: POINTS_FEN, why: '' },
    storedValue: null,
    dueFen: payFen,
  }
}
const ANSWERS: Answers = {
  'POST /v1/quotes': quoted,
  'POST /v1/coupon-options': () => ({ items: OPTIONS }),
  'GET /v1/payment-providers': () => ({ items: ['wechat'] }),
}
const total = (offFen: number) => `微信支付 ¥${((goods(7).priceFen * 2 - offFen) / 100).toFixed(2)}`
const payButton = (page: Page, offFen: number) =>
  page.getByRole('button', { name: total(offFen), exact: true })
const asked = (shop: CannedShop, route: string) =>
  shop.asked.filter((each) => each.route === route).map(({ body }) => body)

describe('h5 coupons and points', () => {
  let served: Served
  let browser: Browser
  let phone: BrowserContext
  before(async () => {
    served = await serveShop()
    browser = await openBrowser()
    phone = await openPhone(browser)
  })
  after(async () => {
    await browser.close()
    served.close()
  })

  async function visit(
    address: string,
    work: (page: Page, shop: CannedShop) => Promise<void>,
    own: Answers = {},
    elder = false,
  ): Promise<void> {
    const shop = cannedShop({ ...ANSWERS, ...own })
    const page = await phone.newPage()
    try {
      await answerFrom(page, shop.network)
      await rememberOnPhone(page, { ...SIGNED_IN, 'll.elder': elder })
      await page.goto(served.origin + address)
      await work(page, shop)
      assert.deepEqual(shop.faults, [])
    } finally {
      await page.close()
    }
  }

  test('the best coupon acts by itself; another one and points are asked of the server, and ordered as it answered', () =>
    visit(CHECKOUT, async (page, shop) => {
      await payButton(page, 500).waitFor()
      await page.getByText('已选最省的').waitFor()
      await page.getByRole('radio').first().click()
      await page.getByRole('button', { name: /^优惠券/ }).click()
      const sheet = page.getByRole('dialog', { name: '选优惠券' })
      await sheet.getByText('这单没有能参加的商品').waitFor()
      await sheet.getByRole('checkbox', { name: /满10减3/ }).click()
      await sheet.getByRole('button', { name: '用 1 张，减 ¥3.00' }).click()
      await payButton(page, 300).waitFor()
      assert.equal(await page.getByText(/价格变了/).count(), 0, 'what the shopper chose is no surprise')
      await page.getByRole('switch', { name: /可用 153 积分抵 ¥1.53/ }).click()
      await payButton(page, 453).click()
      await page.waitForURL(/order\/pay/)
      const [placed] = asked(shop, 'POST /v1/orders')
      assert.deepEqual(
        [
          (placed as { couponIds?: unknown }).couponIds,
          (placed as { usePoints?: unknown }).usePoints,
          (placed as { expectFen?: unknown }).expectFen,
        ],
        [[SMALL.id], POINTS_FEN, goods(7).priceFen * 2 - 453],
      )
    }))

  test('without a coupon none is asked for; the best are one press away', () =>
    visit(CHECKOUT, async (page, shop) => {
      await page.getByRole('button', { name: /^优惠券/ }).click()
      const sheet = page.getByRole('dialog', { name: '选优惠券' })
      await sheet.getByRole('checkbox', { name: '不使用优惠券' }).click()
      await sheet.getByRole('button', { name: '不用券' }).waitFor()
      const last = asked(shop, 'POST /v1/quotes').at(-1) as object
      assert.deepEqual(['couponIds' in last, 'bestCoupons' in last], [false, false])
      await sheet.getByRole('button', { name: '帮我选最省的' }).click()
      await sheet.getByRole('button', { name: '用 1 张，减 ¥5.00' }).waitFor()
    }))

  test('a coupon that somebody used meanwhile is told by name, and the sum is drawn anew', () => {
    let gone = false
    return visit(
      CHECKOUT,
      async (page) => {
        await page.getByRole('button', { name: /^优惠券/ }).click()
        const sheet = page.getByRole('dialog', { name: '选优惠券' })
        await sheet.getByRole('checkbox', { name: /满10减3/ }).click()
        await sheet.getByRole('button', { name: '用 1 张，减 ¥3.00' }).click()
        await page.getByRole('radio').first().click()
        gone = true
        await payButton(page, 300).click()
        await page.getByText('「满10减3」刚刚用不了了，没有下单，看看新的价钱').waitFor()
        await page.getByText('刚才选的券用不了了，已换成最省的').waitFor()
        await page.getByText(/价格变了：原 /).waitFor()
        await payButton(page, 500).waitFor()
      },
      {
        'POST /v1/orders': () => ({ ...refusal('coupons.unusable', 409), data: { couponId: SMALL.id } }),
        'POST /v1/quotes': (given) =>
          gone && given.body.couponIds?.includes(SMALL.id)
            ? { ...refusal('coupons.unusable', 409), data: { couponId: SMALL.id } }
            : quoted(given),
      },
    )
  })

  test('an order that costs nothing is placed without a cashier', () => {
    const free: QuoteAnswer = (given) => {
      const priced = quoted(given)
      return 'refused' in priced ? priced : { ...priced, discountFen: priced.goodsFen, totalFen: 0 }
    }
    return visit(
      CHECKOUT,
      async (page, shop) => {
        await page.getByRole('radio').first().click()
        await page.getByRole('button', { name: '不用付款，提交订单' }).click()
        await page.getByText('不用付款，订单好了').waitFor()
        assert.deepEqual(asked(shop, 'POST /v1/orders/:orderId/payments'), [])
      },
      {
        'POST /v1/quotes': free,
        'POST /v1/orders': () => ({
          id: ORDER_ID,
          no: '2611220000017',
          state: 'PAID',
          totalFen: 0,
          expiresAt: null,
        }),
        'GET /v1/orders/:orderId': () => ({ ...readyOrder(Date.now()), state: 'PAID', totalFen: 0 }),
      },
    )
  })

  for (const elder of [false, true])
    test(`${elder ? 'elder ' : ''}the checkout with its coupons can be read and pressed`, () =>
      visit(
        CHECKOUT,
        async (page) => {
          await page.getByRole('button', { name: /^优惠券/ }).waitFor()
          assert.deepEqual(await unreadable(page, elder ? 'elder' : 'normal'), [])
          await page.getByRole('button', { name: /^优惠券/ }).click()
          await page.getByRole('dialog', { name: '选优惠券' }).waitFor()
          assert.deepEqual(await unreadable(page, elder ? 'elder' : 'normal'), [])
        },
        {},
        elder,
      ))
})
