import type { PurchaseSource } from '#room/tiers'
import { listKept, listPurchaseNews } from './purchases.sql.ts'

/** Sales at tills as purchases of members: who buys over the counter rises as who orders does. */
export const tillPurchases: PurchaseSource = {
  kind: 'till',
  book: 'till_event',
  news: listPurchaseNews,
  kept: listKept,
}
