import type { Out } from '../api.ts'

/** The newest orders as the workbench holds them. */
export type NewestList = Out<'GET /console/v1/orders'>
type OrderRow = NewestList['items'][number]

/** What one event of the live line brings: new and changed orders, and whether there were more than it could carry. */
export interface News {
  items: OrderRow[]
  missed: boolean
}

/** How many orders the workbench keeps. */
export const newestLimit = 12

/** Reads an event's data; anything that is not news of ours is ignored. */
export const readNews = (data: string): News | undefined => {
  try {
    const news = JSON.parse(data) as Partial<News>
    return Array.isArray(news.items) ? { items: news.items, missed: news.missed === true } : undefined
  } catch {
    return undefined
  }
}

/** Puts new and changed orders into the list: newest first, each once, only those of the store looked at. */
export const mergeNewest = (list: NewestList, news: readonly OrderRow[], storeId: unknown): NewestList => {
  const byId = new Map(list.items.map((order) => [order.id, order]))
  for (const order of news)
    if (typeof storeId !== 'string' || order.storeId === storeId) byId.set(order.id, order)
  const items = [...byId.values()].sort((a, b) => b.placedAt.localeCompare(a.placedAt)).slice(0, newestLimit)
  return { ...list, items }
}
