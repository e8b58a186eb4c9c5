import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { goods } from '../canned/goods.ts'
import { refusal, type Answers } from '../contract-server.ts'
import { findAll, words } from '../weapp-host/tree.ts'
import { WxFailure } from '../weapp-host/wx-call.ts'
import { withShop, type Running } from './running.ts'

const PAY = { role: 'button', name: /^微信支付/ }
/** A little longer than the first rest before the page asks again by itself. */
const ASKS_AGAIN_MS = 800

const buyAtOnce = async ({ host }: Running, n: number) => {
  await host.open(`/packages/goods/product/index?id=${goods(n).id}`)
  await host.tap({ role: 'button', name: '立即购买' })
}
const isThere = ({ host }: Running, name: RegExp) => findAll(host.view(), { role: 'button', name }).length > 0

/** Buying one thing at once, and a payment of which nobody knows. */
export function payingTests(root: string): void {
  describe('weapp · paying', () => {
    const lostAtCashier = async (answers: Answers, learnt: RegExp, canPay: boolean) => {
      let running: Running | undefined
      await withShop(
        root,
        async (now) => {
          running = now
          await buyAtOnce(now, 7)
          await now.host.tap(PAY)
          assert.match(words(now.host.view()), /正在确认付款结果.*暂时连不上，付没付成以系统为准，别重复付/)
          assert.equal(isThere(now, /继续支付/), false, 'nobody is asked to pay twice')
          now.server.offline = false
          await sleep(ASKS_AGAIN_MS)
          await now.host.ask('onShow')
          assert.match(words(now.host.view()), learnt)
          assert.equal(isThere(now, /继续支付/), canPay)
        },
        {
          answers,
          device: {
            requestPayment: () => {
              if (running) running.server.offline = true
              throw new WxFailure('cancel')
            },
          },
        },
      )
    }

    test('the server goes away at the cashier: the page says so, asks by itself, and hears of the money', () =>
      lostAtCashier({}, /付好了/, false))

    test('only the server says 还没付款', () => {
      const checkedAt = new Date().toISOString()
      const unpaid = () => ({ state: 'UNPAID' as const, orderState: 'PENDING_PAY', checkedAt })
      return lostAtCashier({ 'GET /v1/orders/:orderId/payment': unpaid }, /还没付款/, true)
    })

    test('what is bought at once has its picture, its unit and about what it weighs', () =>
      withShop(root, async (running) => {
        await buyAtOnce(running, 1)
        const shown = words(running.host.view())
        assert.match(shown, /1 样商品.*内丘苹果 约1kg\s*约 1kg.*¥12.80 × 1\s+份/)
        assert.ok(JSON.stringify(running.news()).includes(goods(1).id))
      }))

    test('what is off the shelf is not quoted: the page says so, and leads back', () =>
      withShop(
        root,
        async (running) => {
          await buyAtOnce(running, 7)
          assert.match(words(running.host.view()), /这件商品刚刚下架了.*没有下单，也没有扣款/)
          assert.equal(isThere(running, /^微信支付/), false)
          const back = findAll(running.host.view(), { role: 'button', name: '返回' }).at(-1)
          assert.ok(back)
          await running.host.tap(back)
          assert.equal(running.host.page().route, 'packages/goods/product/index')
        },
        { answers: { 'POST /v1/quotes': () => refusal('catalog.sku_missing', 404) } },
      ))

    test('a price that changed at the last moment stays written by the total until the shopper goes on', () => {
      let priceFen = 1090
      const quote = () => ({
        storeId: 'S01',
        lines: [
          {
            skuId: goods(7).skuId,
            name: goods(7).name,
            quantity: 1,
            unitFen: priceFen,
            amountFen: priceFen,
            discounts: [],
            payFen: priceFen,
          },
        ],
        goodsFen: priceFen,
        discountFen: 0,
        freightFen: 0,
        totalFen: priceFen,
        explanation: [],
        discounts: [],
        couponIds: [],
        pointsUsed: 0,
        pointsEarned: 0,
        points: null,
        storedValue: null,
        dueFen: priceFen,
      })
      return withShop(
        root,
        async (running) => {
          await buyAtOnce(running, 7)
          const said = () => /价格变了：原 ¥10.90，现 ¥11.90/.test(words(running.host.view()))
          assert.equal(said(), false)
          await running.host.tap(PAY)
          assert.ok(said())
          await running.host.ask('onShow')
          assert.ok(said(), 'it stays')
          priceFen = 1090
          await running.host.ask('onShow')
          assert.equal(said(), false, 'the sum is again what was seen')
        },
        {
          answers: {
            'POST /v1/quotes': quote,
            'POST /v1/orders': () => {
              priceFen = 1190
              return refusal('orders.price_changed', 409)
            },
          },
        },
      )
    })
  })
}
