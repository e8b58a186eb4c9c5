import { yuan } from '#kernel/money'
import type { Notice, Source } from '#room/messages'
import type { Stores } from '#room/stores'
import { listTold, type ToldEvent } from './notices.sql.ts'

const VERBS = ['ready', 'arrive', 'refunded'] as const

/** What a shopper is told of an event of their order: that the bag is packed, that the goods of a presale are there, and that money went back. */
export function noticeOf(event: ToldEvent, storeName: (storeId: string) => string): Notice | null {
  const { orderId, orderNo, storeId, memberId, at } = event
  const order = { memberId, at, pageId: orderId }
  if (event.verb !== 'refunded')
    return {
      ...order,
      kind: event.verb === 'ready' ? 'order.ready' : event.ofBox ? 'box.arrived' : 'presale.arrived',
      ref: orderId,
      fields: { orderNo, store: storeName(storeId) },
    }
  // Goods that cost nothing go back without money.
  if (!event.amountFen) return null
  return {
    ...order,
    kind: 'order.refunded',
    ref: String(event.id),
    fields: { orderNo, amount: `¥${yuan(event.amountFen)}` },
  }
}

/** Followed, not written along: the order desk pays nothing for it. */
export const orderNews = (stores: Pick<Stores, 'find'>): Source => ({
  name: 'orders',
  book: 'order_event',
  notices: async (db, span) =>
    (await listTold(db, span, VERBS)).flatMap(
      (event) => noticeOf(event, (id) => stores.find(id)?.name ?? id) ?? [],
    ),
})
