import type { AftersaleSummary, Order, OrderState, OrderSummary } from '../models/wire'
import { api } from './api'
import { addToCart, loadCart } from './cart'
import { place } from './place'
import { openTab } from './routes'
import { say } from './toast'

const WAITING: OrderState[] = ['READY', 'PAID']
const PER_STATE = 50

/** Paid orders that wait for their shopper, packed ones first, then by when they are due. */
export async function waitingOrders(): Promise<OrderSummary[]> {
  const pages = await Promise.all(
    WAITING.map((state) => api('GET /v1/orders', { query: { state, limit: PER_STATE } })),
  )
  const due = (order: OrderSummary) => order.fulfilment.slotStart ?? order.placedAt
  return pages.reduce<OrderSummary[]>(
    (all, page) => all.concat(page.items.slice().sort((a, b) => due(a).localeCompare(due(b)))),
    [],
  )
}

/** The newest request under way of each order that has one. */
export async function openAftersales(): Promise<Record<string, AftersaleSummary>> {
  const { items } = await api('GET /v1/aftersales', { query: { open: true, limit: 100 } })
  return items.reduceRight<Record<string, AftersaleSummary>>(
    (all, each) => Object.assign(all, { [each.orderId]: each }),
    {},
  )
}

/** 再来一单: puts the lines of an order back into the cart of its store and opens the cart. */
export async function buyAgain(order: Pick<Order, 'storeId' | 'storeName' | 'lines'>): Promise<void> {
  place.set({ storeId: order.storeId, name: order.storeName })
  await loadCart().catch(() => undefined)
  let missed = 0
  for (const line of order.lines) if (!(await addToCart(line, line.quantity))) missed += 1
  if (missed > 0) say(missed < order.lines.length ? `有 ${missed} 样没加上，其余都加好了` : '一样也没加上')
  openTab('cart')
}
