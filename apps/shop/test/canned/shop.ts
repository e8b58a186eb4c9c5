import type { Output, ShopperRoutes } from '@linli/contract'
import { contractServer, refusal, type Answers, type ContractServer } from '../contract-server.ts'
import { AFTERSALE_ID, awaited, options } from './aftersales.ts'
import { couponOf, couponsOf, OFFERS, POINTS, POSTINGS, REWARDS, tillCode } from './benefits.ts'
import { arrivalAnswers } from './arrivals.ts'
import { boxAnswers } from './boxes.ts'
import { GROWTH, memberCode, STANDING } from './membership.ts'
import { CATEGORIES, GOODS, goods, homeOf, idOf, listOf, productOf } from './goods.ts'
import { RECEIPT, RECEIPTS } from './receipts.ts'
import { ALIPAY, ORDER_ID, PAYMENT, readyOrder, unpaid } from './orders.ts'
import { PROMOTING, SHARES } from './promoter.ts'

type Cart = Output<ShopperRoutes['GET /v1/cart']>
type Quote = NonNullable<Cart['quote']>
type Store = Output<ShopperRoutes['GET /v1/stores']>['items'][number]

const store = (id: string, name: string, distanceM: number): Store => ({
  id,
  name,
  district: '襄都区',
  town: '演示街道',
  address: '演示路 100 号（演示地址）',
  phone: '0319-000-0001',
  lng: 114.5,
  lat: 37.07,
  opensAt: '07:30',
  closesAt: '22:00',
  openNow: true,
  ordering: 'open',
  distanceM,
  features: ['pickup'],
})
export const STORE = store('S01', '襄都旗舰店', 1200)
const STORES = [STORE, store('S02', '桥西店', 2300)]

const ZONE_PAINT = { tint: '#FCE6DD', ink: '#B83A0B' }
const FLOOR = {
  width: 343,
  height: 214,
  shelves: [
    { zone: 'V', aisle: 1, x: 12, y: 20, width: 22, height: 40 },
    { zone: 'G', aisle: 1, x: 60, y: 150, width: 30, height: 14 },
    { zone: 'D', aisle: 1, x: 150, y: 10, width: 40, height: 20 },
  ],
  marks: [
    { kind: 'door' as const, label: '入口', x: 120, y: 196, width: 40, height: 10 },
    { kind: 'service' as const, label: '服务台', x: 60, y: 186, width: 40, height: 14 },
  ],
}

const MEMBER = { id: idOf(700), nickname: '小满', phone: null, joinedAt: '2026-03-01T00:00:00.000Z' }
const STAFF = {
  id: idOf(800),
  account: 'clerk01',
  name: '店员一',
  role: 'clerk',
  storeIds: ['S01'],
  permissions: ['handovers.write', 'returns.receive', 'arrivals.write'],
}

/** The smallest picture there is. */
const DOT = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

/** What the member waits for, and has come in. */
const wished = (now: number): Output<ShopperRoutes['GET /v1/restock-notices']>['items'][number] => ({
  storeId: 'S01',
  skuId: goods(8).skuId,
  productId: goods(8).id,
  name: goods(8).name,
  askedAt: new Date(now - 86_400_000).toISOString(),
  dueAt: new Date(now - 3_600_000).toISOString(),
  available: 3,
})

const told = (now: number): Output<ShopperRoutes['GET /v1/messages']>['items'][number] => ({
  id: idOf(900),
  kind: 'order.ready',
  title: '货备好了，来取吧',
  body: '襄都旗舰店已经备好订单 2026112400000019，到店出示提货码就能取。',
  page: 'order',
  pageId: ORDER_ID,
  at: new Date(now - 600_000).toISOString(),
  read: false,
})

export interface CannedShop extends ContractServer {
  /** Pieces in the member's cart by SKU. */
  cart: Map<string, number>
}

