import type { PartnerRoutes } from './partner-routes.ts'
import type { Input } from './route.ts'

/** A body for each route of partners that takes one. */
type Examples = {
  readonly [K in keyof PartnerRoutes as Input<PartnerRoutes[K]> extends { body: unknown } ? K : never]: Input<
    PartnerRoutes[K]
  > extends { body: infer Body }
    ? Body
    : never
}

const storeId = 'S01'
const posTxnId = 'T1-20261123-0042'
const at = '2026-11-23T17:29:12+08:00'
const memberRef = `01a1f3c8-5d51-7a20-9c46-0f6f2b1f7d10.t3k9a0.${'mBpQ4xWzr7Yk1sNc'.repeat(2)}`
const couponIds = ['01a1f3c8-5d52-7b31-8e57-1a702c208e21']
const apples = { barcode: '6999911000015', name: '内丘苹果 约1kg', quantity: 2, unitFen: 1200 }
const goods = { store: '01', goods: 'A-100' }

/** Bodies as a till or an ERP would send them; the documents for vendors show them. All of it is invented. */
export const PARTNER_EXAMPLES: Examples = {
  'POST /partner/v1/till/members': {
    storeId,
    terminal: '1',
    shown: { phoneTail: '0001', code: '482913' },
  },
  'POST /partner/v1/till/quotes': { storeId, memberRef, bestCoupons: true, lines: [apples] },
  'POST /partner/v1/till/reservations': {
    storeId,
    posTxnId,
    memberRef,
    lines: [apples],
    couponIds,
    usePoints: 100,
  },
  'POST /partner/v1/till/redemptions': { storeId, posTxnId },
  'POST /partner/v1/till/reversals': { storeId, posTxnId, reason: '顾客不要了' },
  'POST /partner/v1/till/sales': {
    storeId,
    sales: [
      {
        kind: 'sale',
        posTxnId,
        soldAt: at,
        memberRef,
        benefitOffFen: 300,
        lines: [{ ...apples, payFen: 2100 }],
      },
      {
        kind: 'return',
        posTxnId: 'T1-20261123-0043',
        returnOf: posTxnId,
        soldAt: at,
        lines: [{ ...apples, quantity: 1, payFen: 1050, resellable: true }],
      },
    ],
  },
  'POST /partner/v1/feeds/:sourceCode/events': {
    asOf: at,
    products: [
      { seq: 41, at, goods: 'A-100', barcode: '6999911000992', name: '香梨', unit: '盒', category: '水果' },
    ],
    prices: [{ seq: 42, at, ...goods, price: 12.8 }],
    stock: [
      { seq: 43, at, ...goods, count: 24 },
      { seq: 44, at, store: '01', goods: 'A-101', change: -3 },
    ],
  },
  'POST /partner/v1/feeds/:sourceCode/snapshots': {
    key: '2026-11-23-night',
    topic: 'stock',
    asOf: '2026-11-23T02:00:00+08:00',
    knownThrough: 81_223,
  },
  'PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo': { stock: [{ ...goods, count: 24 }] },
  'POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing': { rows: 100_000 },
}
