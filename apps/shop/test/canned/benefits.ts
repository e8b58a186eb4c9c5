import type { Input, Output, ShopperRoutes } from '@linli/contract'
import { idOf } from './goods.ts'
import { ORDER_ID } from './orders.ts'

type Coupon = Output<ShopperRoutes['GET /v1/coupons']>['items'][number]
type Option = Output<ShopperRoutes['POST /v1/coupon-options']>['items'][number]
type Which = NonNullable<Input<ShopperRoutes['GET /v1/coupons']>['query']>['which']

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()

type Promised = Omit<Coupon, 'state' | 'startsAt' | 'expiresAt' | 'orderId' | 'receiptId'>
const promised = (n: number, label: string): Promised => ({
  id: idOf(900 + n),
  label,
  kind: 'steps',
  steps: [{ atFen: 1000, atPieces: 0, offFen: 300, offBp: 0 }],
  toFen: null,
  timesBp: null,
  maxOffFen: null,
  stackGroup: 'coupon',
  storeIds: null,
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
  someGoods: false,
  onlyFor: [],
  notFor: [],
  atTill: true,
})
const coupon = (n: number, label: string, over: Partial<Coupon> = {}): Coupon => ({
  ...promised(n, label),
  state: 'UNUSED',
  startsAt: inDays(-9),
  expiresAt: inDays(20),
  orderId: null,
  receiptId: null,
  ...over,
})
export const SMALL = coupon(1, '满10减3')
export const LARGE = coupon(2, '自提满15减5', {
  steps: [{ atFen: 1500, atPieces: 0, offFen: 500, offBp: 0 }],
  fulfilments: ['pickup'],
  expiresAt: inDays(1),
})
const COFFEE = coupon(3, '速溶咖啡体验券', {
  kind: 'exchange',
  steps: [],
  toFen: 0,
  someGoods: true,
  onlyFor: ['冲饮咖啡'],
  storeIds: ['S01', 'S02'],
})
const DOUBLE = coupon(4, '周三积分翻倍', { kind: 'earn', steps: [], timesBp: 20_000, stackGroup: 'earn' })
const USED = coupon(5, '满10减3', { state: 'USED', orderId: ORDER_ID })
const OVER = coupon(6, '全场 9 折', {
  state: 'EXPIRED',
  steps: [{ atFen: 0, atPieces: 0, offFen: 0, offBp: 1000 }],
  expiresAt: inDays(-2),
})

/** What the member holds. */
export const couponsOf = (which: Which): Coupon[] =>
  which === 'used' ? [USED] : which === 'over' ? [OVER] : [LARGE, SMALL, COFFEE, DOUBLE]

export const couponOf = (id: string): Coupon =>
  [LARGE, COFFEE, DOUBLE, USED, OVER].find((each) => each.id === id) ?? SMALL
export const tillCode = (now: number): Output<ShopperRoutes['GET /v1/coupons/:couponId/till-code']> => ({
  code: `LC1.canned.${'A'.repeat(70)}.${'B'.repeat(86)}`,
  label: SMALL.label,
  validUntil: new Date(now + 300_000).toISOString(),
  now: new Date(now).toISOString(),
})

type Offer = Output<ShopperRoutes['GET /v1/coupon-offers']>['items'][number]
const offer = (n: number, label: string, over: Partial<Offer> = {}): Offer => ({
  ...promised(n, label),
  validDays: 30,
  mostEach: 1,
  had: 0,
  takenPercent: 20,
  state: 'open',
  needsPhone: false,
  pricePoints: null,
  closesAt: null,
  ...over,
})
/** What may be had: one open, one nearly gone, one had, one gone; and a gift. */
export const OFFERS: Offer[] = [
  offer(11, '周末满30减5', { steps: [{ atFen: 3000, atPieces: 0, offFen: 500, offBp: 0 }] }),
  offer(12, '生鲜8折', {
    steps: [{ atFen: 0, atPieces: 0, offFen: 0, offBp: 2000 }],
    maxOffFen: 1000,
    someGoods: true,
    onlyFor: ['蔬菜菌菇', '水果'],
    takenPercent: 91,
    closesAt: inDays(3),
  }),
  offer(13, '自提满15减5', { fulfilments: ['pickup'], state: 'had', had: 1 }),
  offer(14, '满59减10', { state: 'gone', takenPercent: 100 }),
  offer(15, '速溶咖啡免费换一盒', {
    kind: 'exchange',
    steps: [],
    toFen: 0,
    someGoods: true,
    onlyFor: ['速溶咖啡'],
    pricePoints: 800,
  }),
  offer(16, '满30减10', { pricePoints: 1500 }),
]

/** Beside any basket: two act, one is for other goods. */
export const OPTIONS: Option[] = [
  { ...LARGE, acts: true, offFen: 500, words: '减了 ¥5' },
  { ...SMALL, acts: true, offFen: 300, words: '减了 ¥3' },
  { ...DOUBLE, acts: true, offFen: 0, words: '已用上' },
  { ...COFFEE, acts: false, offFen: 0, words: '这单没有能参加的商品' },
]

export const POINTS: Output<ShopperRoutes['GET /v1/points']> = {
  available: 1286,
  frozen: 31,
  held: 0,
  debt: 0,
  nextEnd: { lastDay: inDays(8).slice(0, 10), points: 120 },
  terms: {
    pointsPerYuan: 100,
    capBp: 1000,
    minOrderFen: 0,
    fenPerPoint: 100,
    frozenDays: 7,
    validMonths: 12,
  },
}

const posting = (
  id: number,
  over: Partial<Output<ShopperRoutes['GET /v1/points/postings']>['items'][number]>,
) => ({
  id: String(id),
  reason: 'grant' as const,
  orderId: null,
  lastDay: null,
  available: 0,
  frozen: 0,
  debt: 0,
  at: inDays(-id / 10),
  ...over,
})
export const POSTINGS: Output<ShopperRoutes['GET /v1/points/postings']> = {
  items: [
    posting(1, { reason: 'earn', orderId: ORDER_ID, frozen: 31 }),
    posting(2, { reason: 'hold', orderId: ORDER_ID, available: -347 }),
    posting(3, { reason: 'unfreeze', orderId: ORDER_ID, available: 52, frozen: -52, lastDay: '2027-11-30' }),
    posting(4, { available: 1581 }),
  ],
  nextCursor: 'canned-next',
}

export const REWARDS: Output<ShopperRoutes['GET /v1/rewards']> = {
  signIn: { today: inDays(0).slice(0, 10), signed: false, streak: 2, cycle: [1, 1, 2, 2, 3, 3, 8], place: 2 },
  tasks: [
    { kind: 'phone', state: 'TODO', points: 20, coupon: null },
    { kind: 'birthday', state: 'WAITING', points: 0, coupon: '新手满25减4' },
    { kind: 'first_order', state: 'TODO', points: 50, coupon: null },
    { kind: 'wechat', state: 'GIVEN', points: 5, coupon: null },
  ],
}