/** A server with one store, eight goods and a cart that remembers; `own` replaces or adds answers. */
export function cannedShop(own: Answers = {}): CannedShop {
  const now = Date.now()
  const asOf = new Date(now).toISOString()
  const tomorrow = new Date(now + 86_400_000).toISOString()
  const cart = new Map<string, number>()
  const packed = readyOrder(now)
  let order = packed
  const cartNow = () => cartOf(cart)
  const answers: Answers = {
    'GET /v1/setup': () => ({
      chainName: '襄惠生活超市',
      now: asOf,
      sandbox: null,
      appId: 'touristappid',
      icp: null,
    }),
    'GET /v1/stores': () => ({ items: STORES }),
    'GET /v1/stores/:storeId': ({ params }) => {
      const found = STORES.find(({ id }) => id === params.storeId)
      if (!found) return refusal('stores.missing', 404)
      const zones = CATEGORIES.map(({ zone, name }) => ({ code: zone, name, ...ZONE_PAINT }))
      return { ...found, zones, floorPlan: FLOOR, licences: [], pickupHint: '进门左手服务台，报提货码' }
    },
    'GET /v1/stores/:storeId/home': () => homeOf({ id: STORE.id, name: STORE.name }, asOf),
    'GET /v1/stores/:storeId/categories': () => ({ items: [...CATEGORIES] }),
    'GET /v1/stores/:storeId/products': ({ query }) => {
      const items = listOf(query)
      return {
        items,
        nextCursor: null,
        total: items.length,
        suggestions: items.length > 0 ? [] : ['苹果'],
        asOf,
      }
    },
    'GET /v1/stores/:storeId/products/:productId': ({ params }) =>
      productOf(params.productId, params.storeId, asOf) ?? refusal('catalog.product_missing', 404),
    'GET /v1/stores/:storeId/search-words': () => ({ hot: ['苹果', '鸡蛋'] }),
    'GET /v1/stores/:storeId/pickup-slots': () => ({
      required: true,
      items: [2, 3].map((hours) => ({
        startsAt: new Date(now + hours * 3_600_000).toISOString(),
        endsAt: new Date(now + (hours + 1) * 3_600_000).toISOString(),
        capacity: 20,
        left: 3,
      })),
    }),
    'POST /v1/sessions': () => ({ token: 'canned-token', expiresAt: tomorrow, member: MEMBER }),
    'GET /v1/me': () => MEMBER,
    'GET /v1/me/addresses': () => ({ items: [] }),
    'GET /v1/messages': () => ({ items: [told(now)], nextCursor: null }),
    'GET /v1/messages/unread': () => ({ unread: 1 }),
    'GET /v1/message-consents': () => ({
      items: [
        { topic: 'marketing', agreed: false, since: null },
        { topic: 'sms', agreed: false, since: null },
      ],
      smsOffered: true,
    }),
    'GET /v1/subscription-templates': () => ({ items: [] }),
    'POST /staff/v1/stores/:storeId/guide-code': () => ({
      code: {
        id: idOf(910),
        storeId: STORE.id,
        storeName: STORE.name,
        staffId: STAFF.id,
        staffName: STAFF.name,
        madeAt: asOf,
      },
      picture: DOT,
    }),
    'GET /staff/v1/stores/:storeId/guidance': () => ({
      month: asOf.slice(0, 7),
      mine: { guided: 3, registered: 2, ordered: 1, rewardFen: 700, waitingFen: 700 },
      league: [
        { name: '店员二', me: false, guided: 5, ordered: 4 },
        { name: STAFF.name, me: true, guided: 3, ordered: 1 },
      ],
      terms: {
        id: '1',
        active: true,
        touchDays: 30,
        holdDays: 7,
        registerFen: 200,
        orderFen: 500,
        leastFen: 1000,
        inLedger: false,
        since: asOf,
        by: 'staff:hq',
      },
    }),
    'GET /staff/v1/guide-rewards': () => ({
      items: [
        {
          id: '1',
          at: asOf,
          kind: 'order' as const,
          member: { id: MEMBER.id, name: '小*', phoneTail: null },
          storeId: STORE.id,
          amountFen: 500,
        },
      ],
      nextCursor: null,
    }),
    // No campaign runs here: pages of one that is gone say so.
    'GET /v1/stores/:storeId/campaigns': () => ({ items: [] }),
    'GET /v1/campaigns/:campaignId': () => refusal('campaigns.missing', 404),
    'GET /v1/campaigns/:campaignId/rally-offer': () => refusal('campaigns.missing', 404),
    'GET /v1/campaigns/:campaignId/groups': () => ({ items: [], total: 0 }),
    'GET /v1/groups': () => ({ items: [], nextCursor: null }),
    'GET /v1/groups/:groupId': () => refusal('groups.missing', 404),
    ...boxAnswers(),
    'GET /v1/rallies': () => ({ items: [], nextCursor: null }),
    'GET /v1/rallies/:rallyId': () => refusal('rallies.missing', 404),
    'GET /v1/invites/:inviteId': () => refusal('rallies.missing', 404),
    'GET /v1/restock-notices': () => ({ items: [wished(now)] }),
    'GET /v1/me/favourites': () => ({ items: [goods(1)] }),
    'PUT /v1/me/favourites/:productId': () => null,
    'GET /v1/cart': cartNow,
    'PUT /v1/cart/lines/:skuId': ({ params, body }) => {
      if (!GOODS.some(({ skuId }) => skuId === params.skuId)) return refusal('catalog.sku_missing', 404)
      if (body.quantity === 0) cart.delete(params.skuId)
      else cart.set(params.skuId, body.quantity)
      return cartNow()
    },
    'POST /v1/cart/clearance': ({ body }) => {
      for (const skuId of body.skuIds) cart.delete(skuId)
      return cartNow()
    },
    'POST /v1/quotes': ({ body }) => {
      const quote = quoteOf(new Map(body.lines.map((line) => [line.skuId, line.quantity])))
      return { ...quote, points: null, storedValue: null, dueFen: quote.totalFen }
    },
    'GET /v1/stored-value': () => ({ open: false, availableFen: 0, heldFen: 0 }),
    'GET /v1/stored-value/postings': () => ({ items: [], nextCursor: null }),
    'POST /v1/coupon-options': () => ({ items: [] }),
    'GET /v1/coupons': ({ query }) => ({ items: couponsOf(query.which), nextCursor: null }),
    'GET /v1/coupons/:couponId': ({ params }) => couponOf(params.couponId),
    'GET /v1/coupons/:couponId/till-code': () => tillCode(now),
    'GET /v1/till-receipts': () => RECEIPTS,
    'GET /v1/till-receipts/:receiptId': () => RECEIPT,
    'GET /v1/me/card': () => memberCode(now),
    'GET /v1/me/membership': () => ({ standing: STANDING }),
    'GET /v1/me/growth-postings': () => GROWTH,
    'GET /v1/me/old-cards': () => ({ items: [] }),
    'GET /v1/coupon-offers': () => ({ items: OFFERS }),
    'GET /v1/points': () => POINTS,
    'GET /v1/rewards': () => REWARDS,
    'GET /v1/promoter': () => PROMOTING,
    'GET /v1/promoter/shares': () => SHARES,
    'GET /v1/me/birthday': () => ({ birthday: { month: 3, day: 8 }, changeableFrom: null }),
    'GET /v1/points/postings': () => POSTINGS,
    'POST /v1/orders': () => {
      order = unpaid(packed, now)
      cart.clear()
      return {
        id: order.id,
        no: order.no,
        state: order.state,
        totalFen: order.totalFen,
        expiresAt: order.expiresAt,
      }
    },
    'GET /v1/payment-providers': () => ({ items: ['wechat', 'alipay'] }),
    'POST /v1/orders/:orderId/payments': ({ body }) => ({
      ...(body.provider === 'alipay' ? ALIPAY : PAYMENT),
      amountFen: order.totalFen,
    }),
    'GET /v1/orders/:orderId/payment': () => {
      order = packed
      return { state: 'PAID', orderState: order.state, checkedAt: asOf }
    },
    'GET /v1/orders': ({ query }) => ({
      items: [order].filter(({ state }) => query.state === undefined || query.state === state),
      nextCursor: null,
    }),
    'GET /v1/orders/:orderId': ({ params }) =>
      params.orderId === ORDER_ID ? order : refusal('orders.missing', 404),
    'GET /v1/orders/:orderId/pickup-code': () => ({
      digits: '1234567890',
      qr: 'LL1.canned.code',
      validUntil: new Date(Date.now() + 30_000).toISOString(),
      now: new Date().toISOString(),
    }),
    'GET /v1/orders/:orderId/aftersale-options': ({ params }) =>
      params.orderId === ORDER_ID ? options : refusal('orders.missing', 404),
    'POST /staff/v1/return-checks': () => refusal('aftersales.code_unknown', 404),
    'GET /v1/aftersales': () => ({ items: [awaited(now)], nextCursor: null }),
    'GET /v1/aftersales/:aftersaleId': ({ params }) =>
      params.aftersaleId === AFTERSALE_ID ? awaited(now) : refusal('aftersales.missing', 404),
    'POST /staff/v1/sessions': () => ({ token: 'canned-staff', expiresAt: tomorrow, staff: STAFF }),
    'GET /staff/v1/me': () => STAFF,
    ...arrivalAnswers(),
    'GET /staff/v1/stores/:storeId/pickups': () => ({ items: [] }),
    'GET /staff/v1/stores/:storeId/unpaid-orders': () => ({ items: [] }),
    ...own,
  }
  return Object.assign(contractServer(answers), { cart })
}

