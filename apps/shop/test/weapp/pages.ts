import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { goods, idOf } from '../canned/goods.ts'
import { AFTERSALE_ID } from '../canned/aftersales.ts'
import { SMALL } from '../canned/benefits.ts'
import { BOX_CAMPAIGN_ID, BOX_ID } from '../canned/boxes.ts'
import { ORDER_ID } from '../canned/orders.ts'
import { RECEIPT_ID } from '../canned/receipts.ts'
import { readPackage } from '../weapp-host/package.ts'
import { clockOf } from '../weapp-host/picture.ts'
import {
  classesOf,
  everyNode,
  find,
  findAll,
  roleOf,
  spoken,
  textAttribute,
  words,
} from '../weapp-host/tree.ts'
import { withShop } from './running.ts'

/** What a page needs in its address; the others open without. */
const QUERIES: Record<string, string> = {
  'packages/goods/product/index': `?id=${goods(8).id}`,
  'packages/order/order/index': `?id=${ORDER_ID}`,
  'packages/aftersale/apply/index': `?orderId=${ORDER_ID}`,
  'packages/aftersale/detail/index': `?id=${AFTERSALE_ID}`,
  'packages/order/receipt/index': `?id=${RECEIPT_ID}`,
  'packages/account/coupon/index': `?id=${SMALL.id}`,
  'packages/order/pay/index': `?id=${ORDER_ID}`,
  'packages/campaign/group/index': `?id=${idOf(900)}&campaignId=${idOf(901)}`,
  'packages/boxes/offer/index': `?id=${BOX_CAMPAIGN_ID}&store=S01`,
  'packages/boxes/box/index': `?id=${BOX_ID}`,
  'packages/friends/rally/index': `?id=${idOf(902)}`,
  'packages/friends/campaign/index': `?id=${idOf(901)}&store=S01`,
  'packages/friends/invite/index': `?id=${idOf(903)}`,
}
/** Far below the 1 MB at which WeChat refuses a `setData`; a phone feels it long before. */
const UPDATE_BYTES_MAX = 128 * 1024
const SIGNED_IN = {
  'll.member': {
    token: 'canned-token',
    who: { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' },
  },
  'll.staff.store': { id: 'S01', name: '襄都旗舰店' },
  'll.staff': {
    token: 'canned-staff',
    who: {
      id: idOf(800),
      account: 'clerk01',
      name: '店员一',
      role: 'clerk',
      storeIds: ['S01'],
      permissions: ['handovers.write', 'coupons.redeem', 'arrivals.write'],
    },
  },
}
// The shop keeps text, and the phone keeps text of that.
const signedIn = () =>
  new Map(Object.entries(SIGNED_IN).map(([key, value]) => [key, JSON.stringify(JSON.stringify(value))]))

/** Every page, as drawn by WeChat's compiler: does it come up, can it be heard, can it be read by elders. */
export function pageTests(root: string): void {
  describe('weapp · every page', () => {
    for (const page of readPackage(root).pages)
      for (const who of ['a guest', 'a member and clerk'])
        test(`${page} opens for ${who}`, () =>
          withShop(
            root,
            async ({ host }) => {
              await host.open(`/${page}${QUERIES[page] ?? ''}`)
              assert.ok(words(host.view()).length > 0, 'the page is blank')
              assert.ok(
                host.traffic.largestBytes < UPDATE_BYTES_MAX,
                `setData of ${host.traffic.largestBytes} bytes`,
              )
              assertHeard(host.view())
            },
            who === 'a guest' ? {} : { storage: signedIn() },
          ))

    test('labels and roles reach the view', () =>
      withShop(root, async ({ host }) => {
        const price = find(host.view(), { role: 'img', name: '15 元 9 角，每盒' })
        assert.equal(words(price), '¥15.90/盒')
        const tab = find(host.view(), { role: 'button', name: '首页' })
        assert.equal(textAttribute(tab, 'ariaSelected'), 'true')
        const icons = findAll(host.view(), { class: 'll-icon' })
        assert.ok(icons.length > 0)
        for (const icon of icons) assert.equal(textAttribute(icon, 'ariaHidden'), 'true')
      }))

    test('the clock stays readable: white over a dark head, black again behind it', () =>
      withShop(
        root,
        async ({ host }) => {
          assert.equal(clockOf(host), 'black')
          await host.open(`/packages/order/order/index?id=${ORDER_ID}`)
          assert.equal(clockOf(host), 'white')
          await host.back()
          assert.equal(clockOf(host), 'black')
          await host.open('/packages/staff/desk/index')
          assert.equal(clockOf(host), 'white')
        },
        { storage: signedIn() },
      ))

    test('长辈模式 changes the face of every page and outlives a restart', async () => {
      const storage = new Map<string, string>()
      await withShop(
        root,
        async ({ host }) => {
          assert.equal(isElder(host.view()), false)
          await host.tap({ role: 'button', name: '长辈模式' })
          assert.equal(isElder(host.view()), true)
          find(host.view(), { role: 'button', name: '普通模式' })
          await host.tap({ role: 'button', name: '购物车' })
          assert.equal(host.page().route, 'pages/cart/index')
          assert.equal(isElder(host.view()), true)
        },
        { storage },
      )
      await withShop(root, async ({ host }) => assert.equal(isElder(host.view()), true), { storage })
    })
  })
}

const isElder = (view: Parameters<typeof find>[0]) =>
  classesOf(find(view, { class: 'll-root' })).includes('ll-elder')

/** Whatever can be tapped has a role and says what it does. */
function assertHeard(view: Parameters<typeof find>[0]): void {
  const mute = [...everyNode(view)]
    .filter((node) => classesOf(node).includes('ll-press'))
    .filter((node) => roleOf(node) === '' || spoken(node) === '')
    .map((node) => textAttribute(node, 'class'))
  assert.deepEqual(mute, [])
}
