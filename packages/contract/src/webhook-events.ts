import { type Static, Type, type TSchema } from 'typebox'
import { Fen, Instant, Maybe, StoreId, Uuid } from './parts.ts'

const order = {
  orderId: Uuid,
  orderNo: Type.String(),
  storeId: StoreId,
  totalFen: Fen,
  from: Maybe(Type.String({ description: 'state before' })),
  to: Type.String({ description: 'state now' }),
}
const SoldLine = Type.Object({
  skuId: Uuid,
  barcode: Type.String(),
  name: Type.String(),
  quantity: Type.Integer({ description: 'pieces that were handed over' }),
  paidFen: Fen,
})
const StockEntry = Type.Object({
  id: Type.Integer({ description: 'grows; the last one you booked is the knownThrough of your next count' }),
  storeId: StoreId,
  skuId: Uuid,
  barcode: Type.String(),
  reason: Type.String({
    description: 'SHIP, POS_SALE, RECEIVE, ADJUST, TRANSFER, RETURN, or SYNC: what you told us',
  }),
  delta: Type.Integer(),
  onHand: Type.Integer({ description: 'after it' }),
  orderNo: Maybe(Type.String()),
  at: Instant,
})

const event = <const K extends string, T extends TSchema>(type: K, data: T) =>
  Type.Object({ type: Type.Literal(type), timestamp: Instant, data })

/** What endpoints of partners are told, by type: the body of a message of the Standard Webhooks scheme. Types may be added. */
export const WEBHOOK_EVENTS = {
  'order.place': event('order.place', Type.Object(order)),
  'order.pay': event('order.pay', Type.Object(order)),
  'order.ready': event('order.ready', Type.Object(order)),
  'order.hand_over': event('order.hand_over', Type.Object(order)),
  'order.cancel': event('order.cancel', Type.Object(order)),
  'order.refund': event('order.refund', Type.Object(order)),
  'sale.completed': event('sale.completed', Type.Object({ ...order, lines: Type.Array(SoldLine) })),
  'stock.moved': event('stock.moved', Type.Object({ entries: Type.Array(StockEntry, { maxItems: 100 }) })),
} as const

export type WebhookEventType = keyof typeof WEBHOOK_EVENTS
export type WebhookEvent = { [K in WebhookEventType]: Static<(typeof WEBHOOK_EVENTS)[K]> }[WebhookEventType]
