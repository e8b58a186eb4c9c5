import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

import { endSession, sessionToken } from '../session.ts'
import { chime } from './chime.ts'
import { readSetting } from './settings.ts'
import { mergeNewest, readNews, type NewestList } from './news.ts'
import { createEventReader, type StreamEvent } from './sse.ts'

/** `live`: events arrive. `waiting`: reconnecting, figures may lag. `off`: signed out or not allowed. */
export type LiveState = 'live' | 'waiting' | 'off'

interface Live {
  state: LiveState
  /** When the stream last said anything, heartbeats included. */
  heardAt: number
  /** The order that arrived last, to mark its row. */
  newest?: { orderId: string; at: number }
}

const silenceLimitMs = 45_000
let live: Live = { state: 'off', heardAt: 0 }
const watchers = new Set<() => void>()

const change = (next: Partial<Live>): void => {
  live = { ...live, ...next }
  for (const tell of watchers) tell()
}

const heardPaid = new Set<string>()
let refreshing: ReturnType<typeof setTimeout> | undefined

// Figures and lists are asked again, but at most every two seconds however busy the shop is.
const refreshSoon = (queries: QueryClient): void => {
  refreshing ??= setTimeout(() => {
    refreshing = undefined
    for (const key of ['workbench', 'orders']) void queries.invalidateQueries({ queryKey: [key] })
  }, 2000)
}

const heardEvent = (queries: QueryClient, event: StreamEvent): void => {
  const news = readNews(event.data)
  if (!news) return
  for (const { queryKey } of queries.getQueryCache().findAll({ queryKey: ['newest-orders'] }))
    queries.setQueryData<NewestList>(queryKey, (list) => list && mergeNewest(list, news.items, queryKey[1]))
  if (news.missed) void queries.invalidateQueries({ queryKey: ['newest-orders'] })
  for (const order of news.items) void queries.invalidateQueries({ queryKey: ['order', order.id] })
  refreshSoon(queries)
  const paid = news.items.filter((order) => order.state === 'PAID' && !heardPaid.has(order.id))
  for (const order of paid) heardPaid.add(order.id)
  const newest = paid[0]
  if (!newest) return
  change({ newest: { orderId: newest.id, at: Date.now() } })
  if (readSetting('sound') === 'on') chime()
}

const listen = async (queries: QueryClient, stop: AbortSignal): Promise<'refused' | 'dropped'> => {
  const line = new AbortController()
  const hangUp = () => line.abort()
  stop.addEventListener('abort', hangUp, { once: true })
  let timer = setTimeout(hangUp, silenceLimitMs)
  try {
    const reply = await fetch('/console/v1/orders-live', {
      headers: { authorization: `Bearer ${sessionToken() ?? ''}`, accept: 'text/event-stream' },
      signal: line.signal,
    })
    if (reply.status === 401) endSession()
    if (reply.status === 401 || reply.status === 403) return 'refused'
    if (!reply.ok || !reply.body) return 'dropped'
    const read = createEventReader()
    change({ state: 'live', heardAt: Date.now() })
    for await (const piece of decode(reply.body)) {
      clearTimeout(timer)
      timer = setTimeout(hangUp, silenceLimitMs)
      change({ heardAt: Date.now() })
      for (const event of read(piece)) heardEvent(queries, event)
    }
    return 'dropped'
  } catch {
    return 'dropped'
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', hangUp)
  }
}

async function* decode(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield decoder.decode(value, { stream: true })
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

const keepListening = async (queries: QueryClient, stop: AbortSignal): Promise<void> => {
  let failures = 0
  while (!stop.aborted) {
    const startedAt = Date.now()
    const end = await listen(queries, stop)
    if (stop.aborted) return
    if (end === 'refused') return change({ state: 'off' })
    // The server ends a line that was long open, to look at the session again: that is no trouble.
    failures = Date.now() - startedAt > 60_000 ? 0 : failures + 1
    if (failures > 0) change({ state: 'waiting' })
    await pause(failures === 0 ? 200 : Math.min(30_000, 1000 * 2 ** failures), stop)
    // Whatever happened while the line was down is caught up here.
    for (const key of ['workbench', 'newest-orders', 'orders'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
}

/** Keeps the live line open while the shell is on the page. */
export const useLiveLine = (allowed: boolean): void => {
  const queries = useQueryClient()
  useEffect(() => {
    if (!allowed) return undefined
    const stop = new AbortController()
    void keepListening(queries, stop.signal)
    return () => {
      stop.abort()
      change({ state: 'off' })
    }
  }, [queries, allowed])
}

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  return () => watchers.delete(changed)
}

/** The state of the live line. */
export const useLive = (): Live => useSyncExternalStore(watch, () => live)
