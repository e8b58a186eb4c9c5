import { useCallback, useEffect, useRef, useState } from 'react'
import type { Card, ProductPage } from '../models/wire'
import type { Trouble } from '../models/problem-words'
import { api, troubleFrom } from './api'
import { placeNow } from './place'

const PAGE_SIZE = 20

export interface ListQuery {
  /** Null: the store that the shopper would be shown. */
  storeId: string | null
  categoryId?: string
  q?: string
  sort?: 'recommended' | 'price_up' | 'price_down' | 'newest'
}

export interface ProductList {
  items: Card[]
  total: number
  suggestions: string[]
  /** False until the first page is here. */
  loaded: boolean
  hasMore: boolean
  trouble: Trouble | null
  more: () => Promise<void>
  reload: () => Promise<void>
}

interface State {
  key: string
  pages: ProductPage[]
  trouble: Trouble | null
}

/** A list of products, page by page; starts again when the query changes. A null query waits. */
export function useProductList(query: ListQuery | null): ProductList {
  const key = query === null ? '' : JSON.stringify(query)
  const [state, setState] = useState<State>({ key: '', pages: [], trouble: null })
  const latest = useRef({ key, query, state })
  latest.current = { key, query, state }
  const running = useRef<string | null>(null)

  const fetchPage = useCallback(async (from: ProductPage[]) => {
    const { key: asked, query: wanted } = latest.current
    const cursor = from[from.length - 1]?.nextCursor
    const ticket = `${asked}#${cursor ?? ''}`
    if (wanted === null || running.current === ticket) return
    running.current = ticket
    try {
      const { storeId: known, ...filter } = wanted
      const storeId = known ?? (await placeNow()).storeId
      const query = { ...filter, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) }
      const page = await api('GET /v1/stores/:storeId/products', { params: { storeId }, query })
      if (latest.current.key === asked) setState({ key: asked, pages: [...from, page], trouble: null })
    } catch (error) {
      if (latest.current.key === asked) setState({ key: asked, pages: from, trouble: troubleFrom(error) })
    } finally {
      if (running.current === ticket) running.current = null
    }
  }, [])

  const reload = useCallback(() => fetchPage([]), [fetchPage])
  const more = useCallback(async () => {
    const { pages } = latest.current.state
    if (pages[pages.length - 1]?.nextCursor) await fetchPage(pages)
  }, [fetchPage])
  useEffect(() => void reload(), [key, reload])

  const pages = state.key === key ? state.pages : []
  const last = pages[pages.length - 1]
  return {
    items: pages.reduce<Card[]>((all, page) => all.concat(page.items), []),
    total: last?.total ?? 0,
    suggestions: last?.suggestions ?? [],
    loaded: pages.length > 0,
    hasMore: Boolean(last?.nextCursor),
    trouble: state.key === key ? state.trouble : null,
    more,
    reload,
  }
}
