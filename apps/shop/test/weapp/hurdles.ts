import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { goods } from '../canned/goods.ts'
import { STORE } from '../canned/shop.ts'
import { refusal, type Answers } from '../contract-server.ts'
import { findAll, textAttribute, words } from '../weapp-host/tree.ts'
import { withShop, type Running } from './running.ts'

const CHECKOUT = '/packages/order/checkout/index'
const HOUR = 3_600_000
const add = (n: number) => ({ role: 'button', name: `加入购物车：${goods(n).name}` })

const isOff = ({ host }: Running, name: string | RegExp): boolean => {
  const buttons = findAll(host.view(), { role: 'button', name })
  assert.ok(buttons.length > 0, `no button ${String(name)}`)
  return buttons.every((button) => textAttribute(button, 'ariaDisabled') === 'true')
}

/** Stores of which the first takes no orders. */
const closed = (ordering: 'paused' | 'no_pickup'): Answers => ({
  'GET /v1/stores': () => ({
    items: [
      { ...STORE, ordering },
      { ...STORE, id: 'S02', name: '桥西店' },
    ],
  }),
})
const onceAtS01 = () => new Map([['ll.place', keep({ storeId: 'S01', name: STORE.name })]])
const keep = (value: unknown) => JSON.stringify(JSON.stringify(value))

/** Slots of one day, tomorrow from ten on, with these places left: from the next hour on they would be of two days late in the evening. */
const slots = (...left: number[]) => {
  const midnight = Math.floor((Date.now() + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR
  const at = (hour: number) => new Date(midnight + (24 + hour) * HOUR).toISOString()
  return {
    required: true,
    items: left.map((each, i) => ({ startsAt: at(10 + i), endsAt: at(11 + i), capacity: 20, left: each })),
  }
}

const toCheckout = async ({ host }: Running) => {
  await host.tap(add(7))
  await host.open(CHECKOUT)
}

/** What stands between a shopper and an order: every hurdle is named, and there is a way round it. */
export function hurdleTests(root: string): void {
  describe('weapp · hurdles', () => {
    for (const [ordering, word] of [
      ['paused', '暂停接单'],
      ['no_pickup', '暂停自提'],
    ] as const)
      test(`a store that takes no orders (${ordering}) says so everywhere, and another one is a tap away`, () =>
        withShop(
          root,
          async (running) => {
            const { host } = running
            const title = `${STORE.name}${word}`
            const seen = async (url: string) => {
              await host.open(url)
              assert.ok(words(host.view()).includes(title), url)
            }
            assert.ok(words(host.view()).includes(title), 'home')
            await host.tap(add(7))
            await seen('/pages/category/index')
            await seen(`/packages/goods/product/index?id=${goods(7).id}`)
            assert.ok(isOff(running, word))
            await seen('/pages/cart/index')
            assert.ok(isOff(running, word))
            await seen(CHECKOUT)
            assert.ok(isOff(running, word))
            await host.open('/packages/account/stores/index')
            assert.match(words(host.view()), new RegExp(`${STORE.name}\\s*${word}`))
            await host.open('/pages/home/index')
            await host.tap({ role: 'button', name: '换到桥西店' })
            assert.equal(words(host.view()).includes(title), false)
          },
          { answers: closed(ordering), storage: onceAtS01() },
        ))

    test('a newcomer starts in a store that takes orders', () =>
      withShop(root, async ({ host }) => assert.match(words(host.view()), /桥西店/), {
        answers: closed('paused'),
      }))

    test('with every slot full nothing can be paid, and the page says why', () =>
      withShop(
        root,
        async (running) => {
          await toCheckout(running)
          assert.match(words(running.host.view()), /的取货时段都约满了/)
          assert.ok(isOff(running, '时段都约满了'))
          assert.ok(findAll(running.host.view(), { role: 'button', name: '换到桥西店' }).length > 0)
        },
        { answers: { 'GET /v1/stores/:storeId/pickup-slots': () => slots(0, 0) } },
      ))

    test('a full slot is shown, and the next one is taken', () => {
      const offered = slots(0, 3)
      return withShop(
        root,
        async (running) => {
          await toCheckout(running)
          const { host, news } = running
          assert.equal(findAll(host.view(), { role: 'radio', name: /，约满$/ }).length, 1)
          news()
          await host.tap({ role: 'button', name: /^微信支付/ })
          const placed = news().find(({ route }) => route === 'POST /v1/orders')?.body as {
            fulfilment: { slotStart?: string }
          }
          assert.equal(placed.fulfilment.slotStart, offered.items[1]?.startsAt)
        },
        { answers: { 'GET /v1/stores/:storeId/pickup-slots': () => offered } },
      )
    })

    test('a slot that fills up while the page is open is named; the rest of the page stays', () => {
      const before = slots(1, 3)
      const after = {
        ...before,
        items: before.items.map((slot, i) => (i === 0 ? { ...slot, left: 0 } : slot)),
      }
      let full = false
      return withShop(
        root,
        async (running) => {
          await toCheckout(running)
          const { host } = running
          await host.tap({ role: 'radio', name: /^整单退款/ })
          await host.tap({ role: 'button', name: /^微信支付/ })
          assert.match(words(host.view()), /您选的 \d\d:\d\d 刚刚约满了，请换一个时段/)
          assert.ok(isOff(running, '请选取货时段'))
          const [chosen] = findAll(host.view(), { role: 'radio', name: /^整单退款/ })
          assert.equal(chosen && textAttribute(chosen, 'ariaChecked'), 'true')
          await host.tap({ role: 'radio', name: /，剩 3$/ })
          assert.equal(isOff(running, /^微信支付/), false)
        },
        {
          answers: {
            'GET /v1/stores/:storeId/pickup-slots': () => (full ? after : before),
            'POST /v1/orders': () => {
              full = true
              return refusal('fulfilment.slot_full', 409)
            },
          },
        },
      )
    })

    test('a store that pauses while the page is open: nothing is ordered, and the page says so', () => {
      let paused = false
      const stores = closed('paused')['GET /v1/stores']
      return withShop(
        root,
        async (running) => {
          await toCheckout(running)
          await running.host.tap({ role: 'button', name: /^微信支付/ })
          assert.ok(isOff(running, '暂停接单'))
          assert.equal(running.host.page().route, 'packages/order/checkout/index')
        },
        {
          answers: {
            ...(stores && {
              'GET /v1/stores': (given) =>
                paused ? stores(given) : { items: [STORE, { ...STORE, id: 'S02', name: '桥西店' }] },
            }),
            'POST /v1/orders': () => {
              paused = true
              return refusal('stores.closed', 409)
            },
          },
        },
      )
    })
  })
}
