import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  discountColumns,
  fulfilmentWords,
  offBy,
  orderChips,
  orderFilters,
  orderTabs,
  orderTags,
  refundSteps,
  stateTag,
  sumsAgree,
  type OrderDetail,
  reportWords,
} from './model.ts'
import { timeline } from './timeline.ts'

const line = (
  lineNo: number,
  unitFen: number,
  quantity: number,
  offs: readonly number[],
): OrderDetail['lines'][number] => {
  const discounts = offs.map((offFen, index) => ({
    rule: `r${index}`,
    label: `优惠 ${index}`,
    offFen,
    points: 0,
  }))
  const amountFen = unitFen * quantity
  return {
    lineNo,
    skuId: `s${lineNo}`,
    productId: `p${lineNo}`,
    name: '商品',
    unit: '份',
    barcode: '6999912000083',
    shelf: null,
    picture: null,
    quantity,
    unitFen,
    amountFen,
    discounts,
    payFen: amountFen - offs.reduce((sum, each) => sum + each, 0),
    groupBackFen: 0,
    withdrawnQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    earnedPoints: 0,
    weight: null,
    components: [],
  }
}

// The order drawn in the design: 108.17 − 8.00 − 5.00 − 3.86 = 91.31.
const order: OrderDetail = {
  id: 'o1',
  no: 'XH261122-0371-3316',
  storeId: 'S02',
  storeName: '信都中华大街店',
  state: 'PAID',
  payState: 'PAID',
  refundState: 'NONE',
  fulfilment: { kind: 'pickup', slotStart: '2026-11-22T03:00:00Z', slotEnd: '2026-11-22T03:30:00Z' },
  storedValueFen: 0,
  dueFen: 0,
  goodsBy: null,
  presale: null,
  totalFen: 9131,
  refundedFen: 0,
  pieces: 9,
  placedAt: '2026-11-22T02:41:18Z',
  expiresAt: null,
  pictures: [],
  goodsFen: 10817,
  discountFen: 1686,
  freightFen: 0,
  discounts: [
    { rule: 'r0', label: '满99减8', offFen: 800, points: 0, funding: 'hq' },
    { rule: 'r1', label: '自提满39减5', offFen: 500, points: 0, funding: 'store' },
    { rule: 'r2', label: '积分', offFen: 386, points: 386, funding: 'hq' },
  ],
  pointsUsed: 0,
  pointsEarned: 0,
  coupons: [],
  pointsBack: 0,
  pointsTaken: 0,
  lines: [
    line(1, 2490, 1, [184, 115, 89]),
    line(2, 1180, 2, [175, 109, 84]),
    line(3, 1590, 2, [235, 147, 113]),
    line(4, 399, 3, [88, 55, 43]),
    line(5, 1590, 1, [118, 74, 57]),
  ],
  remark: '',
  ifShort: 'refund',
  tenders: [],
  paidAt: '2026-11-22T02:42:03Z',
  completedAt: null,
  cancelledAt: null,
  cancelReason: null,
  events: [
    { verb: 'place', from: null, to: 'PENDING_PAY', at: '2026-11-22T02:41:18Z', by: 'member:m1' },
    { verb: 'pay', from: 'PENDING_PAY', to: 'PAID', at: '2026-11-22T02:42:03Z', by: 'system' },
  ],
  memberId: 'm1',
  memberName: '刘*芳',
  phoneTail: '3316',
  payments: [],
  refunds: [],
  pickup: null,
  refundableFen: 9131,
  refundable: [],
  owedFen: 0,
}

const PARTS = [{ provider: 'wechat' as const, amountFen: 100 }]

test('discount columns add up to the discount of the order', () => {
  const columns = discountColumns(order)
  assert.deepEqual(
    columns.map(({ label, offFen, funding }) => [label, offFen, funding]),
    [
      ['满99减8', 800, 'hq'],
      ['自提满39减5', 500, 'store'],
      ['积分', 386, 'hq'],
    ],
  )
  assert.equal(
    columns.reduce((sum, column) => sum + column.offFen, 0),
    order.discountFen,
  )
  assert.equal(offBy(order.lines[1]!, 'r1'), 109)
  assert.equal(offBy(order.lines[1]!, 'none'), 0)
})

test('a fen that is missing anywhere is noticed', () => {
  assert.equal(sumsAgree(order), true)
  assert.equal(sumsAgree({ ...order, totalFen: 9130 }), false)
  assert.equal(sumsAgree({ ...order, goodsFen: 10818 }), false)
  assert.equal(sumsAgree({ ...order, lines: order.lines.slice(1) }), false)
  assert.equal(sumsAgree({ ...order, freightFen: 400, totalFen: 9531 }), true)
})

test('the tabs count what the server counted', () => {
  const tabs = orderTabs({ PAID: 41, READY: 75, COMPLETED: 256 }, 'READY')
  assert.deepEqual([tabs[0]?.count, tabs.find((tab) => tab.key === 'READY')?.count], [372, 75])
  assert.equal(tabs.find((tab) => tab.key === 'CANCELLED')?.count, 0)
  assert.deepEqual(
    tabs.filter((tab) => tab.on).map((tab) => tab.key),
    ['READY'],
  )
  assert.equal(orderTabs(undefined, undefined)[0]?.count, undefined)
  assert.equal(orderTabs(undefined, undefined)[0]?.on, true)
})

