import type { Output, ShopperRoutes } from '@linli/contract'
import { goods, idOf } from './goods.ts'
import { ORDER_ID } from './orders.ts'

type Options = Output<ShopperRoutes['GET /v1/orders/:orderId/aftersale-options']>
type Aftersale = Output<ShopperRoutes['GET /v1/aftersales/:aftersaleId']>

export const AFTERSALE_ID = idOf(501)

const apple = goods(1)
const line = { lineNo: 1, name: apple.name, unit: apple.unit, picture: apple.picture }

/** What can be applied for while a packed order waits: pieces of its one line. */
export const options: Options = {
  orderNo: '2611220000017',
  storeName: '襄都旗舰店',
  wholeAtOnce: false,
  lines: [
    {
      ...line,
      payFen: apple.priceFen * 3,
      quantity: 3,
      refundedQuantity: 0,
      left: 3,
      perishable: true,
      openId: null,
      kinds: [{ kind: 'uncollected', reasons: ['changed_mind', 'mistake', 'too_slow'], until: null }],
    },
  ],
}

/** Goods that the store agreed to take back. */
export const awaited = (now: number): Aftersale => {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  return {
    id: AFTERSALE_ID,
    orderId: ORDER_ID,
    orderNo: options.orderNo,
    storeId: 'S01',
    storeName: options.storeName,
    kind: 'return',
    reason: 'no_reason',
    state: 'WAIT_RETURN',
    amountFen: apple.priceFen,
    pieces: 1,
    lines: [{ ...line, quantity: 1, amountFen: apple.priceFen }],
    appliedAt: at(-90),
    dueAt: at(6 * 24 * 60),
    note: '买多了一份，包装没有打开过',
    photos: [],
    words: '可以的，带到任意一家店都行',
    returnCode: '4821093755',
    returnStoreName: null,
    refundedAt: null,
    pointsBack: 0,
    pointsTaken: 0,
    mayCancel: true,
    mayTakeMoney: false,
    holdStoreName: null,
    mayAppeal: false,
    events: [
      { verb: 'apply', from: null, to: 'APPLIED', at: at(-90), by: 'member', words: '买多了一份' },
      { verb: 'approve', from: 'APPLIED', to: 'WAIT_RETURN', at: at(-60), by: 'staff', words: '可以的' },
    ],
  }
}
