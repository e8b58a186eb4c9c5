/** The in-memory store: every look-up by key, nothing scanned on a request's way, everything bounded. */
import type {
  AlipayTrade,
  Notification,
  Order,
  PhoneMessage,
  Refund,
  Subscription,
  Transfer,
} from './records.ts'

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
  | ['alipay-trade', string, AlipayTrade]
  | ['subscription', string, Subscription]
  | ['transfer', string, Transfer]

export type Store = {
  orders: Map<string, Order>
  orderByPrepayId: Map<string, Order>
  orderByTransactionId: Map<string, Order>
  refunds: Map<string, Refund>
  refundById: Map<string, Refund>
  notifications: Map<string, Notification>
  alipayTrades: Map<string, AlipayTrade>
  /** By the merchant's number. */
  transfers: Map<string, Transfer>
  /** By openid and template. */
  subscriptions: Map<string, Subscription>
  /** What came to phones, oldest first; in memory only. */
  phone: PhoneMessage[]
  /** openid to shopper name. */
  shopperByOpenid: Map<string, string>
  /** Puts or re-indexes a record after it was made or changed, and marks it for the ledger. */
  keepOrder: (order: Order) => void
  keepRefund: (refund: Refund) => void
  keepNotification: (notification: Notification) => void
  keepShopper: (openid: string, name: string) => void
  keepAlipayTrade: (trade: AlipayTrade) => void
  keepSubscription: (subscription: Subscription) => void
  keepTransfer: (transfer: Transfer) => void
  /** Takes what changed since the last call. */
  takeChanges: () => Kept[]
  everything: () => Generator<Kept, void>
}

/** Takes the oldest entry out of a map that has grown over its bound; answers it, or undefined. */
const overflow = <V>(map: Map<string, V>, max: number): V | undefined => {
  if (map.size <= max) return undefined
  const [first] = map
  if (first === undefined) return undefined
  map.delete(first[0])
  return first[1]
}

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
    alipayTrades: new Map(),
    subscriptions: new Map(),
    transfers: new Map(),
    phone: [],
    shopperByOpenid: new Map(),
    keepOrder: (order) => {
      store.orders.set(order.outTradeNo, order)
      store.orderByPrepayId.set(order.prepayId, order)
      if (order.transactionId) store.orderByTransactionId.set(order.transactionId, order)
      mark(['order', order.outTradeNo, order])
      const first = overflow(store.orders, ORDERS_MAX)
      if (first) store.orderByPrepayId.delete(first.prepayId)
      if (first?.transactionId) store.orderByTransactionId.delete(first.transactionId)
    },
    keepRefund: (refund) => {
      store.refunds.set(refund.outRefundNo, refund)
      store.refundById.set(refund.refundId, refund)
      mark(['refund', refund.outRefundNo, refund])
      const first = overflow(store.refunds, REFUNDS_MAX)
      if (first) store.refundById.delete(first.refundId)
    },
    keepNotification: (notification) => {
      store.notifications.set(notification.id, notification)
      mark(['notification', notification.id, notification])
      overflow(store.notifications, NOTIFICATIONS_MAX)
    },
    keepShopper: (openid, name) => {
      if (store.shopperByOpenid.get(openid) === name) return
      store.shopperByOpenid.set(openid, name)
      mark(['shopper', openid, name])
      overflow(store.shopperByOpenid, SHOPPERS_MAX)
    },
    keepAlipayTrade: (trade) => {
      store.alipayTrades.set(trade.outTradeNo, trade)
      mark(['alipay-trade', trade.outTradeNo, trade])
      overflow(store.alipayTrades, ORDERS_MAX)
    },
    keepSubscription: (subscription) => {
      const key = `${subscription.openid} ${subscription.templateId}`
      store.subscriptions.set(key, subscription)
      mark(['subscription', key, subscription])
      overflow(store.subscriptions, SHOPPERS_MAX)
    },
    keepTransfer: (transfer) => {
      store.transfers.set(transfer.outBillNo, transfer)
      mark(['transfer', transfer.outBillNo, transfer])
      overflow(store.transfers, ORDERS_MAX)
    },
    takeChanges: () => {
      const taken = [...changed.values()]
      changed.clear()
      return taken
    },
    everything: () => everything(store),
  }
  return store
}

function* everything(store: Store): Generator<Kept, void> {
  for (const [openid, name] of store.shopperByOpenid) yield ['shopper', openid, name]
  for (const [key, one] of store.subscriptions) yield ['subscription', key, one]
  for (const order of store.orders.values()) yield ['order', order.outTradeNo, order]
  for (const trade of store.alipayTrades.values()) yield ['alipay-trade', trade.outTradeNo, trade]
  for (const refund of store.refunds.values()) yield ['refund', refund.outRefundNo, refund]
  for (const transfer of store.transfers.values()) yield ['transfer', transfer.outBillNo, transfer]
  for (const one of store.notifications.values()) yield ['notification', one.id, one]
}

/** Puts a record read from the ledger back; the caller discards the marks this makes. */
export const restore = (store: Store, kept: Kept): void => {
  switch (kept[0]) {
    case 'order':
      return store.keepOrder(kept[2])
    case 'refund':
      return store.keepRefund(kept[2])
    case 'notification':
      // Lines of before the pretended Alipay do not say whose they are.
      return store.keepNotification({ ...kept[2], service: kept[2].service ?? 'wechat' })
    case 'alipay-trade':
      return store.keepAlipayTrade(kept[2])
    case 'transfer':
      return store.keepTransfer(kept[2])
    case 'subscription':
      return store.keepSubscription(kept[2])
    case 'shopper':
      return store.keepShopper(kept[1], kept[2])
  }
}
