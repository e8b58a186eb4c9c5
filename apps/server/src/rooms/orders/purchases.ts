import type { PurchaseSource } from '#room/tiers'
import { listKept, listPurchaseNews } from './purchases.sql.ts'

/** Orders as purchases of members: what was collected, what went back, and what stays paid. */
export const orderPurchases: PurchaseSource = {
  kind: 'order',
  book: 'order_event',
  news: listPurchaseNews,
  kept: listKept,
}
