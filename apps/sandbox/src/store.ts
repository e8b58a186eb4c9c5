/** The in-memory store: every look-up by key, nothing scanned on a request's way, everything bounded. */
import type { Notification, Order, Refund } from './records.ts'

const ORDERS_MAX = 100_000
const REFUNDS_MAX = 50_000
const NOTIFICATIONS_MAX = 100_000
const SHOPPERS_MAX = 200_000

/** A record to be kept across restarts, as `[kind, key, record]`. */
export type Kept =
  | ['order', string, Order]
  | ['refund', string, Refund]
  | ['notification', string, Notification]
  | ['shopper', string, string]

export type Store = {
  orders: Map<string, Order>
  orderByPrepayId: Map<string, Order>
  orderByTransactionId: Map<string, Order>
  refunds: Map<string, Refund>
  refundById: Map<string, Refund>
  notifications: Map<string, Notification>
  /** openid to shopper name. */
  shopperByOpenid: Map<string, string>
  /** Puts or re-indexes a record after it was made or changed, and marks it for the ledger. */
  keepOrder: (order: Order) => void
  keepRefund: (refund: Refund) => void
  keepNotification: (notification: Notification) => void
  keepShopper: (openid: string, name: string) => void
  /** Takes what changed since the last call. */
  takeChanges: () => Kept[]
  everything: () => Generator<Kept, void>
}

const oldest = <V>(map: Map<string, V>): V | undefined => map.values().next().value

/** An empty store. */
export const createStore = (): Store => {
  const changed = new Map<string, Kept>()
  const mark = (kept: Kept) => changed.set(`${kept[0]} ${kept[1]}`, kept)
  const store: Store = {
    orders: new Map(),
    orderByPrepayId: new Map(),
    orderByTransactionId: new Map(),
    refunds: new Map(),
    refundById: new Map(),
    notifications: new Map(),
    shopperByOpenid: new Map(),
    keepOrder: (order) => {
      store.orders.set(order.outTradeNo, order)
      store.orderByPrepayId.set(order.prepayId, order)
      if (order.transactionId) store.orderByTransactionId.set(order.transactionId, order)
      mark(['order', order.outTradeNo, order])
      if (store.orders.size > ORDERS_MAX) forgetOldestOrder(store)
    },
    keepRefund: (refund) => {
      store.refunds.set(refund.outRefundNo, refund)
      store.refundById.set(refund.refundId, refund)
      mark(['refund', refund.outRefundNo, refund])
      const first = store.refunds.size > REFUNDS_MAX ? oldest(store.refunds) : undefined
      if (first) store.refunds.delete(first.outRefundNo)
      if (first) store.refundById.delete(first.refundId)
    },
    keepNotification: (notification) => {
      store.notifications.set(notification.id, notification)
      mark(['notification', notification.id, notification])
      const first = store.notifications.size > NOTIFICATIONS_MAX ? oldest(store.notifications) : undefined
      if (first) store.notifications.delete(first.id)
    },
    keepShopper: (openid, name) => {
      if (store.shopperByOpenid.get(openid) === name) return
      store.shopperByOpenid.set(openid, name)
      mark(['shopper', openid, name])
      if (store.shopperByOpenid.size <= SHOPPERS_MAX) return
      const first = store.shopperByOpenid.keys().next().value
      if (first !== undefined) store.shopperByOpenid.delete(first)
    },
    takeChanges: () => {
      const taken = [...changed.values()]
      changed.clear()
      return taken
    },
    *everything() {
      for (const [openid, name] of store.shopperByOpenid) yield ['shopper', openid, name]
      for (const order of store.orders.values()) yield ['order', order.outTradeNo, order]
      for (const refund of store.refunds.values()) yield ['refund', refund.outRefundNo, refund]
      for (const notification of store.notifications.values())
        yield ['notification', notification.id, notification]
    },
  }
  return store
}

const forgetOldestOrder = (store: Store): void => {
  const order = oldest(store.orders)
  if (!order) return
  store.orders.delete(order.outTradeNo)
  store.orderByPrepayId.delete(order.prepayId)
  if (order.transactionId) store.orderByTransactionId.delete(order.transactionId)
}

/** Puts a record read from the ledger back; the caller discards the marks this makes. */
export const restore = (store: Store, kept: Kept): void => {
  switch (kept[0]) {
    case 'order':
      return store.keepOrder(kept[2])
    case 'refund':
      return store.keepRefund(kept[2])
    case 'notification':
      return store.keepNotification(kept[2])
    case 'shopper':
      return store.keepShopper(kept[1], kept[2])
  }
}
