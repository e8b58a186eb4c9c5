import type { Output, ShopperRoutes } from '@linli/contract'
import { goods, idOf } from './goods.ts'

export type Order = Output<ShopperRoutes['GET /v1/orders/:orderId']>

export const ORDER_ID = idOf(500)

/** An order of three bags of apples, packed and waiting at the counter. */
export function readyOrder(now: number): Order {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  const apple = goods(1)
  const amountFen = 3 * apple.priceFen
  return {
    id: ORDER_ID,
    no: '2611220000017',
    storeId: 'S01',
    storeName: '襄都旗舰店',
    state: 'READY',
    payState: 'PAID',
    refundState: 'NONE',
    fulfilment: { kind: 'pickup', slotStart: at(60), slotEnd: at(120) },
    totalFen: amountFen,
    storedValueFen: 0,
    dueFen: 0,
    goodsBy: null,
    refundedFen: 0,
    pieces: 3,
    placedAt: at(-40),
    expiresAt: null,
    pictures: [{ name: apple.name, picture: apple.picture }],
    goodsFen: amountFen,
    discountFen: 0,
    freightFen: 0,
    discounts: [],
    pointsUsed: 0,
    pointsEarned: 0,
    coupons: [],
    pointsBack: 0,
    pointsTaken: 0,
    presale: null,
    lines: [
      {
        lineNo: 1,
        skuId: apple.skuId,
        productId: apple.id,
        name: apple.name,
        unit: apple.unit,
        barcode: '6900000000017',
        shelf: apple.shelf,
        picture: apple.picture,
        quantity: 3,
        unitFen: apple.priceFen,
        amountFen,
        discounts: [],
        payFen: amountFen,
        groupBackFen: 0,
        withdrawnQuantity: 0,
        refundedQuantity: 0,
        refundedFen: 0,
        earnedPoints: 0,
        weight: { estimateGrams: 3000, payFen: amountFen, toleranceBp: 300, finalGrams: 2850, backFen: 192 },
        components: [],
      },
    ],
    remark: '',
    ifShort: 'substitute',
    tenders: [],
    paidAt: at(-39),
    completedAt: null,
    cancelledAt: null,
    cancelReason: null,
    events: [
      { verb: 'place', from: null, to: 'PENDING_PAY', at: at(-40), by: 'member' },
      { verb: 'pay', from: 'PENDING_PAY', to: 'PAID', at: at(-39), by: 'wechat' },
      { verb: 'ready', from: 'PAID', to: 'READY', at: at(-10), by: 'staff' },
    ],
  }
}

/** The same order before its money has come. */
export const unpaid = (order: Order, now: number): Order => ({
  ...order,
  state: 'PENDING_PAY',
  payState: 'UNPAID',
  dueFen: order.totalFen - order.storedValueFen,
  paidAt: null,
  expiresAt: new Date(now + 15 * 60_000).toISOString(),
  events: order.events.slice(0, 1),
})

/** What `wx.requestPayment` takes; nobody's key signed it. */
export const PAYMENT = {
  provider: 'wechat' as const,
  attemptId: idOf(600),
  outTradeNo: 'LL2611220000017',
  prepayId: 'wx-canned-prepay',
  amountFen: 0,
  params: {
    appId: 'touristappid',
    timeStamp: '1795000000',
    nonceStr: 'canned-nonce',
    package: 'prepay_id=wx-canned-prepay',
    signType: 'RSA' as const,
    paySign: 'canned-signature',
  },
}

/** Where Alipay's page would be. */
export const ALIPAY = {
  provider: 'alipay' as const,
  attemptId: idOf(601),
  outTradeNo: 'LL2611220000018',
  amountFen: 0,
  payUrl: 'https://cashier.example.com/gateway.do?out_trade_no=LL2611220000018',
}