const cardOf = (skuId: string) => {
  const found = GOODS.find((each) => each.skuId === skuId)
  if (!found) throw new Error(`no goods with the SKU ${skuId}`)
  return found
}

function quoteOf(pieces: Map<string, number>): Quote {
  const lines = [...pieces].map(([skuId, quantity]) => {
    const { name, priceFen } = cardOf(skuId)
    const amountFen = priceFen * quantity
    return { skuId, name, quantity, unitFen: priceFen, amountFen, discounts: [], payFen: amountFen }
  })
  const goodsFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return {
    storeId: STORE.id,
    lines,
    goodsFen,
    discountFen: 0,
    freightFen: 0,
    totalFen: goodsFen,
    discounts: [],
    couponIds: [],
    pointsUsed: 0,
    pointsEarned: 0,
    explanation: [],
  }
}

function cartOf(pieces: Map<string, number>): Cart {
  const lines = [...pieces].map(([skuId, quantity]) => {
    const product = cardOf(skuId)
    return {
      skuId,
      quantity,
      selected: true,
      product,
      trouble: product.available === 0 ? ('sold_out' as const) : null,
    }
  })
  const buyable = new Map([...pieces].filter(([skuId]) => cardOf(skuId).available > 0))
  return {
    storeId: STORE.id,
    lines,
    quote: buyable.size > 0 ? quoteOf(buyable) : null,
    count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}