test('filters are read from the address and said as chips', () => {
  const filters = orderFilters(
    new URLSearchParams('state=READY&refund=FAILED&q=3316&from=2026-11-20&to=2026-11-22&page=2'),
  )
  assert.deepEqual(filters, {
    state: 'READY',
    refundState: 'FAILED',
    q: '3316',
    from: '2026-11-20',
    to: '2026-11-22',
  })
  assert.deepEqual(
    orderChips(filters).map((chip) => chip.value),
    ['退款没成', '2026-11-20 到 2026-11-22'],
  )
  assert.equal(orderChips({ from: '2026-11-22', to: '2026-11-22' })[0]?.value, '2026-11-22')
  assert.deepEqual(orderFilters(new URLSearchParams('state=toString&refund=x&from=22.11.2026')), {})
})

test('a refund on its way is not 已退款 yet, and nothing is said twice', () => {
  const words = (state: 'COMPLETED' | 'CLOSED_REFUND', refundState: 'NONE' | 'PENDING' | 'FULL' | 'FAILED') =>
    orderTags({ state, refundState }).map(({ word }) => word)
  assert.deepEqual(words('CLOSED_REFUND', 'PENDING'), ['退款中'])
  assert.deepEqual(words('CLOSED_REFUND', 'FAILED'), ['退款没成'])
  assert.deepEqual(words('CLOSED_REFUND', 'FULL'), ['已退款'])
  assert.deepEqual(words('COMPLETED', 'NONE'), ['已完成'])
})

test('the timeline ends with what comes next, and stops when the order is over', () => {
  assert.deepEqual(
    timeline(order).map((moment) => [moment.title, moment.kind]),
    [
      ['下单', 'past'],
      ['支付成功', 'now'],
      ['等门店备货', 'next'],
    ],
  )
  assert.match(timeline(order)[0]?.detail ?? '', /^顾客 · \d+ 样 \d+ 件，¥/)
  assert.equal(timeline({ ...order, state: 'COMPLETED' }).at(-1)?.kind, 'now')
  const timedOut = { verb: 'cancel', from: 'PENDING_PAY', to: 'CANCELLED', at: order.placedAt, by: 'system' }
  assert.equal(timeline({ ...order, state: 'CANCELLED', events: [timedOut] })[0]?.title, '超时没付，自动取消')
})

test('what money moved is told by the moment it has in common with its event, and not guessed', () => {
  const at = '2026-11-22T02:45:00Z'
  const refunded: OrderDetail = {
    ...order,
    events: ['refund', 'refunded'].map((verb) => ({ verb, from: 'PAID', to: 'PAID', at, by: 'staff:hq' })),
    refunds: [
      {
        id: 'r1',
        cause: 'order',
        lines: [],
        redirectedTo: null,
        outRefundNo: 'R1',
        attemptId: 'a1',
        provider: 'wechat',
        state: 'SUCCESS',
        amountFen: 996,
        reason: '坏果',
        trouble: null,
        createdAt: at,
        doneAt: at,
      },
    ],
  }
  const details = (given: OrderDetail) => timeline(given).map(({ detail }) => detail)
  assert.deepEqual(details(refunded).slice(0, 2), ['hq · ¥9.96 · 坏果', 'hq · ¥9.96'])
  assert.deepEqual(details({ ...refunded, refunds: [] }).slice(0, 2), ['hq', 'hq'])
})

test('the payment of an order is told with every tender that paid it', () => {
  const tenders: OrderDetail['tenders'] = [
    { provider: 'wechat', paidFen: 5131, refundedFen: 0 },
    { provider: 'stored_value', paidFen: 4000, refundedFen: 0 },
  ]
  assert.equal(timeline({ ...order, tenders })[1]?.detail, '微信 ¥51.31，储值余额 ¥40.00')
  assert.equal(timeline(order)[1]?.detail, '系统')
})

test('the refund says what happens to the goods, which depends on where they are', () => {
  assert.match(refundSteps(order, PARTS).join(), /放回可售/)
  assert.match(refundSteps({ ...order, state: 'COMPLETED' }, PARTS).join(), /库存不动/)
})

test('pickup in words; a state this build does not know is shown as it came', () => {
  assert.equal(fulfilmentWords(order.fulfilment), '自提 11:00–11:30')
  assert.equal(fulfilmentWords({ kind: 'pickup', slotStart: null, slotEnd: null }), '自提 营业时间内')
  assert.deepEqual(stateTag('PICKING'), { word: 'PICKING', tone: 'waiting' })
})

test('what WeChat was told of the goods is said in words, with why when it was not', () => {
  assert.equal(reportWords({ kind: 'shipping', state: 'UPLOADED', trouble: null }), '发货信息已报给微信')
  assert.equal(
    reportWords({ kind: 'shipping', state: 'FAILED', trouble: '10060031' }),
    '发货信息没报上（付款人对不上）',
  )
  assert.equal(
    reportWords({ kind: 'card', state: 'PENDING', trouble: '45009' }),
    '微信里的订单卡片等着报给微信（微信错误 45009）',
  )
})
