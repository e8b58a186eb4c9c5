import type { Output, ShopperRoutes } from '@linli/contract'
import { goods, idOf } from './goods.ts'

type Receipts = Output<ShopperRoutes['GET /v1/till-receipts']>
type Receipt = Output<ShopperRoutes['GET /v1/till-receipts/:receiptId']>

export const RECEIPT_ID = idOf(960)
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

const about = {
  id: RECEIPT_ID,
  kind: 'sale',
  source: 'till',
  storeId: 'S01',
  posTxnId: 'T1-20261120-0042',
  soldAt: daysAgo(2),
  paidFen: 2260,
  earnedPoints: 22,
} as const
const line = { name: goods(7).name, quantity: 2, payFen: 2260, returnedQuantity: 1 }

export const RECEIPTS: Receipts = {
  items: [
    { ...about, lines: [line] },
    {
      ...about,
      id: idOf(961),
      source: 'staff',
      posTxnId: 'R-1',
      soldAt: daysAgo(5),
      earnedPoints: 0,
      lines: [{ ...line, returnedQuantity: 0 }],
    },
  ],
  nextCursor: null,
}
export const RECEIPT: Receipt = {
  ...about,
  lines: [{ ...line, unitFen: 1280 }],
  discounts: [{ label: '满10减3', offFen: 300, points: 0 }],
  returns: [{ id: idOf(962), soldAt: daysAgo(1), paidFen: 1130 }],
}
