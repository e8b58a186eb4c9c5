import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { GOODS, goods } from '../canned/goods.ts'
import { ORDER_ID } from '../canned/orders.ts'
import { STORE } from '../canned/shop.ts'
import { find, findAll, words } from '../weapp-host/tree.ts'
import { withShop } from './running.ts'

const add = (n: number) => ({ role: 'button', name: `加入购物车：${goods(n).name}` })
const storeId = STORE.id

/** What a shopper does, through the real package. */
export function shoppingTests(root: string): void {
  describe('weapp · shopping', () => {
    test('home shows the store and its goods', () =>
      withShop(root, async ({ host, news }) => {
        assert.equal(host.page().route, 'pages/home/index')
        const page = words(host.view())
        for (const { name } of GOODS) assert.ok(page.includes(name), name)
        assert.match(page, /襄都旗舰店.*今天营业到 22:00/)
        const routes = news().map(({ route }) => route)
        for (const route of ['GET /v1/stores', 'GET /v1/stores/:storeId/home'])
          assert.equal(routes.filter((each) => each === route).length, 1, `${route} is asked for once`)
      }))

    test('a category opens its tab with its goods', () =>
      withShop(root, async ({ host, news }) => {
        news()
        await host.tap({ role: 'link', name: '新鲜水果' })
        assert.equal(host.page().route, 'pages/category/index')
        const asked = news().find(({ route }) => route === 'GET /v1/stores/:storeId/products')
        assert.deepEqual(asked?.query, { categoryId: 'G', sort: 'recommended', limit: 20 })
        const rows = findAll(host.view(), { class: 'll-goods-row-name' }).map(words)
        assert.deepEqual(rows, [goods(1).name, goods(7).name])
      }))

    test('a product opens over home and back leads home', () =>
      withShop(root, async ({ host, news }) => {
        news()
        await host.tap({ role: 'link', name: goods(7).name })
        assert.equal(host.page().route, 'packages/goods/product/index')
        assert.deepEqual(news()[0]?.params, { storeId, productId: goods(7).id })
        assert.match(words(host.view()), /还剩 30 份/)
        await host.tap({ role: 'button', name: '返回' })
        assert.deepEqual(
          host.stack.map(({ route }) => route),
          ['pages/home/index'],
        )
      }))

    test('a shared product opens the product again', () =>
      withShop(root, async ({ host }) => {
        const card = async () =>
          (await host.ask('onShareAppMessage', { from: 'menu' })) as { title: string; path: string }
        assert.match((await card()).title, /^襄都旗舰店/)
        await host.tap({ role: 'link', name: goods(7).name })
        const { title, path } = await card()
        assert.equal(title, '沃柑 约1kg ¥10.90')
        await host.back()
        await host.open(path)
        assert.match(words(host.view()), /沃柑 约1kg.*还剩 30 份/)
      }))

    test('the end of a list brings its next page, once', () =>
      withShop(
        root,
        async ({ host, news }) => {
          await host.open('/pages/category/index')
          news()
          await host.ask('onReachBottom')
          assert.deepEqual(
            news().map(({ query }) => query['cursor']),
            ['page-2'],
          )
          await host.ask('onReachBottom')
          assert.deepEqual(news(), [])
          assert.equal(findAll(host.view(), { class: 'll-goods-row-name' }).length, GOODS.length)
        },
        {
          answers: {
            'GET /v1/stores/:storeId/products': ({ query }) => ({
              items: query.cursor === undefined ? GOODS.slice(0, 5) : GOODS.slice(5),
              nextCursor: query.cursor === undefined ? 'page-2' : null,
              total: GOODS.length,
              suggestions: [],
              asOf: new Date().toISOString(),
            }),
          },
        },
      ))

    test('the first + signs in, every + adds one', () =>
      withShop(root, async ({ host, server, news }) => {
        news()
        await host.tap(add(7))
        const first = news()
        assert.deepEqual(first[0]?.body, { code: 'code-from-wx-login' })
        const put = { route: 'PUT /v1/cart/lines/:skuId', params: { skuId: goods(7).skuId }, query: {} }
        assert.deepEqual(first.at(-1), { ...put, body: { storeId, quantity: 1 } })
        await host.tap({ role: 'button', name: /^沃柑 约1kg，购物车里有 1 份/ })
        assert.deepEqual(news(), [{ ...put, body: { storeId, quantity: 2 } }])
        assert.deepEqual([...server.cart], [[goods(7).skuId, 2]])
        find(host.view(), { role: 'button', name: '购物车，2 件' })
      }))

    test('what is sold out cannot be added', () =>
      withShop(root, async ({ host }) => {
        assert.equal(findAll(host.view(), add(6)).length, 0)
        assert.equal(findAll(host.view(), add(3)).length, 1)
      }))

    test('search by typing, by a word of others and by barcode', () =>
      withShop(root, async ({ host, news }) => {
        await host.tap({ role: 'link', name: '搜索商品' })
        assert.equal(host.page().route, 'packages/goods/search/index')
        news()
        await host.type({ tag: 'input' }, ' 鸡蛋 ', true)
        assert.deepEqual(news()[0]?.query, { q: '鸡蛋', limit: 20 })
        assert.match(words(host.view()), /有 2 样.*鲜鸡蛋 30 枚/)
        await host.type({ tag: 'input' }, '')
        await host.tap({ role: 'button', name: '搜索苹果' })
        assert.deepEqual(news().at(-1)?.query, { q: '苹果', limit: 20 })
        await host.tap({ role: 'button', name: '扫条码' })
        assert.deepEqual(news()[0]?.query, { q: '6900000000017', limit: 20 })
        assert.match(words(host.view()), /这家店没有叫「6900000000017」的商品.*苹果/)
        assert.match(host.storage.get('ll.searched') ?? '', /鸡蛋/)
      }))

    test('cart: the sum is the server’s, the steppers write, 去结算 leads on', () =>
      withShop(root, async ({ host, news }) => {
        await host.tap(add(7))
        await host.tap(add(2))
        await host.tap({ role: 'button', name: /^购物车/ })
        assert.equal(host.page().route, 'pages/cart/index')
        assert.match(words(host.view()), /合计\s*¥31\.80/)
        news()
        const [more] = findAll(host.view(), { role: 'button', name: '多一份' })
        assert.ok(more)
        await host.tap(more)
        assert.deepEqual(news().at(-1)?.body, { storeId, quantity: 2 })
        assert.match(words(host.view()), /合计\s*¥42\.70/)
        const [check] = findAll(host.view(), { role: 'checkbox' })
        assert.ok(check)
        await host.tap(check)
        assert.deepEqual(news().at(-1)?.body, { storeId, quantity: 2, selected: false })
        await host.tap({ role: 'button', name: /^去结算/ })
        assert.equal(host.page().route, 'packages/order/checkout/index')
      }))

    test('from the cart to a paid order: the server is asked, the cashier is not believed', () =>
      withShop(root, async ({ host, server, news }) => {
        await host.tap(add(7))
        await host.open('/packages/order/checkout/index')
        news()
        await host.tap({ role: 'button', name: /^微信支付 ¥10.90$/ })
        const placed = news().find(({ route }) => route === 'POST /v1/orders')?.body as Record<
          string,
          unknown
        >
        assert.equal(placed['expectFen'], 1090)
        assert.deepEqual(placed['lines'], [{ skuId: goods(7).skuId, quantity: 1 }])
        assert.deepEqual(
          host.stack.map(({ route, query }) => [route, query['id']]),
          [
            ['pages/home/index', undefined],
            ['packages/order/pay/index', ORDER_ID],
          ],
        )
        const cashier = host.calls.find(({ name }) => name === 'requestPayment')
        assert.equal(cashier?.options['package'], 'prepay_id=wx-canned-prepay')
        assert.ok(server.asked.some(({ route }) => route === 'GET /v1/orders/:orderId/payment'))
        assert.match(words(host.view()), /付好了/)
      }))

    for (const [networkType, why] of [
      ['none', '没有网络'],
      ['wifi', '连不上店里的系统'],
    ] as const)
      test(`without an answer (${networkType}) home shows what it showed, and says why and since when`, async () => {
        const storage = new Map<string, string>()
        await withShop(root, async () => undefined, { storage })
        await withShop(
          root,
          async ({ host }) => {
            assert.match(words(host.view()), new RegExp(`${why}，显示的是 \\d\\d:\\d\\d 的内容.*内丘苹果`))
          },
          {
            storage,
            network: () => Promise.resolve(null),
            device: { getNetworkType: () => ({ networkType }) },
          },
        )
      })
  })
}
