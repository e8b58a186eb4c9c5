import type { PurchaseSource } from '#room/tiers'
import { listCompleted, listKept } from './purchases.sql.ts'
import type { Room } from './room.ts'

/** Orders as purchases of members: what was collected, what went back, and what stays paid. */
export const orderPurchases = ({ ctx: { db }, payments }: Room): PurchaseSource => ({
  kind: 'order',
  collected: (after, limit) => listCompleted(db, after, limit),
  async returned(after, limit) {
    const refunds = await payments.arrived(after, limit)
    return refunds.map(({ refundId, orderId, at }) => ({ id: refundId, purchaseId: orderId, at }))
  },
  kept: (purchaseIds) => listKept(db, purchaseIds),
})
